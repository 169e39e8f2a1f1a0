import { destroyed as gone, OperationError, toFault } from "../../errors.js";
import type { CommandEvent, Freshness, JobInput, ReadFailure, ReadInput, Reading } from "../events.js";
import { judge, unless } from "./check.js";
import { type Command, decide, fail, isAsked, newCommand, nextStep, superseded } from "./commands.js";
import { activeId, type Change, type Context, type On, owing } from "./context.js";
import { activate, activateWith, activeOf, mergeRows, without } from "./rows.js";

const isRecent = ({ loadedAt }: Context, at: number): boolean => loadedAt !== null && Math.abs(at - loadedAt) < 1000;

export const woken = ({ context, event }: On<"wake">): Change => ({
	awake: true,
	// Asleep nobody hears that the network is back; where it is not, that is told anew.
	online: !context.listening || context.online,
	...(!isRecent(context, event.at) && owing(context)),
});

/** What a server rendered. It names no token: each is read when it is first used. */
export const hydrated = ({ event: { rows, activeId, error } }: On<"hydrate">): Change =>
	error ? { readError: error } : { rows: mergeRows([], rows, activeId), isPending: false, readError: null };

export function toCommand({ context, event }: On<CommandEvent["type"]>): Command {
	const { ticket, ...wanted } = event;
	const { loadedAt, queue, rows } = context;
	// Safe: what is behind the dot is the command's type.
	const type = event.type.slice("command.".length) as Command["type"];
	const row = rows.find(({ id }) => id === event.id);
	// A read that has just ended is enough to confirm an account that is active already.
	const isConfirmed = type === "switch" && row?.active === true && isRecent(context, event.at);
	// The first read is everybody's; one that was asked for in the same go has not been sent yet.
	const isInTime = loadedAt === null || queue.some((other) => other.type === "read" && other.at === event.at);
	return {
		...newCommand,
		...wanted,
		type,
		tickets: [ticket],
		known: row !== undefined,
		reads: isConfirmed ? 0 : isInTime ? 1 : 2,
	};
}

/** A read starts: it is new enough for every command that waits. */
export const reading = ({ context: { queue } }: { context: Context }): Change => ({
	retryAt: null,
	queue: queue.map((command) => (command.reads > 1 ? { ...command, reads: 1 } : command)),
});

/**
 * Another tab was at it: the command is decided anew, once that is read. A switch that was only made again is not: what
 * the other tab did is followed.
 */
export function putBack({ context: { command, destroyed, queue } }: { context: Context }): Change {
	const isOver = destroyed !== "no";
	const isReplaced = command?.type === "switch" && queue.some(({ type }) => type === "switch");
	const again = (it: Command): Command =>
		isOver ? fail(it, gone()) : isReplaced ? superseded(it) : { ...it, asked: true, reads: 1, tries: 0 };
	return {
		command: null,
		moved: true,
		owed: isOver ? null : "fresh",
		expected: null,
		queue: command && isAsked(command) ? [again(command), ...queue] : queue,
	};
}

/** Nothing shall go on but what was sent. */
export const ended = ({ context: { queue } }: { context: Context }): Change => ({
	destroyed: "finishing",
	awake: false,
	queue: queue.map((command) => fail(command, gone())),
	expected: null,
	owed: null,
	retryAt: null,
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
	return { promoted: id, queue: [...queue, { ...newCommand, type: "switch", id, tickets: [] }] };
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
				readError: new OperationError(
					"network",
					"refetch",
					"This device is offline: the read is made once it is back.",
				),
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

/** A command starts; whom it signs out is decided now. */
export function started({ context }: { context: Context }): Change {
	const step = nextStep(context);
	if (!("command" in step)) return {};
	const { command } = step;
	const others = context.rows.filter(({ active }) => !active || command.scope === "all").map(({ id }) => id);
	return {
		...(isAsked(command) && { commandError: null }),
		queue: context.queue.filter((other) => other !== command),
		command: { ...command, targets: command.scope === "one" ? [command.id] : others },
	};
}

function reasonOf({ type, scope, tickets }: Command): JobInput["reason"] {
	if (type === "switch") return tickets.length > 0 ? "setActive" : "promote";
	return scope === "all" ? "signOutAll" : "revoke";
}

export function jobInput({ context: { rows, command } }: { context: Context }): JobInput {
	const active = activeOf(rows);
	// Safe: the states that ask for it have a command under way.
	const asked = command as Command;
	const { id, next, scope, targets, tries } = asked;
	return {
		id,
		scope,
		reason: reasonOf(asked),
		again: tries > 0 || asked.asked === true,
		targets,
		active: active?.id ?? null,
		unlisted: active?.listed === false,
		survivors: next === undefined ? rows.map((row) => row.id).filter((other) => other !== id) : [next],
		chosen: next !== undefined,
	};
}

/** The server's own answer says who is active now. */
export function activated({ context, event: { row, late, left } }: On<"row.activated">): Change {
	const { command, expected } = context;
	const tries = command?.tries ?? 0;
	return {
		rows: activateWith(context.rows, row, left),
		moved: false,
		command: command && { ...command, signalled: true, done: command.type === "switch" },
		expected: { id: row.id, from: tries > 0 ? expected?.from : activeId(context), tries, late },
	};
}

/** The server does not know this account any more: its row goes. */
export function revoked({ context: { command, rows }, event: { id } }: On<"row.revoked">): Change {
	return {
		rows: without(rows, [id]),
		command: command && { ...command, revoked: [...command.revoked.filter((other) => other !== id), id] },
	};
}

export function rowFailed({ context, event: { id, error, unsure } }: On<"row.failed">): Change {
	const { command, owed, expected } = context;
	// These call the whole picture of the device in question; and the check of an earlier switch was not waited for.
	const doubts = unsure || expected !== null || error.kind === "session-gone" || error.kind === "unauthorized";
	const isGone = error.kind === "session-gone" || error.kind === "unknown-session";
	return {
		// A switch made again finds nobody any more: signed out past us, no conflict.
		expected: isGone && command && command.tries > 0 ? null : expected,
		owed: doubts ? "fresh" : owed,
		command: command && { ...command, reads: 1, failed: [...command.failed, { id, error, unsure }] },
	};
}

export const done = ({ context: { command } }: { context: Context }): Change => ({
	command: command && { ...command, done: true },
});

/** Accounts were signed out beside the active one: that one should still be active. */
export const stayed = ({ context }: { context: Context }): Change => ({
	...done({ context }),
	expected:
		context.expected?.id === activeId(context) ? context.expected : { id: activeId(context), tries: 0, late: false },
});

/** The whole device was signed out: nobody is switched to again. */
export const signedOut = ({ context: { command, queue, rows }, event: { url } }: On<"device.signedOut">): Change => ({
	rows: mergeRows(rows, [], null),
	command: command && { ...command, done: true, url },
	queue: queue.filter(({ tickets }) => tickets.length > 0),
	expected: null,
});

/** An actor of a command threw: a fault that the command answers. */
export const broke = ({ command }: Context, thrown: unknown): Change => ({
	command: command && fail(command, toFault(command.type, thrown)),
});

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
