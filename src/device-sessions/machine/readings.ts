import { OperationError, toFault } from "../../errors.js";
import type { Freshness, ReadFailure, ReadInput, Reading } from "../events.js";
import * as limits from "../limits.js";
import { deepFreeze, equal } from "../values.js";
import { judge, unless, verdictOf } from "./check.js";
import { type Command, fail, isRepeated, ownSwitch } from "./commands.js";
import { activeId, type Change, type Context, due, dueAtOnce, earliest, isRecent, type On } from "./context.js";
import { decide } from "./decide.js";
import { reasonOf } from "./job.js";
import { counts, isReadSince, mayBeCached } from "./knowledge.js";
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
export const reading = ({ context }: { context: Context }): Change => ({
	begun: context.begun + 1,
	retryAt: null,
	dueAt: null,
	isAutomatic: nextStep(context).type !== "read",
});

/** A read has ended: its rows are the device's, and every command that waited for it can be decided. */
export function absorb(context: Context, reading: Reading): Change {
	const { begun } = context;
	const { ended = context.ended, goesOnFor = 0, signingIn = null, successor } = reading;
	const merged: Context = {
		...context,
		signingIn,
		// A switch that was to be confirmed has been overtaken, by a sign-in or by another tab's.
		check: signingIn || reading.isOvertaken ? null : context.check,
		ended: equal(context.ended, ended) ? context.ended : deepFreeze(ended),
		rows: mergeRows(context.rows, reading.rows, activeId(context)),
		readError: reading.error,
		attempt: 0,
		pausedUntil: Number.NEGATIVE_INFINITY,
		lastDue: context.isAutomatic ? Math.max(context.lastDue, reading.began) : context.lastDue,
		loadedAt: reading.loadedAt,
		isPending: false,
		// What has been heard while it ended is newer.
		version: reading.newest === reading.version && context.version !== reading.known ? context.version : reading.newest,
		reading: { number: begun, version: reading.version, began: reading.began, at: reading.at },
	};
	const timed: Context = { ...merged, ...stillDue(merged, reading.at) };
	const judged: Context = { ...timed, ...judge(timed, reading.activeId, "read") };
	const isOvertaken = !counts(judged);
	// Somebody has come meanwhile, or a sign-in has stopped half-way: nobody is made active unasked.
	const isStillWanted = (command: Command): boolean =>
		successor !== undefined || command.tickets.length > 0 || isRepeated(command);
	const overtake = (command: Command): Command =>
		isOvertaken && isReadSince(judged, command.after) ? { ...command, overtaken: command.overtaken + 1 } : command;
	return {
		...judged,
		// One that is neither listed nor active is out of everybody's reach.
		rows: activate(judged.rows, activeId(judged)),
		queue: judged.queue.filter(isStillWanted).map(overtake),
		...(isOvertaken ? due(judged, reading.at) : goesOnFor > 0 && due(judged, reading.at, goesOnFor)),
		...promote(context, judged, reading),
	};
}

/** What has come while a read was under way is read after it, when it is time to. */
const stillDue = (context: Context, at: number): Change =>
	context.dueAt === null ? {} : due({ ...context, dueAt: null }, at, Math.max(0, context.dueAt - at));

/**
 * Somebody else is active than a reading of the same version has found before, here or in another tab: no version tells
 * of it, and the other tabs do not know. Not where the switch is made once more, which tells them anyway.
 */
export function isNews(
	context: Context,
	{ activeId: found, lastActive, isOvertaken, rows, version }: Reading,
): boolean {
	const verdict = verdictOf({ ...context, check: isOvertaken ? null : context.check, rows }, found);
	if (verdict === "repeat" || verdict === "overtaken") return false;
	const own = context.reading?.version === version ? activeId(context) : undefined;
	const shared = lastActive?.version === version ? lastActive.id : own;
	return shared !== undefined && shared !== found;
}

