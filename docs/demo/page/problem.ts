import { deviceSessions, type Problem, type State } from "./client.js";
import { button, find } from "./dom.js";
import { holdFocus, type Refuge } from "./focus.js";
import { inWords, mayPass } from "./words.js";

/** What can be done about a command's failure. */
export interface Remedy {
	readonly error: Problem;
	readonly label: string;
	accept(): void;
}

/** Says in words what went wrong, with what can be done about it. */
export function problemView(refuge: Refuge): (state: State, remedy: Remedy | null) => void {
	const place = find("#problem", HTMLElement);
	let shown: Problem | null = null;
	let offered: Remedy | null = null;
	let dismissed: Problem | null = null;

	const hide = () => {
		place.hidden = true;
		place.replaceChildren();
	};

	return (state, remedy) => {
		const error = state.error ?? remedy?.error ?? null;
		if ((error === shown && remedy === offered) || (error && error === dismissed)) return;
		shown = error;
		offered = remedy;
		dismissed = null;
		if (!error) return hide();

		const text = document.createElement("p");
		text.textContent = inWords(error, state.sessions);
		const buttons = document.createElement("div");
		buttons.className = "buttons";
		if (remedy) buttons.append(button(remedy.label, "quiet small", () => remedy.accept()));
		else if (mayPass(error)) buttons.append(button("Try again", "quiet small", () => void deviceSessions.refetch()));
		buttons.append(
			button("Dismiss", "quiet small", () => {
				dismissed = error;
				shown = null;
				const restoreFocus = holdFocus(refuge);
				hide();
				restoreFocus();
			}),
		);
		place.replaceChildren(text, buttons);
		place.hidden = false;
	};
}
