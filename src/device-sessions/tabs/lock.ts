import type { Clock } from "../page/clock.js";
import type { Page, PageLocks } from "../page/environment.js";

/**
 * The lock of this device, one holder at a time over all its tabs. Where a browser has no locks, or forbids them (an
 * insecure page, a sandboxed frame), every tab is on its own.
 */
export function createLock(clock: Clock, page: Page | undefined, name: string) {
	return {
		/**
		 * Runs it under the lock, and returns what it comes to. `busy`: the lock did not come in time, or `stop` did, and
		 * nothing ran. How long it runs is its own affair.
		 */
		run<T>(ms: number, stop: AbortSignal, run: () => Promise<T>): Promise<T | "busy"> {
			if (stop.aborted) return Promise.resolve("busy");
			return new Promise((resolve, reject) => {
				let isWaiting = true;
				const controller = new AbortController();
				/** Waits no longer; true for the first who says so. */
				const leave = () => {
					const was = isWaiting;
					isWaiting = false;
					clock.clearTimeout(timer);
					stop.removeEventListener("abort", giveUp);
					return was;
				};
				const giveUp = () => {
					if (!leave()) return;
					resolve("busy");
					controller.abort();
				};
				const timer = clock.setTimeout(giveUp, ms);
				stop.addEventListener("abort", giveUp);
				const take = async () => {
					if (leave()) await run().then(resolve, reject);
				};
				try {
					// Safe: where there are none, to ask for one throws.
					const locks = page?.navigator?.locks as PageLocks;
					// Where it refuses, without having been asked to, there are no locks for this page.
					locks.request(name, { signal: controller.signal }, take).catch(take);
				} catch {
					void take();
				}
			});
		},
	};
}

export type Lock = ReturnType<typeof createLock>;
