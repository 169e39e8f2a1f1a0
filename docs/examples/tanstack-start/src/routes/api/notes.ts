import { createFileRoute } from "@tanstack/react-router";
import { guard } from "../../server/guard";
import { addNote, notesOf } from "../../server/notes";

export const Route = createFileRoute("/api/notes")({
	server: {
		middleware: [guard],
		handlers: {
			GET: ({ context: { user } }) => Response.json(notesOf(user.id)),
			POST: async ({ context: { user }, request }) => {
				addNote(user.id, await request.text());
				return new Response(null, { status: 204 });
			},
		},
	},
});
