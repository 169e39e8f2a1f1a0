import type { OperationError } from "../../errors.js";
import * as limits from "../limits.js";
import type { Clock } from "../page/clock.js";

/** Whether a read that failed so is made again by itself. A rate limit says when by itself, however often. */
export const mayPass = ({ kind }: OperationError, attempt: number): boolean =>
	kind === "rate-limited" || (attempt < limits.retries && ["network", "timeout", "server"].includes(kind));

/**
 * How long no read is made by itself after one that failed, in ms: as long as the server says, within bounds, else twice
 * as long each time. Jittered: many pages that lost the same server do not come back at once.
 */
export function pauseAfter(
	{ retryAfter = 0 }: OperationError,
	attempt: number,
	{ random }: Pick<Clock, "random">,
): number {
	const own = limits.firstPause * 2 ** attempt * (1 + random() / 2);
	return Math.min(retryAfter >= 1 ? retryAfter * 1000 : own, limits.longestPause);
}
