import type { Clock } from "../page/clock.js";
import type { Page } from "../page/environment.js";
import { withTimeout } from "../page/with-timeout.js";

const name = "device-sessions";

/**
 * The lock of this device, one holder at a time over all its tabs. Where a browser has no locks, or forbids them (an
 * insecure page, a sandboxed frame), every tab is on its own.
 */
export function createLock(clock: Clock, timeout: number, page: Page | undefined) {
	const locks = page?.navigator?.locks;

	return {
		/** Runs it under the lock; false where another tab has it, true where there are no locks. */
		async tryRun(run: () => Promise<void>): Promise<boolean> {
			if (!locks) return run().then(() => true);
			let isMine = false;
			try {
				await locks.request(name, { ifAvailable: true }, async (lock) => {
					isMine = lock !== null;
					if (isMine) await run();
				});
			} catch (error) {
				if (isMine) throw error;
				await run();
				return true;
			}
			return isMine;
		},

		/** Waits until another tab lets the lock go; false where that takes too long. */
		waitForRelease(stop: AbortSignal): Promise<boolean> {
			const tooLong = () => false;
			return withTimeout(
				clock,
				timeout,
				stop,
				// It refuses before anybody hears that the signal was aborted.
				async (signal) => (await locks?.request(name, { signal }, () => true).catch(tooLong)) ?? false,
				tooLong,
			);
		},
	};
}

export type Lock = ReturnType<typeof createLock>;
