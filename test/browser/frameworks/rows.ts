const itemOf = (node: Node | null): HTMLLIElement | null =>
	(node instanceof Element ? node : node?.parentElement)?.closest("li") ?? null;
const nameOf = (item: HTMLLIElement): string => item.querySelector("button")?.textContent?.trim() ?? "";

/** Whose rows the page writes to, and whether every row stays the node it is. */
export function watchRows(host: HTMLElement): () => { readonly written: string[]; readonly kept: boolean } {
	const before = [...host.querySelectorAll("li")];
	const written = new Set<HTMLLIElement>();
	const note = (records: readonly MutationRecord[]) => {
		for (const { target, addedNodes, removedNodes } of records)
			for (const item of [target, ...addedNodes, ...removedNodes].map(itemOf)) if (item) written.add(item);
	};
	const observer = new MutationObserver(note);
	observer.observe(host, { attributes: true, characterData: true, childList: true, subtree: true });
	return () => {
		note(observer.takeRecords());
		observer.disconnect();
		const after = [...host.querySelectorAll("li")];
		const kept = before.length === after.length && after.every((item, index) => item === before[index]);
		return { written: [...written].map(nameOf), kept };
	};
}
