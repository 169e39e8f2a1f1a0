import { OperationError, toFault } from "../../errors.js";
import type { Freshness, ReadFailure, ReadInput, Reading } from "../events.js";
import { judge, unless, verdictOf } from "./check.js";
import { type Command, fail, ownSwitch } from "./commands.js";
import { activeId, type Change, type Context, due, dueAtOnce, isRecent, type On } from "./context.js";
import { decide } from "./decide.js";
import { reasonOf } from "./job.js";
import { counts, isReadSince } from "./knowledge.js";
import { nextStep } from "./queue.js";
import { activate, mergeRows } from "./rows.js";

export const woken = ({ context, event: { at, version } }: On<"wake">): Change => {
	const awake = { ...context, version };
	return {
		version,
		awake: true,
		// Asleep nobody hears that the network is back; where it is not, that is told anew.
		online: !context.listening || context.online,
		...(!isRecent(awake, at) && due(context, at)),
	};
};

/** What a server rendered. It names no token: each is read when it is first used. */
export const hydrated = ({ event: { rows, activeId, error } }: On<"hydrate">): Change =>
	error ? { readError: error } : { rows: mergeRows([], rows, activeId), isPending: false, readError: null };

/** A read starts: whatever it was due for. */
export const reading = ({ context: { begun } }: { context: Context }): Change => ({
	begun: begun + 1,
	retryAt: null,
	dueAt: null,
});

/** A read has ended: its rows are the device's, and every command that waited for it can be decided. */
export function absorb(context: Context, reading: Reading): Change {
	const { begun } = context;
	const merged: Context = {
		...context,
		rows: mergeRows(context.rows, reading.rows, activeId(context)),
		readError: reading.error,
		attempt: 0,
		loadedAt: reading.loadedAt,
		isPending: false,
		version: reading.newest === reading.version ? context.version : reading.newest,
		reading: { number: begun, version: reading.version, began: reading.began, at: reading.at },
	};
	const judged: Context = { ...merged, ...judge(merged, reading.activeId, "read") };
	const isOvertaken = !counts(judged);
	const overtake = (command: Command): Command =>
		isOvertaken && isReadSince(judged, command.after) ? { ...command, overtaken: command.overtaken + 1 } : command;
	return {
		...judged,
		// One that is neither listed nor active is out of everybody's reach.
		rows: activate(judged.rows, activeId(judged)),
		queue: judged.queue.map(overtake),
		...(isOvertaken && due(judged, reading.at)),
		...promote(context, judged, reading),
	};
}

/**
 * Somebody else is active than a reading of the same version has found before, here or in another tab: no version tells
 * of it, and the other tabs do not know. Not where the switch is made once more, which tells them anyway.
 */
export function isNews(context: Context, { activeId: found, lastActive, version }: Reading): boolean {
	const verdict = verdictOf(context, found);
	if (verdict === "repeat" || verdict === "overtaken") return false;
	const own = context.reading?.version === version ? activeId(context) : undefined;
	const shared = lastActive?.version === version ? lastActive.id : own;
	return shared !== undefined && shared !== found;
}

/** How often it is tried to make one account active by itself. */
export const mostTries = 3;

/** The active account is gone before the eyes of this page, and the app wants another one to be active. */
function promote(before: Context, { awake, check, lost, queue, ...context }: Context, { successor }: Reading): Change {
	if (activeId(context) !== null) return { lost: null };
	const seen = activeId(before) !== null && !check ? { id: null, tries: 0 } : lost;
	const isWanted = awake && !check && queue.every(({ type }) => type === "read");
	if (!seen || successor === undefined || !isWanted) return { lost: seen };
	const tries = successor === seen.id ? seen.tries : 0;
	if (tries >= mostTries) return { lost: seen };
	return { lost: { id: successor, tries: tries + 1 }, queue: [...queue, ownSwitch(successor)] };
}

/** An actor of somebody's own may throw whatever it likes. */
function toFailure(thrown: unknown): ReadFailure {
	// Safe: asked for properties, of which nothing is taken for granted.
	const { error = thrown, retryAt = null, activeId } = Object(thrown) as Partial<ReadFailure>;
	return { error: toFault("refetch", error), retryAt, activeId };
}

/** It is time for the read that failed. */
export const retry = (): Change => ({ retryAt: null, ...dueAtOnce });

/** It is time to look again; what was read this very moment will do. */
export const stale = ({ context, event: { at } }: On<"device.stale">): Change =>
	isRecent(context, at) ? {} : due(context, at);

/** Nobody looks: what would have been tried again waits until somebody does. */
export const slept = ({ context }: { context: Context }): Change => ({
	awake: false,
	...(context.retryAt !== null && retry()),
});

/** Offline nothing is tried; online again, it is at once. */
export const wentOnline = ({ context, event: { at, online } }: On<"device.online">): Change => {
	if (online) return { online, attempt: 0, retryAt: null, ...due(context, at) };
	return { online, ...(context.retryAt !== null && retry()) };
};

/** What is to be read waits until the network is back. */
export const waited = ({ context }: { context: Context }): Change => ({
	...dueAtOnce,
	...(context.isPending && {
		readError: new OperationError("network", "refetch", "Offline: the read is made once the network is back."),
	}),
});

/** A read failed: nothing is lost; a command that waited for it answers its own error, or that of the read. */
export function readFailed(context: Context, thrown: unknown): Change {
	const { awake, dueAt, online } = context;
	const { error, retryAt, activeId: found } = toFailure(thrown);
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
		// What came meanwhile is read with the next try.
		dueAt: waits ? 0 : again ? null : dueAt,
		check: null,
		queue: context.queue.map(giveUp),
		command: context.command && giveUp(context.command),
		// The session could be read, and its word counts for who is active: of the rows that are known.
		...(found !== undefined && { rows: activate(context.rows, found) }),
	};
}

/** How new the session of the next read must be. The first one may share what the app's own `useSession` has sent. */
function freshness(context: Context): Freshness {
	if (nextStep(context).type !== "read") return "settled";
	return context.loadedAt === null && context.attempt === 0 && context.doubted === 0 ? "joined" : "fresh";
}

export const readInput = ({ context }: { context: Context }): ReadInput => ({
	freshness: freshness(context),
	attempt: context.attempt,
	first: context.loadedAt === null,
	reason: context.command ? reasonOf(context.command) : "external",
	unless: unless(context),
});
