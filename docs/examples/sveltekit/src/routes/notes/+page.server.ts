import { error, redirect } from "@sveltejs/kit";
import { notesOf } from "../../lib/server/notes";
import type { PageServerLoad } from "./$types";

export const load: PageServerLoad = ({ locals: { user }, url }) => {
	if (!user) redirect(303, "/sign-in");
	const means = url.searchParams.get("account");
	// A link to another account's page: +error.svelte offers the switch.
	if (means !== null && means !== user.id) error(409, "This is for another account.");
	return { user: { id: user.id, name: user.name }, notes: notesOf(user.id) };
};
