/** How long a press does nothing after something has moved under it, in ms. */
const quiet = 500;

/**
 * Presses in the popup that nobody means do nothing: those of a key that is held, the second of a double click, and one
 * that comes when what was there has just gone.
 *
 * @returns from now on is such a moment
 */
export function guardPresses(popup: HTMLElement): () => void {
	let quietUntil = 0;
	const guard = (event: MouseEvent | KeyboardEvent) => {
		const { target } = event;
		const isUnmeant =
			event instanceof KeyboardEvent
				? event.repeat && (event.key === "Enter" || (event.key === " " && !(target instanceof HTMLInputElement)))
				: event.detail > 1 || performance.now() < quietUntil;
		// What is in a slot is the app's.
		if (!isUnmeant || !(target instanceof Node && popup.contains(target))) return;
		event.preventDefault();
		event.stopPropagation();
	};
	popup.addEventListener("click", guard, true);
	popup.addEventListener("keydown", guard, true);
	return () => {
		quietUntil = performance.now() + quiet;
	};
}
