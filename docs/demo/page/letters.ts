import * as v from "valibot";
import { Letters } from "../letter.js";
import { paintAvatar } from "./avatar.js";
import { deviceSessions, onIdentityChange, type State } from "./client.js";
import { copy, find, setAttribute, setText } from "./dom.js";
import { loggedFetch } from "./network.js";

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

type Shown = "reading" | "letters" | "nothing" | "problem";

/**
 * The letters of whoever is active, as the server has them for the session cookie. They go before the page shows the next
 * account, and an answer that is about somebody else is not shown.
 */
export function showLetters(): (state: State) => void {
	const inbox = find("#inbox", HTMLElement);
	const list = find("#letters", HTMLUListElement, inbox);
	const owner = find("#letters-of", HTMLElement, inbox);
	let reading = new AbortController();
	/** The user whose letters these are, or will be. */
	let user: string | null = null;
	/** The server says that this user is active, and the page does not yet. */
	let isAhead = false;

	function show(what: Shown): void {
		setAttribute(inbox, "data-shows", what);
		setAttribute(inbox, "aria-busy", what === "reading" ? "true" : null);
	}

	function begin(next: string | null): void {
		reading.abort();
		reading = new AbortController();
		list.replaceChildren();
		setText(owner, "");
		user = next;
		show("reading");
		if (user !== null) void read(user, reading.signal);
	}

	async function read(wanted: string, signal: AbortSignal): Promise<void> {
		let answer = await ask(signal);
		if (answer && answer.user !== wanted && !signal.aborted) {
			// The cookie is somebody else's, or nobody's: the page has to know. If it is this user's again then, so are the letters.
			await deviceSessions.refetch();
			if (!signal.aborted) answer = await ask(signal);
		}
		if (signal.aborted) return;
		if (answer?.user !== wanted) return show("problem");
		list.replaceChildren(...answer.letters.map(toItem));
		show(answer.letters.length === 0 ? "nothing" : "letters");
	}

	onIdentityChange((next) => {
		isAhead = true;
		begin(next);
	});
	find("#letters-again", HTMLButtonElement, inbox).addEventListener("click", () => {
		find("h1", HTMLElement, inbox).focus();
		begin(user);
		update(deviceSessions.get());
	});

	function update({ active, status }: State): void {
		const now = active?.user.id ?? null;
		if (isAhead && now !== user && status !== "idle") return;
		isAhead = false;
		if (now !== user) begin(now);
		setText(owner, active?.user.email ?? "");
	}
	return update;
}

/** Null if they can't be had; of nobody, if nobody is signed in. Through the client's own way out, so that the log shows it and faults befall it. */
async function ask(signal: AbortSignal): Promise<(Omit<Letters, "user"> & { readonly user: string | null }) | null> {
	try {
		const response = await loggedFetch("/demo/letters", { signal });
		if (response.status === 401) return { user: null, letters: [] };
		const answer = v.safeParse(Letters, await response.json());
		return answer.success ? answer.output : null;
	} catch {
		return null;
	}
}

function toItem({ from, subject, text, sentOn }: Letters["letters"][number]): HTMLLIElement {
	const item = copy("#letter", HTMLLIElement);
	const write = (selector: string, words: string) => setText(find(selector, HTMLElement, item), words);
	paintAvatar(find(".avatar", HTMLElement, item), from.name, from.email);
	write(".from", from.name);
	write(".subject", subject);
	write(".preview", text);
	write(".text", text);
	write(".address", from.email);
	write("time", day.format(new Date(sentOn)));
	setAttribute(find("time", HTMLElement, item), "datetime", sentOn);
	return item;
}
