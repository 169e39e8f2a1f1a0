import * as limits from "../limits.js";
import { type Context, earliest } from "./context.js";

/** How long until the store reads by itself, in ms of the monotonic clock. */
export const untilDue = ({ awake, check, dueAt }: Context, now: number): number =>
	(awake || check) && dueAt ? Math.max(0, dueAt - now) : Number.POSITIVE_INFINITY;

/**
 * How long until a row runs out, or a sign-in that is half-way is given up, and a read may be made by itself, in ms,
 * `Infinity` for never. The server decides whether a row has: one that is still there, since the clock here is ahead, is
 * looked at once more and then left alone.
 */
export function untilExpiry(context: Context, now: number, monotonic: number): number {
	const { awake, rows, signingIn } = context;
	let wait = Number.POSITIVE_INFINITY;
	if (!awake) return wait;
	const moments = rows.flatMap(({ session }) => [+session.expiresAt, +session.expiresAt + limits.expiry]);
	// One that was given up while a command was under way is looked at now.
	for (const moment of [...moments, signingIn ? Math.max(signingIn.until, now + 1) : 0]) {
		if (moment > now) wait = Math.min(wait, moment - now);
	}
	return Math.max(wait, earliest(context) - monotonic);
}
