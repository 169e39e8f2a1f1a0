import type { Clock } from "./clock.js";

/** That a wait has ended, and why: the platform may have no `reason` of its own. */
export type Ending = Pick<AbortSignal, "aborted" | "reason">;

/**
 * Runs what may take so long and no longer, and ends when `stop` does: it is not waited for then, whether it heeds its
 * signal or not. `ended` answers in its place, and `late` is told where it comes to an end all the same.
 */
export async function withTimeout<T>(
	clock: Clock,
	ms: number,
	stop: AbortSignal,
	run: (signal: AbortSignal) => T | Promise<T>,
	ended: (ending: Ending) => T,
	late: () => void = () => {},
): Promise<T> {
	const controller = new AbortController();
	let isOver = false;
	const settled = () => isOver && late();
	let end: (reason: unknown) => void = () => {};
	const over = new Promise<T>((resolve) => {
		end = (reason) => {
			isOver = true;
			resolve(ended({ aborted: true, reason }));
			controller.abort(reason);
		};
	});
	const timer = clock.setTimeout(() => end({ name: "TimeoutError" }), ms);
	const abort = () => end(stop.reason);
	if (stop.aborted) abort();
	stop.addEventListener("abort", abort);
	try {
		const running = Promise.resolve(run(controller.signal));
		running.then(settled, settled);
		return await Promise.race([running, over]);
	} finally {
		clock.clearTimeout(timer);
		stop.removeEventListener("abort", abort);
	}
}
