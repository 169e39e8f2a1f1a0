/** One item of a list, as it stands on the page. */
export interface View<Item> {
	readonly node: HTMLElement;
	show(item: Item): void;
}

/**
 * A list whose items keep their elements, by id. Nothing moves that is in its place already: what moves loses the focus.
 *
 * @returns shows these items, and returns whether one has gone
 */
export function keyedList<Item extends { readonly id: string }>(list: HTMLElement, makeView: () => View<Item>) {
	const views = new Map<string, View<Item>>();
	return (items: readonly Item[]): boolean => {
		let hasGone = false;
		for (const [id, { node }] of views) {
			if (items.some((item) => item.id === id)) continue;
			views.delete(id);
			node.remove();
			hasGone = true;
		}
		for (const [at, item] of items.entries()) {
			const view = views.get(item.id) ?? makeView();
			views.set(item.id, view);
			view.show(item);
			const there = list.children[at];
			if (there !== view.node) list.insertBefore(view.node, there ?? null);
		}
		list.hidden = !items[0];
		return hasGone;
	};
}
