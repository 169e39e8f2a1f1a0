import { settle as turn } from "./clock.js";

// As real as those of the clock: the store wakes by a timer of the page, not by a clock that stands still.
const realTimeout = globalThis.setTimeout;
const setRealTimeout = realTimeout.bind(globalThis);
const timer = (): Promise<void> => new Promise((resolve) => setRealTimeout(resolve, 0));

/**
 * Waits until everything that needs no simulated time has happened: a store that has just been subscribed to has read
 * the device, answers that are ready have come, other tabs have heard. It takes some real milliseconds.
 *
 * @example
 * deviceSessions.subscribe(render);
 * await settle();
 */
export async function settle(): Promise<void> {
	for (let round = 0; round < 2; round += 1) {
		await timer();
		await turn();
	}
}

/** As `settle`; where the timers of the page are replaced, no real one is waited for. */
export const settleTimers = (): Promise<void> => (globalThis.setTimeout === realTimeout ? settle() : turn());
