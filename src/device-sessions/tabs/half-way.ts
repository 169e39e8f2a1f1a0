import * as limits from "../limits.js";
import type { Clock } from "../page/clock.js";
import type { TabStorage } from "../page/storage.js";

const key = "half-way";

/**
 * Whether a sign-in of this device is half-way, in any of its tabs: a second factor is asked for. Nobody is active then,
 * and nobody else may become so unasked: that would end it.
 */
export function createHalfWay(storage: TabStorage, clock: Clock) {
	function current(): { readonly from: string | null; readonly until: number } | null {
		const [text, from] = storage.read(key)?.split("\n") ?? [];
		const since = Number(text || Number.NaN);
		return Math.abs(clock.now() - since) < limits.halfWay
			? { from: from || null, until: since + limits.halfWay }
			: null;
	}

	/** What a sign-out of all that was sent takes with it, and none that has begun since. */
	let leaving: ReturnType<typeof current> = null;
	/** As a text, not as none: a tab's own memory stands in for an empty one. */
	const end = () => storage.write(key, "over");

	return {
		/** The row that was active before, and when the sign-in is given up, in epoch ms; null where none is half-way. */
		current,
		/** It has stopped half-way. Started once more, it still goes back to who was active before the first time. */
		begin(from: string | null): void {
			storage.write(key, `${clock.now()}\n${current()?.from ?? from ?? ""}`);
		},
		end(): void {
			if (current()) end();
		},
		/** A sign-out of all is sent. */
		leave(): void {
			leaving = current();
		},
		/** It was done. */
		left(): void {
			if (leaving && leaving.until === current()?.until) end();
		},
	};
}

export type HalfWay = ReturnType<typeof createHalfWay>;
