import type { HalfWay } from "../events.js";
import * as limits from "../limits.js";
import { activeId, type Change, type Context, due, type On } from "./context.js";
import { carry, doubt, isChanging } from "./knowledge.js";
import { activate } from "./rows.js";

const withoutCall = ({ check }: Context, id: number) =>
	check && { ...check, calls: check.calls.filter((other) => other !== id) };

/** A call of the app's goes out; a change moves the version. */
export const callBegan = ({ context, event: { call, version } }: On<"call.began">): Change => ({
	calls: [...context.calls, call],
	version: version ?? context.version,
});

/** A sign-in has stopped half-way: nobody is active, nor is made active by the store, which would end it. */
const halfWay = (context: Context, signingIn: HalfWay): Change => ({
	signingIn,
	rows: activate(context.rows, null),
	lost: activeId(context) === null ? context.lost : { id: null, tries: 0 },
});

/** It has ended, and its cookies are set. `version`: it may have changed the device, and this is how that is called. */
export function callEnded({ context, event }: On<"call.ended">): Change {
	const { at, hasCrossed, id, isUncertain, isNews, signingIn, version } = event;
	const call = context.calls.find((other) => other.id === id);
	const change: Change = {
		calls: context.calls.filter((other) => other.id !== id),
		check: withoutCall(context, id),
		...((hasCrossed || isUncertain) && { cached: context.begun }),
	};
	if (version !== undefined) {
		// A switch that was to be confirmed has been overtaken, as has what nobody has asked for.
		const queue = context.queue.filter(({ tickets }) => tickets.length > 0);
		return {
			...change,
			version,
			queue,
			check: null,
			...(signingIn && halfWay(context, signingIn)),
			...due(context, at, limits.signal),
		};
	}
	const doubtful: Change = hasCrossed || call?.effect === "unknown" ? { ...change, ...doubt(context) } : change;
	return isNews || hasCrossed ? { ...doubtful, ...due(context, at, limits.signal) } : doubtful;
}

/** It takes too long: nobody waits for it any more, and what it comes to is not known. */
export const callOverdue = ({ context, event: { id } }: On<"call.overdue">): Change => ({
	...doubt(context),
	calls: context.calls.map((call) => (call.id === id ? { ...call, overdue: true } : call)),
	check: withoutCall(context, id),
});

/** So long after a switch the cookie of a call that no wire tells of has come. */
export const cookieAwaited = ({ context: { check } }: { context: Context }): Change => ({
	check: check && { ...check, calls: [] },
});

/**
 * Its cookie may have undone what has changed meanwhile, and no check waits for it, nor will one that follows a switch:
 * every tab looks. Where the app is changing something they do so anyway, once that is over.
 */
export const mayHaveUndone = (context: Context, hasCrossed = false): boolean =>
	hasCrossed && context.check === null && context.command?.type !== "switch" && !isChanging(context);

/** Whether it is the last of the calls that a check waits for. */
export const isLastAwaited = ({ check }: Context, id: number): boolean =>
	check !== null && check.calls.length === 1 && check.calls[0] === id;

/** The version has moved by this store's own doing. Null: something else came in between. */
export const carried = ({ context, event: { at, from, to } }: On<"version.carried">): Change => {
	const { command } = context;
	const next = carry(context, from, to);
	const isCarried = next.reading?.version === to;
	const isSent = command && command.type !== "read" && command.version !== null;
	const isAlone = isSent && (isCarried || command.version === from);
	return { ...next, ...(isAlone && { command: { ...command, version: to } }), ...(!isCarried && due(context, at)) };
};

/** Another tab changes something, or has: what it did is read once it is over. A version that is known is no news. */
export const moved = ({ context, event: { at, isOver, version, wait } }: On<"device.moved">): Change =>
	version === context.version ? {} : { version, ...due(context, at, isOver ? 0 : wait) };

/** A sign-in is not half-way any more, and nobody is active: the page is told by a read. */
export const signInOver = ({ context, event: { at, version } }: On<"signIn.over">): Change => ({
	version,
	signingIn: null,
	...due(context, at),
});

/** Somebody comes back: what was read more than a second ago may be old, by the one clock or the other. */
export function doubted({ context, event: { at, now } }: On<"device.doubted">): Change {
	const { loadedAt, reading } = context;
	// The one clock may have stood still meanwhile, the other may have been set.
	const isYoung = reading !== null && at - reading.at < limits.betweenReads;
	const wasAsleep = isYoung && loadedAt !== null && Math.abs(now - loadedAt) >= limits.betweenReads;
	// Nor is it known how long ago the store has read by itself.
	const asleep = { ...doubt(context), lastDue: Number.NEGATIVE_INFINITY };
	return { doubtedUntil: at - limits.betweenReads, ...(wasAsleep && asleep) };
}
