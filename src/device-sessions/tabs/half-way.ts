import type { Clock } from "../page/clock.js";
import type { TabStorage } from "../page/storage.js";
import { nameOf } from "./names.js";

const key = nameOf("half-way");
/** How long a sign-in may stay half-way, in ms. */
const longest = 600_000;

/**
 * Whether a sign-in of this device is half-way, in any of its tabs: it is on its way, or a second factor is asked for.
 * Nobody is active then, and nobody else may become so unasked: that would end it.
 */
export function createHalfWay(storage: TabStorage, clock: Clock) {
	return {
		isSigningIn(): boolean {
			const since = Number(storage.read(key) ?? Number.NaN);
			return Math.abs(clock.now() - since) < longest;
		},
		set(isSigningIn: boolean): void {
			storage.write(key, isSigningIn ? String(clock.now()) : "over");
		},
	};
}

export type HalfWay = ReturnType<typeof createHalfWay>;
