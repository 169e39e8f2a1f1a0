import { find, isUsable, setAttribute, setText, setUsable } from "./dom.js";
import type { Refusal } from "./refusal.js";

export interface FormView {
	readonly element: HTMLFormElement;
	readonly submit: HTMLButtonElement;
	input(name: string): HTMLInputElement;
	/** Says why it was not taken and goes to the field in question, or takes back what was said. */
	refuse(refusal: Refusal | null): void;
	/** Waits for what was sent, one at a time: the answer is why it was not taken, or null. */
	send(call: () => Promise<Refusal | null>): Promise<void>;
}

/** What all forms have in common: fields known by their names, one button, one place for a problem. */
export function createForm(selector: string, onSubmit: (form: FormView) => Promise<Refusal | null>): FormView {
	const element = find(selector, HTMLFormElement);
	const submit = find("[type=submit]", HTMLButtonElement, element);
	const problem = find(".problem", HTMLElement, element);
	const inputs = [...element.querySelectorAll<HTMLInputElement>(".field input")];

	const view: FormView = {
		element,
		submit,
		input: (name) => find(`.field [name=${name}]`, HTMLInputElement, element),
		refuse(refusal) {
			setText(problem, refusal?.words ?? "");
			problem.hidden = refusal === null;
			setAttribute(problem, "data-answer", refusal?.answer ?? null);
			for (const input of inputs) setAttribute(input, "aria-invalid", input.name === refusal?.field ? "true" : null);
			if (refusal?.field) view.input(refusal.field).focus();
		},
		async send(call) {
			if (!isUsable(submit)) return;
			view.refuse(null);
			setUsable(submit, false);
			setAttribute(element, "aria-busy", "true");
			const refusal = await call();
			setUsable(submit, true);
			setAttribute(element, "aria-busy", null);
			if (refusal) view.refuse(refusal);
		},
	};
	element.addEventListener("submit", (event) => {
		event.preventDefault();
		void view.send(() => onSubmit(view));
	});
	return view;
}
