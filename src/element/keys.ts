import { isShown } from "./dom.js";

/** What is typed within so many ms is one word. */
const together = 500;

/** What the arrows go through: all that Tab reaches, but one stop for each account. */
function stopsOf(popup: HTMLElement): HTMLElement[] {
	const found = [...popup.querySelectorAll<HTMLElement>("input,button:not([part=sign-out]),a,slot")];
	const all = found.flatMap((element) =>
		// Safe: what can be focused by a script has `focus`.
		element instanceof HTMLSlotElement ? (element.assignedElements() as HTMLElement[]) : element,
	);
	return all.filter((element) => isShown(element) && element.tabIndex >= 0);
}

const simple = (text: string | null | undefined) => text?.toLocaleLowerCase().replace(/\s/g, "") ?? "";

/** Arrows, Home, End, and the first letters of a name. */
export function moveByKeys(popup: HTMLElement): void {
	let typed = "";
	let typedAt = Number.NEGATIVE_INFINITY;
	popup.addEventListener("keydown", (event) => {
		const { key, target, altKey, ctrlKey, metaKey, timeStamp } = event;
		if (altKey || ctrlKey || metaKey || !(target instanceof HTMLElement)) return;
		const stops = stopsOf(popup);
		const row = target.closest("li");
		const own = stops.indexOf(target);
		const at = own < 0 && row ? stops.findIndex((stop) => row.contains(stop)) : own;
		// What is inside of a slot's content is the app's.
		if (at < 0 && target !== popup) return;
		let next: HTMLElement | undefined;
		if (key === "ArrowDown") next = stops[(at + 1) % stops.length];
		else if (key === "ArrowUp") next = stops.at(Math.max(at, 0) - 1);
		// The field's own.
		else if (target instanceof HTMLInputElement) return;
		else if (key === "Home") next = stops[0];
		else if (key === "End") next = stops.at(-1);
		else if (key.length === 1) {
			const isLate = timeStamp - typedAt > together;
			// Else it presses.
			if (key === " " && isLate) return;
			typed = simple((isLate ? "" : typed) + key);
			typedAt = timeStamp;
			const accounts = stops.filter(({ part }) => part.contains("account"));
			const here = accounts.findIndex((stop) => row?.contains(stop));
			// A single letter goes on to the next of that letter.
			const from = typed[1] ? Math.max(here, 0) : here + 1;
			next = [...accounts.slice(from), ...accounts.slice(0, from)].find((stop) =>
				simple(stop.querySelector("bdi")?.textContent).startsWith(typed),
			);
			if (key === " ") event.preventDefault();
		}
		if (!next) return;
		event.preventDefault();
		// WebKit shows no focus ring when a script moves focus after a click, even if a key did it.
		// Safe: TypeScript does not know this option yet.
		next.focus({ focusVisible: true } as FocusOptions);
	});
}
