import type { IncomingMessage, ServerResponse } from "node:http";
import { fromNodeHeaders } from "better-auth/node";
import type { Letters } from "../letter.js";
import type { Auth } from "./auth.js";
import { letters } from "./sample-letters.js";

/** Answers `/demo/letters` with the letters of whoever the session cookie stands for. An account that is new has none. */
export function createLetters(auth: Auth): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
	return async (request, response) => {
		const headers = { "cache-control": "no-store", "content-type": "application/json" };
		if (request.method !== "GET") return void response.writeHead(405, headers).end();
		const session = await auth.api.getSession({
			headers: fromNodeHeaders(request.headers),
			// Nothing here could hand a renewed cookie on.
			query: { disableRefresh: true },
		});
		if (!session) return void response.writeHead(401, headers).end('{"code":"UNAUTHORIZED"}');
		const { id, email } = session.user;
		const answer: Letters = { user: id, letters: letters[email] ?? [] };
		response.writeHead(200, headers).end(JSON.stringify(answer));
	};
}
