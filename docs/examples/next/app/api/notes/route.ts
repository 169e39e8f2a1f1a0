import { guard } from "../../../server/guard";
import { addNote, notesOf } from "../../../server/notes";

export const GET = guard(({ id }) => Response.json(notesOf(id)));

export const POST = guard(async ({ id }, request) => {
	addNote(id, await request.text());
	return new Response(null, { status: 204 });
});
