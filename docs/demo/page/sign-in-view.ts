import type { Phase } from "device-sessions/connect";
import type { Mail } from "../mail.js";
import { createAccountForm } from "./account-form.js";
import { addHref } from "./add-href.js";
import type { State } from "./client.js";
import { find, setText } from "./dom.js";
import { createNewPasswordForm } from "./new-password.js";
import { showPeople } from "./sample-people.js";
import { createSentMail } from "./sent-mail.js";
import type { Step } from "./step.js";
import { createCodeForm } from "./two-factor.js";
import { fullWarning } from "./words.js";

export interface SignInView {
	/** Returns whether the view is open. */
	update(state: State, phase: Phase): boolean;
	/** True once, when who has just signed in is active. */
	hasArrived(state: State): boolean;
	focusTarget(): HTMLElement;
}

/** The way in: accounts to choose from where nobody is active, else a form, step by step. */
export function createSignInView(render: () => void): SignInView {
	const view = find("#sign-in-view", HTMLElement);
	const form = find("#steps", HTMLElement, view);
	const title = find("#sign-in-title", HTMLElement, view);
	const chooser = find("#chooser", HTMLElement, view);
	const full = find("#full", HTMLElement, view);
	const back = find("#to-inbox", HTMLElement, view);
	const accountForm = createAccountForm({ signedIn, codeWanted, mailWanted, changed: render });
	const codeForm = createCodeForm({ signedIn, cancelled: startOver });
	const newPasswordForm = createNewPasswordForm({ done: passwordSet, cancelled: startOver });
	const steps: readonly Step[] = [accountForm, codeForm, newPasswordForm];
	const sentMail = createSentMail(open);
	const updatePeople = showPeople(accountForm.signInSample);
	/** Who has just signed in, until the page has it. */
	let arriving: string | null = null;
	let before: Phase = "pending";

	const isWanted = () => location.hash === addHref;
	/** A step that is not to be left because of what happens elsewhere. */
	const isHalfway = () => codeForm.isOpen() || newPasswordForm.isOpen() || arriving !== null;
	const focusTarget = () => (steps.find((step) => step.isOpen()) ?? accountForm).focusTarget;

	function closeSteps(): void {
		for (const step of steps) step.close();
	}

	function enter(step: Step): void {
		if (!isWanted()) history.pushState(null, "", addHref);
		render();
		step.focusTarget.focus();
	}

	function startOver(email: string): void {
		closeSteps();
		sentMail.close();
		accountForm.open(email);
		enter(accountForm);
	}

	function signedIn(email: string): void {
		arriving = email;
		closeSteps();
		sentMail.close();
		accountForm.open();
		history.replaceState(null, "", location.pathname);
		render();
	}

	function codeWanted(email: string): void {
		closeSteps();
		codeForm.open(email);
		enter(codeForm);
		void sentMail.look(email, "code");
	}

	function mailWanted(email: string): void {
		void sentMail.look(email, "new-password").then(() => sentMail.focus());
	}

	function open({ to, brings }: Mail): void {
		if (brings.what === "code") {
			codeForm.fill(brings.code);
			enter(codeForm);
		} else {
			closeSteps();
			newPasswordForm.open(to, brings.token);
			enter(newPasswordForm);
		}
	}

	function passwordSet(email: string): void {
		closeSteps();
		accountForm.open(email, "Your new password is set. Sign in with it.");
		enter(accountForm);
	}

	function titleOf(phase: Phase): string {
		if (codeForm.isOpen()) return "Enter your code";
		if (newPasswordForm.isOpen()) return "Set a new password";
		if (!chooser.hidden && form.hidden) return phase === "choose" ? "Welcome back" : "Signing in";
		if (accountForm.mode() === "forgotten") return "Reset your password";
		if (accountForm.mode() === "sign-up") return "Create an account";
		return phase === "empty" ? "Sign in to Inkwell" : "Add an account";
	}

	addEventListener("hashchange", () => {
		arriving = null;
		render();
		const target = isWanted() ? focusTarget() : find("#inbox h1", HTMLElement);
		// Where the other view stays, there is nothing to go to.
		target.focus();
	});
	for (const switcher of document.querySelectorAll("account-switcher")) {
		// The link to where the page already is changes nothing by itself.
		switcher.addEventListener("account-add", () => isWanted() && focusTarget().focus());
		switcher.addEventListener("account-reauthenticate", (event) => {
			event.preventDefault();
			if (!codeForm.isOpen()) startOver(event.detail.account.email ?? "");
		});
	}

	return {
		focusTarget,
		update(state, phase) {
			// The sign-in was given up elsewhere: in the switcher, or in another tab.
			const isGivenUp = before === "signing-in" && (phase === "ready" || phase === "choose" || phase === "empty");
			const isOurs = state.active?.user.email === codeForm.email();
			before = phase;
			if (isGivenUp && codeForm.isOpen() && !isOurs) {
				codeForm.close();
				sentMail.close();
				accountForm.open(codeForm.email());
			}
			const isChoosing = phase === "choose" || phase === "signing-in";
			const isOpen = isWanted() || isHalfway() || isChoosing || phase === "empty";
			view.hidden = !isOpen;
			form.hidden = isChoosing && !isWanted() && !isHalfway();
			chooser.hidden = !form.hidden && !(phase === "empty" && state.ended.length > 0 && accountForm.isOpen());
			back.hidden = phase !== "ready" || !accountForm.isOpen();
			setText(title, titleOf(phase));
			const warning = accountForm.isOpen() ? fullWarning(state.sessions) : null;
			full.hidden = warning === null;
			setText(full, warning ?? "");
			updatePeople(state);
			return isOpen;
		},
		hasArrived(state) {
			if (arriving === null || state.active?.user.email !== arriving) return false;
			arriving = null;
			render();
			return true;
		},
	};
}