/** The active account is gone before the eyes of this page, and the app wants another one to be active. */
function promote(before: Context, { awake, check, lost, queue, ...context }: Context, { successor }: Reading): Change {
	if (activeId(context) !== null) return { lost: null };
	const seen = activeId(before) !== null && !check ? { id: null, tries: 0 } : lost;
	const isWanted = awake && !check && queue.every(({ type }) => type === "read");
	if (!seen || successor === undefined || !isWanted) return { lost: seen };
	const tries = successor === seen.id ? seen.tries : 0;
	if (tries >= limits.promotions) return { lost: seen };
	return { lost: { id: successor, tries: tries + 1 }, queue: [...queue, ownSwitch(successor)] };
}

/** An actor of somebody's own may throw whatever it likes. */
function toFailure(thrown: unknown): ReadFailure {
	// Safe: asked for properties, of which nothing is taken for granted.
	const {
		error = thrown,
		activeId,
		rows,
		...when
	} = Object(thrown) as Partial<Omit<ReadFailure, "error">> & {
		error?: unknown;
	};
	const { mayPass = false, pausedUntil = Number.NEGATIVE_INFINITY, retryAt = null } = when;
	return { error: toFault("refetch", error), activeId, rows, mayPass, pausedUntil, retryAt };
}

/** It is time to look again; what was read this very moment will do. */
export const stale = ({ context, event: { at } }: On<"device.stale">): Change =>
	isRecent(context, at) ? {} : due(context, at);

/** Offline nothing is tried; online again, it is. */
export const wentOnline = ({ context, event: { at, online } }: On<"device.online">): Change => ({
	online,
	...(online && due(context, at)),
});

/** What is to be read waits until the network is back. */
export const waited = ({ context }: { context: Context }): Change => ({
	...dueAtOnce,
	...(context.isPending && {
		readError: new OperationError("network", "refetch", "Offline: the read waits for the network."),
	}),
});

/** A read failed: nothing is lost; a command that waited for it answers its own error, or that of the read. */
export function readFailed(context: Context, thrown: unknown): Change {
	const { activeId: found, error, mayPass, pausedUntil, retryAt, rows } = toFailure(thrown);
	const giveUp = (command: Command): Command => {
		if (decide(context, command).type !== "read") return command;
		return command.failed.length === 0
			? fail(command, error)
			: { ...command, failed: command.failed.map((failure) => ({ ...failure, unsure: false })) };
	};
	const queue = context.queue.map(giveUp);
	const change = {
		readError: error,
		// Who clicks while nothing can be read does not make the pauses longer than the first one.
		attempt: context.attempt + Number(context.isAutomatic || context.attempt < limits.retries),
		pausedUntil,
		retryAt,
		// A call that crossed the switch may still undo it, and is looked after.
		check: context.check?.calls.length ? context.check : null,
		queue,
		command: context.command && giveUp(context.command),
		...(rows && { rows: mergeRows(context.rows, rows, activeId(context)), isPending: false }),
		// What came meanwhile waits for the end of the pause as well.
		dueAt: mayPass || context.dueAt !== null ? earliest({ ...context, pausedUntil }) : null,
	};
	if (found === undefined) return change;
	// The session could be read, and its word counts for who is active: of the rows that are known. What was given up is
	// no switch that waits.
	const waiting = queue.filter(({ done }) => !done);
	const judged = judge({ ...context, ...change, check: context.check, queue: waiting }, found, "read");
	const { dueAt } = change;
	return { ...change, ...judged, dueAt, queue: [...queue.filter(({ done }) => done), ...(judged.queue ?? waiting)] };
}

/** How new the session of the next read must be. The first one may share what the app's own `useSession` has sent. */
function freshness(context: Context): Freshness {
	const { command, queue } = context;
	if (mayBeCached(context)) return "certain";
	if (nextStep(context).type !== "read") return "settled";
	const isUnsure = command?.failed.some(({ unsure }) => unsure);
	if (isUnsure || queue.some((other) => other.type === "read" && other.certain)) return "certain";
	return context.loadedAt === null && context.attempt === 0 && context.doubted === 0 ? "joined" : "fresh";
}

export const readInput = ({ context }: { context: Context }): ReadInput => ({
	freshness: freshness(context),
	attempt: context.attempt,
	first: context.loadedAt === null,
	reason: context.command ? reasonOf(context.command) : "external",
	unless: unless(context),
	known: context.version,
});
