import type { Call } from "../events.js";

/**
 * What is known of the device, and how much it is worth. The device has a version, shared by all its tabs: it is new
 * whenever a change begins and whenever one ends. A reading is worth as much as the version that it began at.
 */
export interface Knowledge {
	/** The newest version that is known here: an opaque text, compared and never counted. */
	readonly version: string;
	/** The last complete reading. */
	readonly reading: Reading | null;
	/** How many reads have begun so far. */
	readonly begun: number;
	/**
	 * Something may have changed that no version tells of: reads up to this number are in doubt, and those that began
	 * before this moment.
	 */
	readonly doubted: number;
	readonly doubtedUntil: number;
	/** Until a read after this one has ended, reads ask past the cookie cache: a late cookie may name whoever is no more. */
	readonly cached: number;
	/** The app's own calls that are under way, as the wire tells. */
	readonly calls: readonly Call[];
}

interface Reading {
	/** Which of the reads it was, from 1 on. */
	readonly number: number;
	/** The version that it began at. */
	readonly version: string;
	/** When it began and when it ended, in ms of the monotonic clock. */
	readonly began: number;
	readonly at: number;
}

export const nothingKnown: Knowledge = {
	version: "",
	reading: null,
	begun: 0,
	calls: [],
	doubted: 0,
	doubtedUntil: Number.NEGATIVE_INFINITY,
	cached: -1,
};

/** A change of this client's is on its way: what is read meanwhile does not count. One that takes too long is not waited for. */
export const isChanging = ({ calls }: Knowledge): boolean =>
	calls.some(({ effect, overdue }) => effect === "change" && !overdue);

/** Whether a command may be decided from the last reading. */
export const counts = (known: Knowledge): boolean =>
	known.reading !== null &&
	known.reading.number > known.doubted &&
	known.reading.began >= known.doubtedUntil &&
	known.reading.version === known.version &&
	!isChanging(known);

/** Whether the session may be the cookie cache's word of whoever is no more. */
export const mayBeCached = ({ cached, reading }: Knowledge): boolean => (reading?.number ?? 0) <= cached;

/** Whether a read that began after so many others has ended. */
export const isReadSince = ({ reading }: Knowledge, begun: number): boolean =>
	reading !== null && reading.number > begun;

/** Nothing tells that something has changed, and it may have. */
export const doubt = ({ begun }: Knowledge): Pick<Knowledge, "doubted"> => ({ doubted: begun });

/** The version has moved by what a command of this store did, or by what it told of: the reading goes along. */
export const carry = (
	{ reading }: Knowledge,
	from: string | null,
	to: string,
): Pick<Knowledge, "reading" | "version"> => ({
	version: to,
	reading: reading && reading.version === from ? { ...reading, version: to } : reading,
});
