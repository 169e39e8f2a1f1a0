import type { Row, State } from "./client.js";
import { find, isUsable, setText, setUsable } from "./dom.js";

type Deed = "end" | "expire";

/** What somebody else does to a session, past this page: it finds out by itself. */
export function showOtherDevice(): (state: State) => void {
	const select = find("#victim", HTMLSelectElement);
	const says = find("#other-device-says", HTMLElement);
	const buttons = { end: find("#end", HTMLButtonElement), expire: find("#expire", HTMLButtonElement) };
	let rows: readonly Row[] = [];

	async function act(deed: Deed): Promise<void> {
		const row = rows.find(({ id }) => id === select.value);
		if (!row || !isUsable(buttons[deed])) return;
		setText(says, await outcome(row, deed));
	}
	for (const deed of ["end", "expire"] as const) buttons[deed].addEventListener("click", () => void act(deed));
	find("#faults", HTMLFormElement).addEventListener("reset", () => setText(says, ""));

	return ({ sessions }) => {
		// What is open for a choice is left alone where nothing has changed.
		if (sessions === rows) return;
		rows = sessions;
		const chosen = select.value;
		select.replaceChildren(...rows.map(({ id, user }) => new Option(user.name, id)));
		if (rows.some(({ id }) => id === chosen)) select.value = chosen;
		for (const button of Object.values(buttons)) setUsable(button, rows.length > 0);
	};
}

async function outcome({ id, user }: Row, deed: Deed): Promise<string> {
	try {
		// Not through the client: the page is not to hear of it.
		const { status } = await fetch(`/demo/sessions/${encodeURIComponent(id)}/${deed}`, { method: "POST" });
		if (status === 404) return `${user.name} has no session on the server anymore`;
		if (status !== 204) return "The server did not do that";
	} catch {
		return "Can't reach the server. Try again";
	}
	const what = deed === "end" ? "was ended" : "has expired";
	return `${user.name}’s session ${what} on the server. This page notices with its next request.`;
}
