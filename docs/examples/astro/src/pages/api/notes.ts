import type { APIRoute } from "astro";
import { addNote, notesOf } from "../../server/notes";

export const GET: APIRoute = ({ locals }) => Response.json(notesOf(locals.user?.id ?? ""));

export const POST: APIRoute = async ({ locals, request }) => {
	addNote(locals.user?.id ?? "", await request.text());
	return new Response(null, { status: 204 });
};
