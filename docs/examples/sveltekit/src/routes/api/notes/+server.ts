import { error, json, type RequestHandler } from "@sveltejs/kit";
import { addNote, notesOf } from "../../../lib/server/notes";

/** The guard is in hooks.server.ts; whoever comes past it is nobody. */
const userOf = ({ user }: App.Locals) => user ?? error(401);

export const GET: RequestHandler = ({ locals }) => json(notesOf(userOf(locals).id));

export const POST: RequestHandler = async ({ locals, request }) => {
	addNote(userOf(locals).id, await request.text());
	return new Response(null, { status: 204 });
};
