import type { OperationError } from "../../errors.js";
import type { Clock } from "../page/clock.js";

/** How often a read is made again by itself, and how long before the first of these, in ms; each waits twice as long. */
const most = 3;
const first = 1_000;

/**
 * How long to wait before a read is made again, in ms; null where another one would do no better. A rate limit says
 * how long by itself, however often. Jittered: many pages that lost the same server do not come back at once.
 */
export function retryIn({ kind, retryAfter }: OperationError, attempt: number, clock: Clock): number | null {
	const mayPass = ["network", "timeout", "server", "rate-limited"].includes(kind);
	if (!mayPass || (attempt >= most && kind !== "rate-limited")) return null;
	return retryAfter === undefined ? first * 2 ** attempt * (0.5 + clock.random()) : retryAfter * 1000;
}
