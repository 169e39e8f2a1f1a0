import { TwoFactor } from "device-sessions";
import { authClient, deviceSessions } from "./client.js";
import { find, setText } from "./dom.js";
import { createForm } from "./form.js";
import { refusalOf } from "./refusal.js";
import type { Step } from "./step.js";

export interface CodeForm extends Step {
	open(email: string): void;
	/** Whose code it is. */
	email(): string;
	/** Fills the code in, where one is asked for. */
	fill(code: string): void;
}

interface Outcomes {
	signedIn(email: string): void;
	cancelled(email: string): void;
}

/** The second step of a sign-in: takes the place of the form until the code is right or given up. */
export function createCodeForm({ signedIn, cancelled }: Outcomes): CodeForm {
	const form = createForm("#code-form", async () => {
		const { error } = await TwoFactor.VerifyOtp(authClient, { code: input.value.trim() });
		if (error) return refusalOf(error);
		signedIn(email);
		return null;
	});
	const { element } = form;
	const input = form.input("code");
	let email = "";

	find("#code-cancel", HTMLButtonElement, element).addEventListener("click", () => {
		void form.send(async () => {
			// Who was active before the sign-in is again.
			const { error } = await deviceSessions.cancelSignIn();
			if (error) return refusalOf(error);
			cancelled(email);
			return null;
		});
	});

	return {
		focusTarget: input,
		isOpen: () => !element.hidden,
		open(who) {
			email = who;
			setText(find("#code-hint", HTMLElement, element), `We sent a code to ${who}.`);
			element.hidden = false;
		},
		email: () => email,
		fill(code) {
			input.value = code;
		},
		close() {
			element.hidden = true;
			element.reset();
			form.refuse(null);
		},
	};
}
