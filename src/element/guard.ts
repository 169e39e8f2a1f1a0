/** How long a press does nothing after something has moved under it, in ms. */
const quiet = 500;

/**
 * Presses that nobody means do nothing: those of a key that is held, the second of a double click, and one that comes
 * when what was there has just gone.
 */
export function guardPresses(root: ShadowRoot) {
	let quietUntil = 0;
	// What is in a slot is the app's.
	const isOurs = ({ target }: Event) => target instanceof Node && root.contains(target);
	const stop = (event: Event) => {
		event.preventDefault();
		event.stopPropagation();
	};
	root.addEventListener(
		"click",
		(event) => {
			// Safe: a click is a MouseEvent, whose `detail` counts.
			const { detail } = event as MouseEvent;
			if (isOurs(event) && (detail > 1 || performance.now() < quietUntil)) stop(event);
		},
		true,
	);
	root.addEventListener(
		"keydown",
		(event) => {
			// Safe: its name says so.
			const { key, repeat } = event as KeyboardEvent;
			if (repeat && isOurs(event) && (key === "Enter" || (key === " " && !(event.target instanceof HTMLInputElement))))
				stop(event);
		},
		true,
	);
	/** From now on, for a while. */
	return (): void => {
		quietUntil = performance.now() + quiet;
	};
}
