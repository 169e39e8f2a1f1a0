import { find } from "./dom.js";

/** At least one, so that one is always chosen. */
export type Choices<T> = readonly [T, ...T[]];

/** Fills a select; the answer tells which of the things is chosen. */
export function choice<T extends { readonly label: string }>(
	selector: string,
	things: Choices<T>,
	isDefault: (thing: T) => boolean = (thing) => thing === things[0],
): () => T {
	const select = find(selector, HTMLSelectElement);
	select.replaceChildren(
		...things.map((thing) => new Option(thing.label, thing.label, isDefault(thing), isDefault(thing))),
	);
	return () => things[select.selectedIndex] ?? things[0];
}
