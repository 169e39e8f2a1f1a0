import type { InspectionEvent } from "xstate";
import { type ChartTransition, transitionOf } from "../../statechart/chart.js";

/** A transition that the machine of this page has taken, from the state that it was in. */
interface Taken extends ChartTransition {
	readonly from: string;
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
		// What holds in every state leaves it as it is.
		const taken = { ...transition, from: transition.from ?? String(value) };
		for (const listener of listeners) listener(taken);
	}
}
