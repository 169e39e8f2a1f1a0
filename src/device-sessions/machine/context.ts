import { OperationError, toFault } from "../../errors.js";
import type { CommandEvent, DeviceSessionsEvent, Freshness, JobInput, Reading } from "../events.js";
import { type Command, decide, newCommand, nextStep, type Situation } from "./commands.js";
import { activate, activateWith, activeOf, mergeRows, without } from "./rows.js";

/** What the machine knows. Row ids only: tokens never enter it. */
export interface Context extends Situation {
	readonly readError: OperationError | null;
	readonly commandError: OperationError | null;
	readonly retryAt: number | null;
	/** A read that must be made: with a get-session of its own, or with any that just ended. */
	readonly owed: "fresh" | "any" | null;
	/** Who the session atom should find after a mutation. */
	readonly expected: Expected | null;
	/** Somebody looks at the store. */
	readonly awake: boolean;
	/** The `world` actor is up. */
	readonly listening: boolean;
	readonly destroyed: "no" | "finishing" | "yes";
}

export interface Expected {
	readonly id: string | null;
	/** Of a switch: who was active before. Found again, or nobody found, the switch is made once more. */
	readonly from?: string | null | undefined;
	readonly tries: number;
	/** A get-session was under way when set-active went out: its late cookie asks for one more look. */
	readonly late: boolean | "waiting";
}

export const initialContext: Context = {
	rows: Object.freeze([]),
	loadedAt: null,
	queue: [],
	command: null,
	readError: null,
	commandError: null,
	retryAt: null,
	owed: null,
	expected: null,
	awake: false,
	listening: false,
	destroyed: "no",
};

type Change = Partial<Context>;
interface On<Type extends DeviceSessionsEvent["type"]> {
	readonly context: Context;
	readonly event: Extract<DeviceSessionsEvent, { type: Type }>;
}

export const activeId = ({ rows }: Context): string | null => activeOf(rows)?.id ?? null;
const isRecent = ({ loadedAt }: Context, at: number): boolean => loadedAt !== null && Math.abs(at - loadedAt) < 1000;
const owing = ({ owed }: Context): Change => ({ owed: owed ?? "any" });

export const woken = ({ context, event }: On<"wake">): Change => ({
	awake: true,
	...(!isRecent(context, event.at) && owing(context)),
});

export function toCommand({ context, event }: On<CommandEvent["type"]>): Command {
	const { ticket, ...wanted } = event;
	// Safe: what is behind the dot is the command's type.
	const type = event.type.slice("command.".length) as Command["type"];
	const row = context.rows.find(({ id }) => id === event.id);
	return {
		...newCommand,
		...wanted,
		type,
		tickets: [ticket],
		known: row !== undefined,
		// A read that has just ended is enough to confirm an account that is active already.
		lookedUp: type === "switch" && row?.active === true && isRecent(context, event.at),
	};
}

export const toLateCommand = (on: On<CommandEvent["type"]>): Command => ({
	...toCommand(on),
	// The first read is everybody's; one that was asked for in the same go has not been sent yet.
	late: on.context.loadedAt !== null && !on.context.queue.some(({ type, at }) => type === "read" && at === on.event.at),
});

/** A read has ended: its rows are the device's, and every command that waited for it can be decided. */
export function absorb(context: Context, reading: Reading): Change {
	const lookedUp = (command: Command): Command => ({ ...command, lookedUp: !command.late, late: false });
	const merged: Context = {
		...context,
		rows: mergeRows(context.rows, reading.rows, activeId(context)),
		readError: reading.error,
		loadedAt: reading.at,
		queue: context.queue.map(lookedUp),
		command: context.command && lookedUp(context.command),
	};
	return { ...merged, ...judge(merged, reading.activeId), owed: null };
}

/** A read failed: nothing is lost; a command that waited for it answers its own error, or that of the read. */
export function readFailed(context: Context, thrown: unknown): Change {
	const error = toFault("refetch", thrown);
	const giveUp = (command: Command): Command => {
		if (decide(context, command).type !== "read") return command;
		const failures = command.failed.length > 0 ? command.failed : [{ id: command.id, error }];
		return { ...command, done: true, failed: failures.map((failure) => ({ ...failure, unsure: false })) };
	};
	return {
		readError: error,
		owed: null,
		expected: null,
		queue: context.queue.map(giveUp),
		command: context.command && giveUp(context.command),
	};
}

