import { people, samplePassword } from "../people.js";
import { deviceSessions, type State } from "./client.js";
import { find, isUsable, setAttribute, setText, setUsable } from "./dom.js";
import { showPeople } from "./sample-people.js";
import { type Attempt, signIn, signInSample, signUp } from "./sign-in.js";
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
	const form = find("#form", HTMLFormElement);
	const submit = find("#submit", HTMLButtonElement, form);
	const problem = find("#form-problem", HTMLElement, form);
	const nameField = find("#name-field", HTMLElement, form);
	const name = find("[name=name]", HTMLInputElement, form);
	const email = find("[name=email]", HTMLInputElement, form);
	const password = find("[name=password]", HTMLInputElement, form);
	const updatePeople = showPeople((who) => void run(who, () => signInSample(who)));
	const codeForm = createCodeForm({ signedIn, cancelled: () => email.focus() });
	let wanted = false;

	const isSignUp = () => new FormData(form).get("mode") === "sign-up";

	function fail(words: string | null, input: HTMLInputElement = password): void {
		setText(problem, words ?? "");
		problem.hidden = words === null;
		for (const each of [name, email, password])
			setAttribute(each, "aria-invalid", words && each === input ? "true" : null);
		if (words !== null) input.focus();
	}

	function signedIn(who: string): void {
		wanted = false;
		form.reset();
		showMode();
		onSignedIn(who);
		update(deviceSessions.get());
	}

	async function run(who: string, call: () => Promise<Attempt>): Promise<void> {
		if (!isUsable(submit)) return;
		fail(null);
		setUsable(submit, false);
		setAttribute(panel, "aria-busy", "true");
		const attempt = await call();
		setUsable(submit, true);
		setAttribute(panel, "aria-busy", null);
		if (attempt.outcome === "failed") return fail(attempt.words);
		if (attempt.outcome === "signed-in") return signedIn(who);
		// While the code is asked for, Better Auth has no active session: the panel stays, whatever the rows do.
		wanted = true;
		codeForm.open(who);
		update(deviceSessions.get());
	}

	function showMode(): void {
		nameField.hidden = !isSignUp();
		setText(submit, isSignUp() ? "Create account" : "Sign in");
		password.autocomplete = isSignUp() ? "new-password" : "current-password";
		const hint = isSignUp() ? "At least 8 characters." : `The sample people's password is “${samplePassword}”.`;
		setText(find("#hint", HTMLElement, form), hint);
		fail(null);
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

	form.addEventListener("change", showMode);
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		if (isSignUp() && name.value.trim() === "") return fail("A name is wanted.", name);
		if (email.value.trim() === "" || !email.validity.valid) return fail("An e-mail address is wanted.", email);
		if (password.value === "") return fail("A password is wanted.", password);
		const who = email.value.trim().toLowerCase();
		void run(who, () => (isSignUp() ? signUp(name.value.trim(), who, password.value) : signIn(who, password.value)));
	});
	toggle.addEventListener("click", () => {
		wanted = panel.hidden;
		update(deviceSessions.get());
		if (wanted) email.focus();
	});
	email.placeholder = people[0]?.email ?? "";
	showMode();
	return { update, focusTarget: () => (codeForm.isOpen() ? codeForm.input : email) };
}
