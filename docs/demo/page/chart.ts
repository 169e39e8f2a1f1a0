import { deviceSessionsMachine } from "device-sessions";
import { type ChartTransition, chartOf } from "../../statechart/chart.js";
import { label } from "../../statechart/label.js";
import { copy, find, setAttribute, setText } from "./dom.js";
import { onTransition } from "./transitions.js";

const captions: Readonly<Record<string, string>> = {
	idle: "Nothing to do",
	loading: "Reading accounts",
	switching: "Changing account",
	revoking: "Signing out",
};

/** All ways from one state to another are one arrow. */
const ends = ({ from, to }: Pick<ChartTransition, "from" | "to">): string => `${from} → ${to}`;

/**
 * Draws the machine as it is, a hub: its first state on the left, the others on the right, and of each pair one arrow
 * there and one back. What was taken last stays lit. Answers how to light the state that it is in.
 */
export function showChart(): (current: string) => void {
	const { initial, states, transitions } = chartOf(deviceSessionsMachine);
	const place = find("#states", HTMLUListElement);
	const boxes = new Map(states.map(({ name }) => [name, box(name)]));
	const arrows = new Map<string, Arrow>();
	for (const transition of transitions) {
		if (transition.from === null || transition.to === null) continue;
		const name = ends(transition);
		arrows.set(name, (arrows.get(name) ?? arrow(transition)).add(transition));
	}

	const put = (element: HTMLElement | undefined, role: string, row: string) => {
		if (!element) return;
		element.classList.add(`chart-${role}`);
		element.style.gridRow = row;
		place.append(element);
	};
	const between = (from: string, to: string) => arrows.get(ends({ from, to }))?.element;
	// Two rows for each state on the right: one for the way there, one for the way back.
	const spokes = states.map(({ name }) => name).filter((name) => name !== initial);
	put(boxes.get(initial), "hub", `1 / span ${spokes.length * 2}`);
	put(between(initial, initial), "loop", `${spokes.length * 2}`);
	for (const [index, name] of spokes.entries()) {
		put(between(initial, name), "out", `${index * 2 + 1}`);
		put(boxes.get(name), "spoke", `${index * 2 + 1} / span 2`);
		put(between(name, initial), "back", `${index * 2 + 2}`);
	}
	for (const [name, { element }] of arrows)
		if (!element.isConnected) throw new Error(`The hub has no place for ${name}`);

	onTransition(({ key, from, to }) => {
		// What keeps the state leaves the arrow lit that led there.
		if (to === null) return;
		for (const [name, one] of arrows) one.light(name === ends({ from, to }) ? key : null);
	});

	return (current) => {
		for (const [name, one] of boxes) setAttribute(one, "aria-current", name === current ? "step" : null);
	};
}

function box(name: string): HTMLLIElement {
	const element = copy("#state", HTMLLIElement);
	element.dataset["state"] = name;
	setText(find("b", HTMLElement, element), name);
	setText(find("span", HTMLElement, element), captions[name] ?? "");
	return element;
}

interface Arrow {
	readonly element: HTMLLIElement;
	/** One more way to take it. */
	add(transition: ChartTransition): Arrow;
	/** The way it was taken; null where another arrow was. */
	light(key: string | null): void;
}

function arrow(transition: ChartTransition): Arrow {
	const element = copy("#arrow", HTMLLIElement);
	const spoken = find(".ends", HTMLElement, element);
	const ways = find(".ways", HTMLElement, element);
	const marks = new Map<string, HTMLElement>();
	setText(spoken, `${ends(transition)}: `);
	return {
		element,
		add(transition) {
			const way = document.createElement("span");
			way.textContent = label(transition);
			way.dataset["key"] = transition.key;
			if (marks.size > 0) ways.append(" ");
			ways.append(way);
			marks.set(transition.key, way);
			return this;
		},
		light(lit) {
			element.toggleAttribute("data-last", lit !== null);
			setText(spoken, `${lit === null ? "" : "Taken last: "}${ends(transition)}: `);
			for (const [key, way] of marks) way.toggleAttribute("data-last", key === lit);
		},
	};
}
