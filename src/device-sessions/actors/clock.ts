/** XState's clock, and the time. XState's `SimulatedClock` is one. */
export interface DeviceSessionsClock {
	// XState's own Clock is typed with `any`.
	setTimeout(fn: (...args: never[]) => void, timeout: number): unknown;
	clearTimeout(id: unknown): void;
	/** Epoch ms. Default: `Date.now()`. */
	now?(): number;
}

/** The clock that everything here goes by: XState's timers, time-outs and the time itself. */
export interface Clock {
	setTimeout(run: () => void, ms: number): unknown;
	clearTimeout(timer: unknown): void;
	now(): number;
}

export function toClock(given: DeviceSessionsClock | undefined): Clock {
	// Safe: a timer goes back to the clock that handed it out.
	const timers = given ?? (globalThis as DeviceSessionsClock);
	return {
		setTimeout: (run, ms) => timers.setTimeout(run, ms),
		clearTimeout: (timer) => timers.clearTimeout(timer),
		now: () => given?.now?.() ?? Date.now(),
	};
}
