import type { AnyStateMachine, AnyTransitionDefinition } from "xstate";

/** One way through the machine. */
export interface ChartTransition {
	/** The same for the same transition, in the chart and in what an inspector sees. */
	readonly key: string;
	/** The state that it starts in; null is anywhere, the root of the machine. */
	readonly from: string | null;
	/** What sets it off: nothing but its guard, time, the end of an actor, or an event. */
	readonly trigger: "always" | "after" | "done" | "error" | "event";
	/** The delay, the actor or the event; of `always`, empty. */
	readonly on: string;
	readonly guard: string | null;
	/** What it does, in order. Functions go by their own names, which a minified build may have changed. */
	readonly actions: readonly string[];
	/** Null: it stays where it is. */
	readonly to: string | null;
	/** Leaves its state and enters it anew. */
	readonly reenters: boolean;
}

interface ChartState {
	readonly name: string;
	readonly entry: readonly string[];
	readonly exit: readonly string[];
	/** The actors that live as long as the state. */
	readonly invokes: readonly string[];
}

/** A machine without states in states, as data. */
export interface Chart {
	readonly id: string;
	readonly initial: string;
	readonly states: readonly ChartState[];
	/** State by state, then what holds anywhere, in the machine's own order: of several that could be taken, the first is. */
	readonly transitions: readonly ChartTransition[];
}

/**
 * Walks a machine whose states have no states of their own. XState's `toDirectedGraph` leaves `always` out; here it is.
 *
 * @example
 * const { states, transitions } = chartOf(deviceSessionsMachine);
 * transitions.filter(({ from, trigger }) => from === "idle" && trigger === "always");
 */
export function chartOf(machine: AnyStateMachine): Chart {
	const nodes = [...Object.values(machine.states), machine.root];
	return {
		id: machine.id,
		initial: String(machine.config.initial),
		states: Object.values(machine.states).map(({ key, entry, exit, invoke }) => ({
			name: key,
			entry: entry.map(nameOfAction).filter(isOwn),
			exit: exit.map(nameOfAction).filter(isOwn),
			invokes: invoke.map(({ id }) => id),
		})),
		transitions: nodes.flatMap((node) =>
			[...(node.always ?? []), ...[...node.transitions.values()].flat()].map(transitionOf),
		),
	};
}

/**
 * The chart's entry for a transition of the machine, of a machine from `provide` as well.
 *
 * @example
 * const inspect = (event: InspectionEvent) => {
 * 	if (event.type === "@xstate.microstep") light(event._transitions.map((taken) => transitionOf(taken).key));
 * };
 */
export function transitionOf({
	actions,
	eventType,
	guard,
	reenter,
	source,
	target,
}: Pick<
	AnyTransitionDefinition,
	"actions" | "eventType" | "guard" | "reenter" | "source" | "target"
>): ChartTransition {
	const from = source.path.length > 0 ? source.path.join(".") : null;
	const [trigger, on] = triggerOf(eventType, source.id);
	const condition = guard === undefined ? null : nameOfAction(guard);
	return {
		key: [from ?? "*", trigger, on, condition].filter(Boolean).join(" "),
		from,
		trigger,
		on,
		guard: condition,
		actions: actions.map(nameOfAction),
		to: target?.[0]?.path.join(".") ?? null,
		reenters: reenter,
	};
}

function triggerOf(eventType: string, sourceId: string): [ChartTransition["trigger"], string] {
	if (eventType === "") return ["always", ""];
	const actor = /^xstate\.(done|error)\.actor\.(.+)$/.exec(eventType);
	if (actor) return [actor[1] === "done" ? "done" : "error", actor[2] ?? ""];
	const delay = /^xstate\.after\.(.+)$/.exec(eventType)?.[1];
	return delay === undefined ? ["event", eventType] : ["after", delay.replace(`.${sourceId}`, "")];
}

/** Not XState's own timers, which stand behind `after`. */
const isOwn = (action: string): boolean => action !== "xstate.raise" && action !== "xstate.cancel";

/** What is known of an action or a guard of XState's: a name, `{ type }`, or a function that may carry more. */
interface Described {
	readonly name?: unknown;
	readonly type?: unknown;
	readonly assignment?: unknown;
	readonly event?: unknown;
	readonly to?: unknown;
}

function nameOfAction(action: unknown): string {
	if (typeof action === "string") return action;
	// Safe: anything can be asked for a property once it is an object, and of none is the value taken for granted.
	const { assignment, event, name, to, type } = Object(action) as Described;
	if (type === "xstate.assign") return nameOfAssignment(assignment);
	// Safe: as above.
	const sent = (Object(event) as Described).type;
	if (type === "xstate.emit") return typeof sent === "string" ? `emit ${sent}` : "emit";
	if (type === "xstate.sendTo") return `send ${typeof sent === "string" ? sent : "an event"} to ${String(to)}`;
	return String(type ?? (name || "a function"));
}

/** By the name of the function that works it out, else by what it sets. */
function nameOfAssignment(assignment: unknown): string {
	if (typeof assignment === "function") return assignment.name || "assign";
	return `assign ${Object.keys(Object(assignment)).join(", ")}`;
}
