import { find, isUsable, setAttribute, setText, setUsable } from "./dom.js";
import { confirmCode } from "./sign-in.js";

export interface CodeForm {
	readonly input: HTMLInputElement;
	isOpen(): boolean;
	open(email: string): void;
}

interface Outcomes {
	signedIn(email: string): void;
	cancelled(): void;
}

/** The second step of a sign-in: takes the place of the form until the code is right or given up. */
export function createCodeForm({ signedIn, cancelled }: Outcomes): CodeForm {
	const form = find("#code-form", HTMLFormElement);
	const others = [find("#form", HTMLFormElement), find(".people", HTMLFieldSetElement)];
	const input = find("[name=code]", HTMLInputElement, form);
	const confirm = find(".primary", HTMLButtonElement, form);
	const problem = find("#code-problem", HTMLElement, form);
	let email = "";

	function show(open: boolean): void {
		form.hidden = !open;
		for (const other of others) other.hidden = open;
		input.value = "";
		fail(null);
	}

	function fail(words: string | null): void {
		setText(problem, words ?? "");
		problem.hidden = words === null;
		setAttribute(input, "aria-invalid", words === null ? null : "true");
		if (words !== null) input.focus();
	}

	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (!isUsable(confirm)) return;
		if (input.value.trim() === "") return fail("The code is wanted.");
		fail(null);
		setUsable(confirm, false);
		const attempt = await confirmCode(input.value.trim());
		setUsable(confirm, true);
		if (attempt.outcome === "failed") return fail(attempt.words);
		show(false);
		signedIn(email);
	});
	find("#code-cancel", HTMLButtonElement, form).addEventListener("click", () => {
		show(false);
		cancelled();
	});

	return {
		input,
		isOpen: () => !form.hidden,
		open(who) {
			email = who;
			setText(find("#code-hint", HTMLElement, form), `A code was sent to ${who}: the demo prints it in its terminal.`);
			show(true);
			input.focus();
		},
	};
}
