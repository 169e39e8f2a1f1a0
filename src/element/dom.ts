/** A new element of the shadow root. What has a part can be styled from outside. */
export function create<Tag extends keyof HTMLElementTagNameMap>(
	tag: Tag,
	part: string,
	...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
	const element = document.createElement(tag);
	if (part) element.setAttribute("part", part);
	element.append(...children);
	return element;
}

export function slot(name: string, ...children: Node[]): HTMLSlotElement {
	const element = create("slot", "", ...children);
	element.name = name;
	return element;
}

/** Only where it differs: what is written to a live region is said. */
export function setAttribute(element: Element, name: string, value: unknown): void {
	if (typeof value !== "string") element.removeAttribute(name);
	else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** An element without a text is hidden. */
export function write(element: HTMLElement, text: string | null | undefined | false): void {
	element.hidden = !text;
	if (element.textContent !== (text || "")) element.textContent = text || "";
}

/** A link where there is somewhere to go, else a button: in the place of the old one, where that is the other of the two. */
export function linkOrButton(old: HTMLElement, href: string | null): HTMLElement {
	const tag = href === null ? "button" : "a";
	let element = old;
	if (old.localName !== tag) {
		element = create(tag, old.getAttribute("part") ?? "");
		element.onclick = old.onclick;
		old.replaceWith(element);
	}
	setAttribute(element, "href", href);
	return element;
}

/** It can be seen, and so it can have the focus. */
export const isShown = (element: Element): boolean => element.getClientRects().length > 0;
