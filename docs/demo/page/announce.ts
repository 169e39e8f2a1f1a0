import type { State } from "./client.js";
import { find } from "./dom.js";
import { listed } from "./words.js";

/** Tells screen readers what changed, whoever changed it: this page, another tab or the server. */
export function announcer(): (state: State) => void {
	const live = find("#live", HTMLElement);
	let before: State | null = null;
	let spokenAt = Number.NEGATIVE_INFINITY;
	return (state) => {
		const words = before && !before.isPending ? difference(before, state) : "";
		before = state;
		if (words === "") return;
		// One command can show in two steps: the second would cut the first one short.
		const isContinued = performance.now() - spokenAt < 1000;
		if (!isContinued) live.replaceChildren();
		const line = document.createElement("span");
		line.textContent = `${words} `;
		live.append(line);
		spokenAt = performance.now();
	};
}

function difference(before: State, after: State): string {
	const sentences: string[] = [];
	const here = new Set(after.sessions.map((row) => row.id));
	// Who signs in again gets a new row: that is no sign-out.
	const people = new Set(after.sessions.map((row) => row.user.id));
	const gone = before.sessions.filter((row) => !here.has(row.id) && !people.has(row.user.id));
	if (gone.length > 0) sentences.push(`Signed out ${listed(gone.map((row) => row.user.name))}.`);
	if (before.active?.user.id !== after.active?.user.id) {
		if (after.active) sentences.push(`Now using ${after.active.user.name}.`);
		else if (after.sessions.length > 0) sentences.push("No account is active.");
	}
	return sentences.join(" ");
}
