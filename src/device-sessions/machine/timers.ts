import type { Context } from "./context.js";

/** The local clock may be ahead of the server's: one more look, so many ms later. */
const grace = 60_000;

/** How long until the store reads by itself, in ms of the monotonic clock. */
export const untilDue = ({ awake, check, dueAt }: Context, now: number): number =>
	(awake || check) && dueAt ? Math.max(0, dueAt - now) : Number.POSITIVE_INFINITY;

/**
 * How long until a row runs out, or a sign-in that is half-way is given up, in ms, `Infinity` for never. The server decides whether it has: one that is still
 * there, since the clock here is ahead, is looked at once more and then left alone.
 */
export function untilExpiry({ awake, rows, signingIn }: Context, now: number): number {
	let wait = Number.POSITIVE_INFINITY;
	if (!awake) return wait;
	const moments = rows.flatMap(({ session }) => [+session.expiresAt, +session.expiresAt + grace]);
	for (const moment of [...moments, signingIn?.until ?? 0]) {
		if (moment > now) wait = Math.min(wait, moment - now);
	}
	return wait;
}

/** How long until a read that failed is made again, in ms. */
export const untilRetry = ({ awake, online, retryAt }: Context, now: number): number =>
	awake && online && retryAt !== null ? Math.max(0, retryAt - now) : Number.POSITIVE_INFINITY;
