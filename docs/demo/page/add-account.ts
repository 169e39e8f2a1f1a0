import type { Mail } from "../mail.js";
import { createAccountForm } from "./account-form.js";
import { deviceSessions, type State } from "./client.js";
import { find, setAttribute, setText } from "./dom.js";
import { createInbox } from "./inbox.js";
import { createNewPasswordForm } from "./new-password.js";
import { showPeople } from "./sample-people.js";
import type { Step } from "./step.js";
import { createCodeForm } from "./two-factor.js";
import { fullWarning } from "./words.js";

export interface AddAccount {
	update(state: State): void;
	/** What takes the focus when no account is left. */
	focusTarget(): HTMLElement;
}

/** Open where the device has no account, behind "Add account" where it has one. */
export function createAddAccount(onSignedIn: (email: string) => void): AddAccount {
	const toggle = find("#add", HTMLButtonElement);
	const panel = find("#panel", HTMLElement);
	const full = find("#full", HTMLElement);
	const accountForm = createAccountForm({ signedIn, codeWanted, mailWanted });
	const codeForm = createCodeForm({ signedIn, cancelled: startOver });
	const newPasswordForm = createNewPasswordForm({ done: passwordSet, cancelled: startOver });
	const steps: readonly Step[] = [accountForm, codeForm, newPasswordForm];
	const inbox = createInbox(open);
	const updatePeople = showPeople(accountForm.signInSample);
	let wanted = false;

	function closeSteps(): void {
		for (const step of steps) step.close();
	}

	/** While a step is gone through the panel stays, whatever the rows do: with a code asked for, nobody is active. */
	function enter(step: Step): void {
		wanted = true;
		update(deviceSessions.get());
		step.focusTarget.focus();
	}

	function startOver(email: string): void {
		closeSteps();
		inbox.close();
		accountForm.open(email);
		enter(accountForm);
	}

	function signedIn(email: string): void {
		closeSteps();
		inbox.close();
		accountForm.open();
		wanted = false;
		onSignedIn(email);
		update(deviceSessions.get());
	}

	function codeWanted(email: string): void {
		closeSteps();
		codeForm.open(email);
		enter(codeForm);
		void inbox.look(email, "code");
	}

	function mailWanted(email: string): void {
		void inbox.look(email, "new-password").then(() => inbox.focus());
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
		accountForm.open(email, "The new password is set. Sign in with it.");
		enter(accountForm);
	}

	function update(state: State): void {
		const isEmpty = !state.isPending && state.sessions.length === 0;
		toggle.hidden = state.isPending || isEmpty;
		panel.hidden = !wanted && !isEmpty;
		setAttribute(toggle, "aria-expanded", String(!panel.hidden));
		const warning = fullWarning(state.sessions);
		full.hidden = warning === null;
		setText(full, warning ?? "");
		updatePeople(state);
	}

	const focusTarget = () => (steps.find((step) => step.isOpen()) ?? accountForm).focusTarget;
	toggle.addEventListener("click", () => {
		wanted = panel.hidden;
		update(deviceSessions.get());
		if (wanted) focusTarget().focus();
	});
	return { update, focusTarget };
}
