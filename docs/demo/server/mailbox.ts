import type { IncomingMessage, ServerResponse } from "node:http";
import type { Mail } from "../mail.js";
import { addressOf } from "./front-door.js";

export interface Mailbox {
	sendCode(email: string, code: string): void;
	sendReset(email: string, token: string): void;
	/** Answers `/demo/mails?to=…` with what that address got last, the newest first. */
	serve(request: IncomingMessage, response: ServerResponse): void;
}

const mostMails = 100;
const mostShown = 3;

/**
 * The demo has no mail server: what would be sent is kept here, until the demo ends, for its page to show. Of the demo
 * alone, on a server that only this machine reaches, by its own names: no other site can read what it answers.
 */
export function createMailbox(): Mailbox {
	const mails: Mail[] = [];
	let count = 0;

	function deliver(mail: Omit<Mail, "id">): void {
		mails.unshift({ id: ++count, ...mail });
		mails.length = Math.min(mails.length, mostMails);
	}

	return {
		sendCode: (to, code) =>
			deliver({
				to,
				subject: "Your sign-in code",
				text: "Enter this code to finish signing in. It works for three minutes.",
				brings: { what: "code", code },
			}),
		sendReset: (to, token) =>
			deliver({
				to,
				subject: "Reset your password",
				text: "Use this link to set a new password. It works once, for one hour.",
				brings: { what: "new-password", token },
			}),
		serve(request, response) {
			const headers = { "cache-control": "no-store", "content-type": "application/json" };
			if (request.method !== "GET") return void response.writeHead(405, headers).end();
			const to = addressOf(request).searchParams.get("to")?.toLowerCase();
			const found = mails.filter((mail) => mail.to === to).slice(0, mostShown);
			response.writeHead(200, headers).end(JSON.stringify(found));
		},
	};
}
