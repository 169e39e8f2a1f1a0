import type { DeviceSessions } from "device-sessions";
import { type ConnectedRow, connect, type Props } from "device-sessions/connect";

/** Shows the accounts in an element, until what it returns is called. */
export function mountAccountSwitcher(root: HTMLElement, store: DeviceSessions, addHref = "/sign-in"): () => void {
	const add = (tag: string, to: Element = root) => to.appendChild(document.createElement(tag));
	const [problem, retry, note, list, link, live] = [add("p"), add("button"), add("p"), add("ul"), add("a"), add("p")];
	const items = new Map<string, { item: Element; shown?: ConnectedRow }>();
	let chosen: string | null = null;
	let now = store.get();
	[problem.role, live.role] = ["alert", "status"];
	link.setAttribute("href", addHref);

	// The last click alone is busy, until its command has returned.
	async function choose(id: string) {
		chosen = id;
		show(now);
		await store.setActive(id);
		if (chosen === id) chosen = null;
		show(now);
	}
	function show(state: typeof now, previous?: typeof now) {
		now = state;
		const { announcement, error, rows, ...accounts } = connect(now, store, { previous, chosen });
		write(problem, error?.text);
		write(retry, error?.retry && (error.retry === "refetch" ? "Try again" : "Switch anyway"), accounts.retryProps);
		write(note, accounts.note);
		write(link, "Add account", accounts.addProps);
		if (announcement) live.textContent = announcement;
		for (const row of rows) {
			const { item, shown } = items.get(row.id) ?? { item: add("li", list) };
			items.set(row.id, { item, shown: row });
			// A row stays the same object until something in it changes.
			if (row === shown) continue;
			const [account, email, leave] = ["button", "small", "button"].map(
				(tag, at) => item.children[at] ?? add(tag, item),
			);
			const rowProps = { ...accounts.rowProps(row.id), "aria-description": row.email, onClick: () => choose(row.id) };
			item.ariaBusy = String(row.busy);
			write(account, row.name, rowProps);
			write(email, row.email);
			write(leave, "×", accounts.signOutProps(row.id));
		}
		for (const [id, { item }] of items) if (!rows.some((row) => row.id === id) && items.delete(id)) item.remove();
	}
	const unsubscribe = store.subscribe(show);
	return () => {
		unsubscribe();
		root.replaceChildren();
	};
}

function write(element: Element | undefined, text: string | null | undefined, { onClick, ...attributes }: Props = {}) {
	if (!(element instanceof HTMLElement)) return;
	Object.assign(element, { textContent: text ?? "", hidden: !text, onclick: onClick ?? null });
	for (const [name, value] of Object.entries(attributes))
		value === undefined ? element.removeAttribute(name) : element.setAttribute(name, value);
}
