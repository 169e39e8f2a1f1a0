import { SimulatedClock } from "xstate";

/** Simulated time that starts now, and how many timers are left. */
export function createClock(startsAt = Date.now()) {
	const simulated = new SimulatedClock();
	const timers = new Set<unknown>();
	return {
		timers,
		setTimeout(run: (...args: never[]) => void, ms: number) {
			const timer = simulated.setTimeout(() => {
				timers.delete(timer);
				run();
			}, ms);
			timers.add(timer);
			return timer;
		},
		clearTimeout(timer: unknown) {
			timers.delete(timer);
			// Safe: XState's clock hands out numbers; undefined is no timer.
			if (timer !== undefined) simulated.clearTimeout(timer as never);
		},
		now: () => startsAt + simulated.now(),
		advance: (ms: number) => simulated.increment(ms),
	};
}
