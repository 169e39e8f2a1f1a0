/** The element that index.html promises: its absence is a mistake of ours, told at once. */
export function find<T extends Element>(selector: string, type: new () => T, root: ParentNode = document): T {
	const found = root.querySelector(selector);
	if (!(found instanceof type)) throw new Error(`index.html has no ${selector}`);
	return found;
}

/** A copy of what a template holds. */
export function copy<T extends Element>(template: string, type: new () => T): T {
	const first = find(template, HTMLTemplateElement).content.firstElementChild?.cloneNode(true);
	if (!(first instanceof type)) throw new Error(`${template} holds something else`);
	return first;
}

/** Writes only what changed: screen readers read out what is written, changed or not. */
export function setText(element: Element, text: string): void {
	if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element: Element, name: string, value: string | null): void {
	if (value === null) element.removeAttribute(name);
	else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

export function button(label: string, className: string, onClick: () => void): HTMLButtonElement {
	const element = document.createElement("button");
	element.type = "button";
	element.className = className;
	element.textContent = label;
	element.addEventListener("click", onClick);
	return element;
}

/** A button that may not be used keeps the focus it has, as `disabled` would not. */
export function setUsable(element: HTMLButtonElement, usable: boolean): void {
	setAttribute(element, "aria-disabled", usable ? null : "true");
}

export function isUsable(element: HTMLButtonElement): boolean {
	return element.getAttribute("aria-disabled") !== "true";
}
