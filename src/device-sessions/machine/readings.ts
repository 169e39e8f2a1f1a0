import { OperationError, toFault } from "../../errors.js";
import type { Freshness, ReadFailure, ReadInput, Reading } from "../events.js";
import { judge, unless } from "./check.js";
import { type Command, fail, ownSwitch } from "./commands.js";
import { activeId, type Change, type Context, isRecent, type On, owing } from "./context.js";
import { decide } from "./decide.js";
import { reasonOf } from "./job.js";
import { nextStep } from "./queue.js";
import { activate, mergeRows } from "./rows.js";

export const woken = ({ context, event }: On<"wake">): Change => ({
	awake: true,
	// Asleep nobody hears that the network is back; where it is not, that is told anew.
	online: !context.listening || context.online,
	...(!isRecent(context, event.at) && owing(context)),
});

/** What a server rendered. It names no token: each is read when it is first used. */
export const hydrated = ({ event: { rows, activeId, error } }: On<"hydrate">): Change =>
	error ? { readError: error } : { rows: mergeRows([], rows, activeId), isPending: false, readError: null };

/** A read starts: it is new enough for every command that waits. */
export const reading = ({ context: { queue } }: { context: Context }): Change => ({
	retryAt: null,
	queue: queue.map((command) => (command.reads > 1 ? { ...command, reads: 1 } : command)),
});

/** A read has ended: its rows are the device's, and every command that waited for it can be decided. */
export function absorb(context: Context, reading: Reading): Change {
	const { outdated } = context;
	const lookedUp = (command: Command): Command => ({ ...command, reads: outdated || command.reads > 1 ? 1 : 0 });
	const merged: Context = {
		...context,
		rows: mergeRows(context.rows, reading.rows, activeId(context)),
		readError: reading.error,
		attempt: 0,
		loadedAt: reading.at,
		isPending: false,
		moved: false,
		outdated: false,
		queue: context.queue.map(lookedUp),
		command: context.command && lookedUp(context.command),
		owed: null,
	};
	const judged: Context = { ...merged, ...judge(merged, reading.activeId, true) };
	// One that is neither listed nor active is out of everybody's reach.
	return {
		...judged,
		rows: activate(judged.rows, activeId(judged)),
		...promote(judged, reading.successor),
		...(outdated && changedElsewhere),
	};
}

/** Nobody is active any more, and the app wants somebody to be. One that could not be is not tried again. */
function promote(context: Context, id: string | undefined): Change {
	const { awake, expected, promoted, queue } = context;
	if (activeId(context) !== null) return { promoted: null };
	const isWanted = awake && !expected && queue.every(({ type }) => type === "read");
	if (id === undefined || id === promoted || !isWanted) return {};
	return { promoted: id, queue: [...queue, ownSwitch(id)] };
}

/** An actor of somebody's own may throw whatever it likes. */
function toFailure(thrown: unknown): ReadFailure {
	// Safe: asked for properties, of which nothing is taken for granted.
	const { error = thrown, retryAt = null } = Object(thrown) as { error?: unknown; retryAt?: number | null };
	return { error: toFault("refetch", error), retryAt };
}

/** Another tab was at it: who is there, and who is active, is not known any more. */
export const changedElsewhere: Change = { moved: true, owed: "fresh" };

/** It is time for the read that failed: with a get-session of its own, since the one that failed may still be on its way. */
export const retry = (): Change => ({ retryAt: null, owed: "fresh" });

/** Somebody looks again; what was read this very moment will do. */
export const stale = ({ context, event }: On<"device.stale">): Change =>
	isRecent(context, event.at) ? {} : owing(context);

/** Nobody looks: what would have been tried again waits until somebody does. */
export const slept = ({ context }: { context: Context }): Change => ({
	awake: false,
	...(context.retryAt !== null && retry()),
});

/** Offline nothing is tried; online again, it is at once. */
export const wentOnline = ({ context, event: { online } }: On<"device.online">): Change => {
	if (online) return { online, attempt: 0, retryAt: null, ...owing(context) };
	return { online, ...(context.retryAt !== null && retry()) };
};

/** What is to be read waits until the network is back. */
export const waited = ({ context }: { context: Context }): Change =>
	context.isPending
		? {
				readError: new OperationError("network", "refetch", "Offline: the read is made once the network is back."),
			}
		: {};

/** A read failed: nothing is lost; a command that waited for it answers its own error, or that of the read. */
export function readFailed(context: Context, thrown: unknown): Change {
	const { awake, online, outdated } = context;
	const { error, retryAt } = toFailure(thrown);
	const again = retryAt !== null;
	const waits = again && !(awake && online);
	const giveUp = (command: Command): Command => {
		if (decide(context, command).type !== "read") return command;
		return command.failed.length === 0
			? fail(command, error)
			: { ...command, failed: command.failed.map((failure) => ({ ...failure, unsure: false })) };
	};
	return {
		readError: error,
		retryAt: waits ? null : retryAt,
		attempt: again && !waits ? context.attempt + 1 : 0,
		owed: waits || (outdated && !again) ? "fresh" : null,
		moved: context.moved || outdated,
		outdated: false,
		expected: null,
		queue: context.queue.map(giveUp),
		command: context.command && giveUp(context.command),
	};
}

/** How new the session of the next read must be. The first one may share what the app's own `useSession` has sent. */
function freshness(context: Context): Freshness {
	if (context.owed !== "fresh" && nextStep(context).type !== "read") return "settled";
	return context.loadedAt === null && context.attempt === 0 && !context.moved ? "joined" : "fresh";
}

export const readInput = ({ context }: { context: Context }): ReadInput => ({
	freshness: freshness(context),
	attempt: context.attempt,
	first: context.loadedAt === null,
	reason: context.command ? reasonOf(context.command) : "external",
	unless: unless(context),
});
