import type { AnyStateMachine } from "xstate";

/** An endless chain of `always` fails the test that starts it, where it would hang. Older versions of XState have no such option. */
export function boundLoops(machine: AnyStateMachine): void {
	Object.assign(Object(Reflect.get(machine, "options")), { maxIterations: 100 });
}
