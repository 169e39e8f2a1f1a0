import type { Clock } from "./clock.js";

/**
 * Runs what may take so long and no longer, and ends when `stop` does: it is not waited for then, whether it heeds its
 * signal or not. `ended` answers in its place.
 */
export async function withTimeout<T>(
	clock: Clock,
	ms: number,
	stop: AbortSignal,
	run: (signal: AbortSignal) => T | Promise<T>,
	ended: (signal: AbortSignal) => T,
): Promise<T> {
	const controller = new AbortController();
	const { signal } = controller;
	const late = new Promise<T>((resolve) => signal.addEventListener("abort", () => resolve(ended(signal))));
	const timer = clock.setTimeout(() => controller.abort({ name: "TimeoutError" }), ms);
	const abort = () => controller.abort(stop.reason);
	if (stop.aborted) abort();
	stop.addEventListener("abort", abort);
	try {
		return await Promise.race([run(signal), late]);
	} finally {
		clock.clearTimeout(timer);
		stop.removeEventListener("abort", abort);
	}
}
