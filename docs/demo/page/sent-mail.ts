import * as v from "valibot";
import { Mail } from "../mail.js";
import { find, setText } from "./dom.js";

export interface SentMail {
	/** Shows what that address got last, of this kind. */
	look(email: string, what: Mail["brings"]["what"]): Promise<void>;
	/** Goes to what the mail asks for. */
	focus(): void;
	close(): void;
}

/** What an app's server sends by e-mail, shown on the page: nobody needs a mail server, or the demo's terminal. */
export function createSentMail(onOpen: (mail: Mail) => void): SentMail {
	const card = find("#mail", HTMLElement);
	const place = find("article", HTMLElement, card);
	const none = find("#no-mail", HTMLElement, card);
	const open = find("button", HTMLButtonElement, place);
	let shown: Mail | null = null;
	let looks = 0;

	function show(mail: Mail | null, otherwise: string): void {
		shown = mail;
		card.hidden = false;
		place.hidden = mail === null;
		none.hidden = mail !== null;
		setText(none, mail ? "" : otherwise);
		if (mail) write(place, mail);
	}

	open.addEventListener("click", () => shown && onOpen(shown));

	return {
		async look(email, what) {
			const look = ++looks;
			const mails = await read(email);
			// What was asked for last is what shows.
			if (look !== looks) return;
			const mail = mails?.find(({ brings }) => brings.what === what) ?? null;
			const nothing = `No email for ${email}: nobody has an account with it. A real app would not say so.`;
			show(mail, mails ? nothing : "Your email can't be loaded. Try again");
		},
		focus() {
			(shown ? open : none).focus();
		},
		close() {
			looks++;
			card.hidden = true;
			shown = null;
			// What is hidden only is in the markup still.
			setText(find(".code", HTMLElement, place), "");
		},
	};
}

function write(place: HTMLElement, { to, subject, text, brings }: Mail): void {
	const code = find(".code", HTMLElement, place);
	code.hidden = brings.what !== "code";
	setText(code, brings.what === "code" ? brings.code : "");
	setText(find(".to", HTMLElement, place), to);
	setText(find(".subject", HTMLElement, place), subject);
	setText(find(".text", HTMLElement, place), text);
	setText(find("button", HTMLElement, place), brings.what === "code" ? "Use this code" : "Set a new password");
}

/** The newest first; null where they can't be had. Past the client, and so past the log, which shows no code. */
async function read(email: string): Promise<readonly Mail[] | null> {
	try {
		const response = await fetch(`/demo/mails?to=${encodeURIComponent(email)}`);
		const mails = v.safeParse(v.array(Mail), await response.json());
		return mails.success ? mails.output : null;
	} catch {
		return null;
	}
}
