import * as limits from "../limits.js";
import type { Clock } from "../page/clock.js";
import type { TabStorage } from "../page/storage.js";

const key = "half-way";

interface HalfWaySignIn {
	/** The row that was active before. */
	readonly from: string | null;
	/** When the sign-in is given up, in epoch ms. */
	readonly until: number;
}

export interface HalfWay {
	/** Null where none is half-way. */
	current(): HalfWaySignIn | null;
	/** What a sign-out of all that was sent takes with it, and none that has begun since. */
	leaving: HalfWaySignIn | null;
	/** It has stopped half-way. Started once more, it still goes back to who was active before the first time. */
	begin(from: string | null): void;
	/** Ends it, or that one alone. */
	end(which?: HalfWaySignIn | null): void;
}

/**
 * Whether a sign-in of this device is half-way, in any of its tabs: a second factor is asked for. Nobody is active then,
 * and nobody else may become so unasked: that would end it.
 */
export function createHalfWay(storage: TabStorage, clock: Clock): HalfWay {
	function current() {
		const [text, from] = storage.read(key)?.split("\n") ?? [];
		const since = Number(text || Number.NaN);
		return Math.abs(clock.now() - since) < limits.halfWay
			? { from: from || null, until: since + limits.halfWay }
			: null;
	}
	return {
		current,
		leaving: null,
		begin(from) {
			storage.write(key, `${clock.now()}\n${current()?.from ?? from ?? ""}`);
		},
		// Written as a text, not as none: a tab's own memory stands in for an empty one.
		end(which = current()) {
			if (which && which.until === current()?.until) storage.write(key, "over");
		},
	};
}
