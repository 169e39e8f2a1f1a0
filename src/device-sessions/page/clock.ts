import * as limits from "../limits.js";

/** XState's clock, and the time. XState's `SimulatedClock` is one. */
export interface DeviceSessionsClock {
	// XState's own Clock is typed with `any`.
	/** Calls a function after so many ms. Returns what `clearTimeout` takes. */
	setTimeout(fn: (...args: never[]) => void, timeout: number): unknown;
	/** Cancels a timer. */
	clearTimeout(id: unknown): void;
	/** Epoch ms. Default: `Date.now()`. */
	now?(): number;
	/** Milliseconds that no setting of the clock changes. Default: `performance.now()`, or the steps forward of `now` where that is given. */
	monotonic?(): number;
	/** From 0 up to 1, for the jitter of a back-off. Default: `Math.random()`. */
	random?(): number;
}

/** The clock that everything here goes by: XState's timers, time-outs and the time itself. */
export interface Clock {
	/** Any wait: longer ones than a timer holds go in steps, `Infinity` is never. */
	setTimeout(run: () => void, ms: number): unknown;
	clearTimeout(timer: unknown): void;
	now(): number;
	/** Ms that only pass: what happened when, seen from within. */
	monotonic(): number;
	random(): number;
}

export function toClock(given: DeviceSessionsClock | undefined): Clock {
	const timers = given ?? (globalThis as DeviceSessionsClock);
	const running = new WeakMap<object, unknown>();
	let last: number | undefined;
	let passed = 0;
	/** Where the time of day is all there is: it may be set back, and that is no time that has passed. */
	const onward = (now: number): number => {
		passed += Math.max(now - (last ?? 0), 0);
		last = now;
		return passed;
	};
	return {
		setTimeout(run, ms) {
			const timer = {};
			const wait = (rest: number) =>
				running.set(
					timer,
					timers.setTimeout(
						() => (rest > limits.timer ? wait(rest - limits.timer) : run()),
						Math.min(rest, limits.timer),
					),
				);
			if (ms !== Number.POSITIVE_INFINITY) wait(ms);
			return timer;
		},
		// Safe: a timer goes back to the clock that handed it out.
		clearTimeout: (timer) => timer && timers.clearTimeout(running.get(timer as object)),
		now: () => given?.now?.() ?? Date.now(),
		monotonic: () =>
			given?.monotonic?.() ??
			(given?.now ? onward(given.now()) : (globalThis as Partial<typeof globalThis>).performance?.now?.()) ??
			onward(Date.now()),
		random: () => given?.random?.() ?? Math.random(),
	};
}
