import { Password } from "device-sessions";
import { people, samplePassword } from "../people.js";
import { authClient } from "./client.js";
import { find, isUsable, setAttribute, setText } from "./dom.js";
import { createForm } from "./form.js";
import { type Refusal, refusalOf } from "./refusal.js";
import { type Attempt, signIn, signInSample, signUp } from "./sign-in.js";
import type { Step } from "./step.js";

export interface AccountForm extends Step {
	open(email?: string, says?: string): void;
	signInSample(email: string): void;
	mode(): Mode;
}

interface Outcomes {
	signedIn(email: string): void;
	codeWanted(email: string): void;
	mailWanted(email: string): void;
	/** It is about something else now. */
	changed(): void;
}

type Mode = "sign-in" | "sign-up" | "forgotten";

const buttons: Readonly<Record<Mode, string>> = {
	"sign-in": "Sign in",
	"sign-up": "Create account",
	forgotten: "Send reset link",
};
const hints: Readonly<Record<Mode, string>> = {
	"sign-in": `The password of the sample people is “${samplePassword}”.`,
	"sign-up": "Use at least 8 characters.",
	forgotten: "You get an email with a link to set a new password.",
};

/** Signs in and up, and sends an email to who has forgotten the password: the address is the same field for all. */
export function createAccountForm({ signedIn, codeWanted, mailWanted, changed }: Outcomes): AccountForm {
	const form = createForm("#form", submit);
	const { element } = form;
	const [name, email, password] = [form.input("name"), form.input("email"), form.input("password")];
	const tabs = find(".tabs", HTMLElement, element);
	const sample = find(".people", HTMLFieldSetElement);
	const says = find("#form-says", HTMLElement, element);
	const forgot = find("#forgot", HTMLButtonElement, element);
	const back = find("#forgot-cancel", HTMLButtonElement, element);
	let mode: Mode = "sign-in";

	function show(next: Mode): void {
		mode = next;
		const isForgotten = mode === "forgotten";
		find(`[name=mode][value=${mode === "sign-up" ? "sign-up" : "sign-in"}]`, HTMLInputElement, element).checked = true;
		tabs.hidden = isForgotten;
		sample.hidden = isForgotten;
		find("#name-field", HTMLElement, element).hidden = mode !== "sign-up";
		find("#password-field", HTMLElement, element).hidden = isForgotten;
		forgot.hidden = mode !== "sign-in";
		back.hidden = !isForgotten;
		setAttribute(email, "aria-describedby", isForgotten ? "form-says hint" : null);
		password.autocomplete = mode === "sign-up" ? "new-password" : "current-password";
		setText(form.submit, buttons[mode]);
		setText(find("#hint", HTMLElement, element), hints[mode]);
		setText(says, "");
		form.refuse(null);
	}

	async function submit(): Promise<Refusal | null> {
		setText(says, "");
		const who = email.value.trim().toLowerCase();
		if (mode === "forgotten") {
			const { error } = await Password.Forgot(authClient, { email: who });
			if (error) return refusalOf(error);
			setText(says, "If that address has an account, an email is on its way.");
			mailWanted(who);
			return null;
		}
		if (mode === "sign-in") return settle(who, await signIn(who, password.value));
		// The server takes an account without a name; a person wants to be called something.
		if (name.value.trim() === "") return { words: "Enter your name", field: "name" };
		return settle(who, await signUp(name.value.trim(), who, password.value));
	}

	function settle(who: string, attempt: Attempt): Refusal | null {
		if (attempt.outcome === "failed") return refusalOf(attempt.error);
		if (attempt.outcome === "signed-in") signedIn(who);
		else codeWanted(who);
		return null;
	}

	tabs.addEventListener("change", () => {
		const next = new FormData(element).get("mode") === "sign-up" ? "sign-up" : "sign-in";
		show(isUsable(form.submit) ? next : mode);
		changed();
	});
	/** Not while an answer is on its way: it would be told in the other mode. */
	const change = (next: Mode, target: HTMLElement) => {
		if (!isUsable(form.submit)) return;
		show(next);
		changed();
		target.focus();
	};
	forgot.addEventListener("click", () => change("forgotten", email));
	back.addEventListener("click", () => change("sign-in", forgot));
	email.placeholder = people[0]?.email ?? "";
	show("sign-in");

	return {
		get focusTarget() {
			return email.value === "" ? email : password;
		},
		isOpen: () => !element.hidden,
		open(who = "", words = "") {
			element.hidden = false;
			show("sign-in");
			email.value = who;
			setText(says, words);
		},
		signInSample(who) {
			void form.send(async () => {
				const attempt = await signInSample(who);
				if (attempt.outcome !== "failed" || attempt.error.code !== "INVALID_EMAIL_OR_PASSWORD")
					return settle(who, attempt);
				// It was forgotten, and set anew: it is the visitor who knows it.
				show("sign-in");
				changed();
				email.value = who;
				const words = "The password of this sample person was changed. Enter the new one";
				return { ...refusalOf(attempt.error), words };
			});
		},
		mode: () => mode,
		close() {
			element.hidden = true;
			sample.hidden = true;
			element.reset();
		},
	};
}
