/** Where the focus goes when what had it is gone. */
export interface Refuge {
	/** The rows as they are now. */
	rows(): readonly HTMLElement[];
	/** Where no row is left. */
	otherwise(): HTMLElement;
}

/**
 * Remembers what has the focus; the answer, called after the page has changed, moves a lost focus to the neighbour.
 * Without it the focus falls to the body, and a keyboard starts over at the top of the page.
 */
export function holdFocus(refuge: Refuge): () => void {
	const focused = document.activeElement;
	const index = refuge.rows().findIndex((row) => row.contains(focused));
	const isLeave = focused?.matches(".row .leave") ?? false;
	return () => {
		if (!focused || focused === document.body || focused.checkVisibility()) return;
		const rows = refuge.rows();
		const neighbour = rows[Math.min(Math.max(index, 0), rows.length - 1)];
		const button = neighbour?.querySelector<HTMLElement>(isLeave ? ".leave" : ".account");
		(button ?? refuge.otherwise()).focus();
	};
}

/** Arrow keys, Home and End walk the accounts; Tab goes on reaching every button. */
export function walkRows(list: HTMLElement): void {
	list.addEventListener("keydown", (event) => {
		const accounts = [...list.querySelectorAll<HTMLElement>(".account")];
		const index = accounts.findIndex((account) => account.closest(".row")?.contains(document.activeElement));
		const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: accounts.length - 1 }[event.key];
		const account = next === undefined ? undefined : accounts[next];
		if (!account || event.altKey || event.ctrlKey || event.metaKey) return;
		event.preventDefault();
		account.focus();
	});
}
