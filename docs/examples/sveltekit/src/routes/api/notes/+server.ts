import { json, type RequestHandler } from "@sveltejs/kit";
import { addNote, notesOf } from "../../../lib/server/notes";

export const GET: RequestHandler = ({ locals }) => json(notesOf(locals.user?.id ?? ""));

export const POST: RequestHandler = async ({ locals, request }) => {
	addNote(locals.user?.id ?? "", await request.text());
	return new Response(null, { status: 204 });
};
