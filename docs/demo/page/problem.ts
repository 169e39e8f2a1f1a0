import { deviceSessions, type Problem, type State } from "./client.js";
import { button, find } from "./dom.js";
import { holdFocus, type Refuge } from "./focus.js";
import { inWords, mayPass } from "./words.js";

/** A switch that would lose the active account, and waits for somebody to say so. */
export interface Offer {
	readonly error: Problem;
	accept(): void;
}

/** Says in words what went wrong, with what can be done about it. */
export function problemView(refuge: Refuge): (state: State, offer: Offer | null) => void {
	const place = find("#problem", HTMLElement);
	let shown: Problem | null = null;
	let offered: Offer | null = null;
	let dismissed: Problem | null = null;

	const hide = () => {
		place.hidden = true;
		place.replaceChildren();
	};

	return (state, offer) => {
		const error = state.error ?? offer?.error ?? null;
		if ((error === shown && offer === offered) || error === dismissed) return;
		shown = error;
		offered = offer;
		dismissed = null;
		if (!error) return hide();

		const text = document.createElement("p");
		text.textContent = inWords(error, state.sessions);
		const buttons = document.createElement("div");
		buttons.className = "buttons";
		if (offer && error.kind === "active-unlisted")
			buttons.append(button("Switch anyway and sign it out", "quiet small", () => offer.accept()));
		if (mayPass(error)) buttons.append(button("Try again", "quiet small", () => void deviceSessions.refetch()));
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
