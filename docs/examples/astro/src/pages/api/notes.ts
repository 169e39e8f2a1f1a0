import type { APIRoute } from "astro";
import { addNote, notesOf } from "../../server/notes";

/** The guard is in middleware.ts; whoever comes past it is nobody. */
const nobody = () => new Response(null, { status: 401 });

export const GET: APIRoute = ({ locals }) => (locals.user ? Response.json(notesOf(locals.user.id)) : nobody());

export const POST: APIRoute = async ({ locals, request }) => {
	if (!locals.user) return nobody();
	addNote(locals.user.id, await request.text());
	return new Response(null, { status: 204 });
};
