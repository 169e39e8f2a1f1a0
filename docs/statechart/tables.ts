import { code, table } from "../markdown.js";
import type { Chart, ChartTransition } from "./chart.js";

const list = (names: readonly string[]): string => names.map(code).join(", ");

/** Where it goes, as a cell. */
function goal({ from, reenters, to }: ChartTransition): string {
	if (to === null) return "stays";
	return to === from && reenters ? `${code(to)}, entered anew` : code(to);
}

function trigger({ on, trigger }: ChartTransition): string {
	if (trigger === "event") return code(on);
	return trigger === "always" ? "always" : `${trigger} ${code(on)}`;
}

/** A section a state, one more for what holds in all of them: every transition, in the order in which they are tried. */
export function statesAsTables({ states, transitions }: Chart): string {
	const section = (title: string, facts: readonly string[], own: readonly ChartTransition[]) => {
		const rows = own.map((one) => [
			trigger(one),
			one.guard === null ? "" : code(one.guard),
			list(one.actions),
			goal(one),
		]);
		return [`### ${title}`, ...facts, table(["when", "if", "does", "goes to"], rows)].join("\n\n");
	};
	const facts = (name: string, names: readonly string[]) => (names.length > 0 ? [`${name}: ${list(names)}.`] : []);
	return [
		...states.map(({ name, entry, exit, invokes }) =>
			section(
				code(name),
				[...facts("Invokes", invokes), ...facts("On entry", entry), ...facts("On exit", exit)],
				transitions.filter(({ from }) => from === name),
			),
		),
		section(
			"In every state",
			[],
			transitions.filter(({ from }) => from === null),
		),
	].join("\n\n");
}

/** Every event and end of an actor against every state: what is done there, the state's own word before the machine's. */
export function eventsAsTable({ states, transitions }: Chart): string {
	const happenings = transitions.filter(({ on, trigger }) => trigger !== "always" && !on.includes("*"));
	const named = new Map(happenings.map((one) => [trigger(one), one]));
	const rows = [...named]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, one]) => [name, ...states.map((state) => cell(takenBy(transitions, state.name, one)))]);
	return table(["event", ...states.map(({ name }) => code(name))], rows);
}

/** Which of the transitions a state has for what happens; a state's own wildcard comes before what holds in every state. */
function takenBy(all: readonly ChartTransition[], state: string, happening: ChartTransition): ChartTransition[] {
	const fits = all.filter(
		({ on, trigger }) =>
			trigger === happening.trigger && (on === happening.on || on === "*" || isFamily(on, happening.on)),
	);
	for (const from of [state, null]) {
		const own = fits.filter((one) => one.from === from);
		const exact = own.filter(({ on }) => on === happening.on);
		if (exact.length > 0) return exact;
		if (own.length > 0) return own;
	}
	return [];
}

const isFamily = (descriptor: string, event: string): boolean =>
	descriptor.endsWith(".*") && `${event}.`.startsWith(descriptor.slice(0, -1));

function cell(taken: readonly ChartTransition[]): string {
	if (taken.length === 0) return "–";
	const goals = taken.map((one) =>
		one.to === null ? (one.actions.length > 0 ? "stays" : "ignored") : `→ ${goal(one)}`,
	);
	const [guard] = taken.length === 1 ? taken.map((one) => one.guard) : [];
	return [...new Set(goals)].join(", ") + (guard ? ` if ${code(guard)}` : "");
}
