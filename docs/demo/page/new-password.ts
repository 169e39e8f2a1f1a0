import { Password } from "device-sessions";
import { authClient } from "./client.js";
import { find, setText } from "./dom.js";
import { createForm } from "./form.js";
import { refusalOf } from "./refusal.js";
import type { Step } from "./step.js";

export interface NewPasswordForm extends Step {
	/** As the link of the mail would: with the token that it brings. */
	open(email: string, token: string): void;
}

interface Outcomes {
	done(email: string): void;
	cancelled(email: string): void;
}

/** Takes a new password from who has forgotten the old one. The token stays here: no address bar, no markup has it. */
export function createNewPasswordForm({ done, cancelled }: Outcomes): NewPasswordForm {
	const form = createForm("#new-password-form", async () => {
		const { error } = await Password.Reset(authClient, { newPassword: input.value, token });
		if (error) return refusalOf(error);
		done(email);
		return null;
	});
	const { element } = form;
	const input = form.input("password");
	let email = "";
	let token = "";

	find("#new-password-cancel", HTMLButtonElement, element).addEventListener("click", () => cancelled(email));

	return {
		focusTarget: input,
		isOpen: () => !element.hidden,
		open(who, brought) {
			email = who;
			token = brought;
			setText(find("#new-password-hint", HTMLElement, element), `For ${who}. Use at least 8 characters.`);
			element.hidden = false;
		},
		close() {
			token = "";
			element.hidden = true;
			element.reset();
			form.refuse(null);
		},
	};
}
