import { label } from "../../statechart/label.js";
import { find } from "./dom.js";
import { onTransition } from "./transitions.js";

const most = 5;

/** The last transitions in words, the newest first: those that keep the state as well, which the chart has no arrow for. */
export function showTrail(): void {
	const list = find("#trail", HTMLOListElement);
	onTransition((taken) => {
		const { from, to } = taken;
		const what = label(taken);
		// Each request of the page is told of twice, and would push out all else.
		if (/^call\./.test(what)) return;
		const item = document.createElement("li");
		const where = document.createElement("b");
		where.textContent = to === null ? `in ${from}` : `${from} → ${to}`;
		item.append(where, `, ${what}`);
		item.toggleAttribute("data-stays", to === null);
		list.prepend(item);
		while (list.children.length > most) list.lastElementChild?.remove();
	});
}
