import { AccountSwitcher } from "device-sessions/element";
import "device-sessions/element/define";
import { connect } from "device-sessions/connect";
import { deviceSessions, type State } from "./client.js";
import { find, setText } from "./dom.js";
import { createSignInView } from "./sign-in-view.js";

const wide = matchMedia("(min-width: 40rem)");

/** The header, and below it one of two views: the inbox of whoever is active, or the way in. */
export function showViews(): (state: State) => void {
	const switcher = find("#switcher", AccountSwitcher);
	const inbox = find("#inbox", HTMLElement);
	const problem = find("#read-problem", HTMLElement);
	const signIn = createSignInView(() => update(deviceSessions.get()));
	let wasSignedIn = false;

	function update(state: State): void {
		const { phase, error, retryProps } = connect(state, deviceSessions);
		const isReadProblem = error?.retry === "refetch";
		problem.hidden = !isReadProblem;
		setText(find("p", HTMLElement, problem), isReadProblem ? error.text : "");
		find("button", HTMLButtonElement, problem).onclick = retryProps.onClick ?? null;

		const hadFocus = document.activeElement === switcher;
		const isSignIn = signIn.update(state, phase);
		inbox.hidden = isSignIn;
		switcher.hidden = phase === "empty";
		// Who is signed in there is none left to be switched to: the keyboard goes on in the form.
		const isAllOut = phase === "empty" && wasSignedIn;
		if (isAllOut && (hadFocus || document.activeElement === document.body)) signIn.focusTarget().focus();
		wasSignedIn = phase !== "empty" && phase !== "pending";
		if (signIn.hasArrived(state)) find("h1", HTMLElement, inbox).focus();
	}

	for (const element of document.querySelectorAll("account-switcher")) element.store = deviceSessions;
	const showName = () => {
		switcher.showName = wide.matches;
	};
	wide.addEventListener("change", showName);
	showName();
	document.addEventListener("account-switched", () => {
		// A later choice is still on its way.
		if (deviceSessions.get().status !== "switching") switcher.hide();
	});
	return update;
}
