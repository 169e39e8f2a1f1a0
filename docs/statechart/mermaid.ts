import type { Chart, ChartTransition } from "./chart.js";
import { label } from "./label.js";

/** Room for labels of several lines. Without it Mermaid lays them over each other. */
const start = ['%%{init: {"state": {"nodeSpacing": 170, "rankSpacing": 130}}}%%', "stateDiagram-v2"];

/** What a state does without being left, with UML's slash before it. */
const inside = (transition: ChartTransition): string =>
	[label(transition), transition.actions.join(", ") || "nothing"].join(" / ");

/**
 * The chart as a Mermaid diagram: one arrow for all transitions from one state to another. With `boxes`, what a state
 * does without being left stands in its box, and what holds in every state in a note.
 *
 * @example
 * toMermaid(chartOf(deviceSessionsMachine)); // "…stateDiagram-v2\n\tdirection LR\n\t[*] --> idle\n\tidle --> revoking: [a revoke waits]…"
 */
export function toMermaid(chart: Chart, { boxes = false } = {}): string {
	const { id, initial, states, transitions } = chart;
	const lines = ["direction LR", `[*] --> ${initial}`, ...arrows(transitions)];
	if (!boxes) return [...start, ...indent(lines)].join("\n");
	const contents = states.flatMap(({ name, entry, exit, invokes }) =>
		[
			name,
			...entry.map((action) => `entry / ${action}`),
			...exit.map((action) => `exit / ${action}`),
			...invokes.map((actor) => `do / ${actor}`),
			...transitions.filter(({ from, to }) => from === name && to === null).map(inside),
		].map((line) => `${name}: ${line}`),
	);
	const anywhere = transitions.filter(({ from }) => from === null).map(label);
	// A note keeps the white space of its lines.
	const note = [`\tnote right of ${id}`, "In every state:", ...anywhere, "\tend note"];
	const whole = [`state ${id} {`, ...indent([...lines, ...contents]), "}"];
	return [...start, ...indent(whole), ...note].join("\n");
}

/** Mermaid draws several arrows between the same two boxes over each other. */
function arrows(transitions: readonly ChartTransition[]): string[] {
	const labels = new Map<string, Set<string>>();
	for (const transition of transitions) {
		const { from, to } = transition;
		if (from === null || to === null) continue;
		const ends = `${from} --> ${to}`;
		// Whether it has a guard makes no other arrow.
		const text = label(transition.trigger === "always" ? transition : { ...transition, guard: null });
		labels.set(ends, (labels.get(ends) ?? new Set()).add(text));
	}
	return [...labels].map(([ends, all]) => `${ends}: ${[...all].join("<br>")}`);
}

const indent = (lines: readonly string[]): string[] => lines.map((line) => `\t${line}`);
