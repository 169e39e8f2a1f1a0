import type { InspectionEvent } from "xstate";
import { type ChartTransition, transitionOf } from "../../statechart/chart.js";

/** A transition that the machine of this page has taken. */
export interface Taken extends Pick<ChartTransition, "key" | "to"> {
	/** The state that it was in. */
	readonly from: string;
	readonly transition: ChartTransition;
}

type Listener = (taken: Taken) => void;

const listeners = new Set<Listener>();

export function onTransition(listener: Listener): void {
	listeners.add(listener);
}

/** Listens to the machine as an inspector does. What it hears stays in the page. */
export function watch(event: InspectionEvent): void {
	if (event.type !== "@xstate.microstep") return;
	const { value }: { value?: unknown } = Object(event.snapshot);
	for (const definition of event._transitions) {
		const transition = transitionOf(definition);
		const { from, key, to } = transition;
		// What holds anywhere leaves the state as it is.
		for (const listener of listeners) listener({ key, from: from ?? String(value), to, transition });
	}
}