/** The session atom has settled on this row, or on nobody. */
export function seen({ context, event: { id } }: On<"session.seen">): Change {
	const { command } = context;
	if (!command || (command.type === "revoke" && context.expected)) return judge(context, id);
	// Requests are out whose outcome decides: look when they are in.
	return id === activeId(context) || id === command.id ? {} : owing(context);
}

/**
 * Holds who is active now against who should be, where a mutation's outcome is awaited. Everything else is followed:
 * another tab's switch, the app's own client, a session that ended elsewhere.
 */
function judge(context: Context, id: string | null): Change {
	const { expected, queue } = context;
	if (expected?.id === id) {
		if (expected.late === "waiting") return {};
		return { ...follow(context, id), expected: expected.late ? { ...expected, late: "waiting" } : null };
	}
	const isOld = expected?.from !== undefined && (id === null || id === expected.from);
	if (!expected?.id || !isOld) return { ...follow(context, id), expected: null };
	const waiting = queue.find(({ type }) => type === "switch");
	if (waiting && waiting.id !== expected.id) return { ...follow(context, id), expected: null };
	if (expected.tries > 0) {
		const message = "The server came back twice to the account that was active before.";
		const commandError = new OperationError("conflict", "setActive", message);
		return { ...follow(context, id), expected: null, commandError };
	}
	const again: Command = { ...newCommand, type: "switch", id: expected.id, tickets: [], ...waiting, tries: 1 };
	const others = queue.filter((command) => command !== waiting);
	return { queue: [again, ...others], expected: { ...expected, tries: 1, late: false } };
}

function follow(context: Context, id: string | null): Change {
	if (id === activeId(context)) return {};
	if (id !== null && !context.rows.some((row) => row.id === id)) return owing(context);
	// Nobody is active: one account may have ended elsewhere, or all of them have.
	return { rows: activate(context.rows, id), ...(id === null && owing(context)) };
}

/** Somebody is active who is not among the rows: a sign-in, most likely. */
export const strangerSeen = ({ context }: { context: Context }): Change => ({ expected: null, ...owing(context) });

/** The session atom could not look: a read of our own does, where somebody waits for it. */
export const checkFailed = ({ context }: { context: Context }): Change =>
	context.expected ? (context.awake ? { owed: "fresh" } : { expected: null }) : {};

/** A command starts; whom it signs out is decided now. */
export function started({ context }: { context: Context }): Change {
	const step = nextStep(context);
	if (!("command" in step)) return {};
	const { command } = step;
	const others = context.rows.filter(({ active }) => !active || command.scope === "all").map(({ id }) => id);
	return {
		...(command.tickets.length > 0 && { commandError: null }),
		queue: context.queue.filter((other) => other !== command),
		command: { ...command, targets: command.scope === "one" ? [command.id] : others },
	};
}

export function jobInput({ context: { rows, command } }: { context: Context }): JobInput {
	const active = activeOf(rows);
	const { id, next, scope, targets } = command ?? { ...newCommand, id: "" };
	return {
		id,
		scope,
		targets,
		active: active?.id ?? null,
		unlisted: active?.listed === false,
		survivors: next === undefined ? rows.map((row) => row.id).filter((other) => other !== id) : [next],
		chosen: next !== undefined,
	};
}

/** The server's own answer says who is active now. */
export function activated({ context, event: { row, late } }: On<"row.activated">): Change {
	const { command, expected } = context;
	const tries = command?.tries ?? 0;
	return {
		rows: activateWith(context.rows, row),
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
		command: command && { ...command, lookedUp: false, failed: [...command.failed, { id, error, unsure }] },
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
	rows: without(
		rows,
		rows.map(({ id }) => id),
	),
	command: command && { ...command, done: true, url },
	queue: queue.filter(({ tickets }) => tickets.length > 0),
	expected: null,
});

/** An actor of a command threw: a fault that the command answers. */
export const broke = ({ command }: Context, thrown: unknown): Change => ({
	command: command && {
		...command,
		done: true,
		failed: [{ id: command.id, error: toFault(command.type, thrown), unsure: false }],
	},
});

/** How new the session of the next read must be. The first one may share what the app's own `useSession` has sent. */
export function freshness(context: Context): Freshness {
	if (context.owed !== "fresh" && nextStep(context).type !== "read") return "settled";
	return context.loadedAt === null ? "joined" : "fresh";
}
