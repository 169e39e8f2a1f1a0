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

/**
 * Runs a request that may take so long and no longer, and that ends when `stop` does. The answer does not wait for a
 * `fetch` that ignores its signal.
 */
export async function withDeadline<T>(
	clock: Clock,
	ms: number,
	stop: AbortSignal,
	run: (signal: AbortSignal) => Promise<T>,
	late: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
	const controller = new AbortController();
	const { signal } = controller;
	const abort = () => controller.abort(stop.reason);
	const timer = clock.setTimeout(() => controller.abort(new DOMException("", "TimeoutError")), ms);
	stop.addEventListener("abort", abort);
	if (stop.aborted) abort();
	try {
		return await Promise.race([
			run(signal),
			new Promise<T>((resolve) => {
				signal.addEventListener("abort", () => resolve(late(signal)));
			}),
		]);
	} finally {
		clock.clearTimeout(timer);
		stop.removeEventListener("abort", abort);
	}
}
