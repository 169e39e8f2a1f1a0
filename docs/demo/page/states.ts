import type { State } from "./client.js";
import { find, setAttribute, setText } from "./dom.js";

const clock = new Intl.DateTimeFormat("en", { timeStyle: "medium", hourCycle: "h23" });

/** The machine's four states, the current one lit. */
export function showState(state: State): void {
	for (const item of find("#states", HTMLOListElement).children) {
		const isCurrent = item instanceof HTMLElement && item.dataset["state"] === state.status;
		setAttribute(item, "aria-current", isCurrent ? "step" : null);
	}
	setText(find("#detail", HTMLElement), detail(state));
}

function detail(state: State): string {
	const name = (id: string) => state.sessions.find((row) => row.id === id)?.user.name ?? "an account";
	switch (state.status) {
		case "switching":
			return `On the way to ${name(state.target)}.`;
		case "revoking":
			return `${state.done} of ${state.targets.length} signed out.`;
		case "loading":
			return "Asking the server who is signed in.";
		case "idle":
			if (state.retryAt !== null) return `Next try at ${clock.format(state.retryAt)}.`;
			return state.loadedAt === null ? "Nothing read yet." : `Last read at ${clock.format(state.loadedAt)}.`;
	}
}
