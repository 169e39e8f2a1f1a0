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
	return {
		setTimeout: (run, ms) => (given ? given.setTimeout(run, ms) : setTimeout(run, ms)),
		// Safe: what comes back is what the line above handed out.
		clearTimeout: (timer) => (given ? given.clearTimeout(timer) : clearTimeout(timer as number)),
		now: () => given?.now?.() ?? Date.now(),
	};
}
