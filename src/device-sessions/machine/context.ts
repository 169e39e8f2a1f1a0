import { OperationError } from "../../errors.js";
import type { DeviceSessionsEvent, Freshness, Reading, RevokeInput, SwitchInput } from "../events.js";
import type { RowData } from "../types.js";
import { type Command, nextStep, type Revoke, type Situation, type Switch } from "./commands.js";
import { activate, activateWith, activeOf, mergeRows, without } from "./rows.js";

/** What the machine knows. Row ids only: tokens never enter it. */
export interface Context extends Situation {
	readonly readError: OperationError | null;
	readonly commandError: OperationError | null;
	readonly retryAt: number | null;
	/** A read that must be made: with a get-session of its own, or with any that just ended. */
	readonly owed: "fresh" | "any" | null;
	/** Tickets of `refetch()`. */
	readonly reads: readonly number[];
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
	readonly from?: string | null;
	readonly tries: number;
	/** A get-session was under way when set-active went out: its late cookie asks for one more look. */
	readonly late: "no" | "yes" | "waiting";
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
	reads: [],
	expected: null,
	awake: false,
	listening: false,
	destroyed: "no",
};

/** Failures that call the machine's picture of the device in question. */
const doubts = ({ kind }: OperationError): boolean => kind === "session-gone" || kind === "unauthorized";

const activeId = (context: Context): string | null => activeOf(context.rows)?.id ?? null;
const isRecent = ({ loadedAt }: Context, at: number): boolean => loadedAt !== null && Math.abs(at - loadedAt) < 1000;

export function woken(context: Context, at: number): Context {
	return { ...context, awake: true, owed: context.owed ?? (isRecent(context, at) ? null : "any") };
}

export function asked(context: Context, ticket: number): Context {
	return { ...context, owed: "fresh", reads: [...context.reads, ticket] };
}

type SwitchEvent = Extract<DeviceSessionsEvent, { type: "command.switch" }>;
type RevokeEvent = Extract<DeviceSessionsEvent, { type: "command.revoke" }>;

export function toSwitch(context: Context, { id, leaveUnlisted, ticket, at }: SwitchEvent): Switch {
	const recent = isRecent(context, at);
	return { type: "switch", id, leaveUnlisted, recent, tickets: [ticket], lookedUp: false, tries: 0 };
}

export function toRevoke({ rows }: Context, { scope, id, next, ticket }: RevokeEvent): Revoke {
	return {
		type: "revoke",
		scope,
		id,
		...(next !== undefined && { next }),
		known: rows.some((row) => row.id === id),
		tickets: [ticket],
		lookedUp: false,
		targets: [],
		revoked: [],
		failed: [],
		unsure: [],
		signalled: false,
	};
}

/** A read has ended: its rows are the device's, and every command that waited for it can be decided. */
export function absorb(context: Context, reading: Reading): Context {
	const lookedUp = <C extends Command>(command: C): C => ({ ...command, lookedUp: true });
	const merged: Context = {
		...context,
		rows: mergeRows(context.rows, reading.rows, activeId(context)),
		readError: reading.error,
		loadedAt: reading.at,
		queue: context.queue.map(lookedUp),
		command: context.command && lookedUp(context.command),
	};
	return { ...judge(merged, reading.activeId), owed: null, reads: [] };
}

/** The session atom has settled on this row, or on nobody. */
export function seen(context: Context, id: string | null): Context {
	const { command } = context;
	if (!command || (command.type === "revoke" && context.expected)) return judge(context, id);
	if (id === activeId(context) || (command.type === "switch" && command.id === id)) return context;
	// Requests are out whose outcome decides: look when they are in.
	return { ...context, owed: context.owed ?? "any" };
}

/**
 * Holds who is active now against who should be, where a mutation's outcome is awaited. Everything else is followed:
 * another tab's switch, the app's own client, a session that ended elsewhere.
 */
function judge(context: Context, id: string | null): Context {
	const { expected, queue } = context;
	if (!expected) return follow(context, id);
	if (id === expected.id) {
		if (expected.late === "waiting") return context;
		return follow({ ...context, expected: expected.late === "yes" ? { ...expected, late: "waiting" } : null }, id);
	}
	const old = expected.from !== undefined && (id === null || id === expected.from);
	if (!old || expected.id === null) return follow({ ...context, expected: null }, id);
	if (queue.some(({ type }) => type === "switch")) return { ...context, expected: null };
	if (expected.tries > 0) {
		const message = "The server came back twice to the account that was active before.";
		const commandError = new OperationError("conflict", "setActive", message);
		return follow({ ...context, expected: null, commandError }, id);
	}
	const again: Switch = {
		type: "switch",
		id: expected.id,
		tickets: [],
		lookedUp: true,
		recent: false,
		leaveUnlisted: false,
		tries: 1,
	};
	return { ...context, queue: [again, ...queue], expected: { ...expected, tries: 1, late: "no" } };
}

function follow(context: Context, id: string | null): Context {
	if (id === activeId(context)) return context;
	// Nobody is active: one account may have ended elsewhere, or all of them have.
	return { ...context, rows: activate(context.rows, id), owed: id === null ? (context.owed ?? "any") : context.owed };
}

/** Somebody is active who is not among the rows: a sign-in, most likely. */
export function strangerSeen(context: Context): Context {
	return { ...context, expected: null, owed: context.owed ?? "any" };
}

/** The session atom could not look: a read of our own does, where somebody waits for it. */
export function checkFailed(context: Context): Context {
	if (!context.expected) return context;
	return context.awake ? { ...context, owed: "fresh" } : { ...context, expected: null };
}

export function switchStarted(context: Context): Context {
	const step = nextStep(context);
	if (step.type !== "switch") return context;
	const { command } = step;
	const queue = context.queue.filter((other) => other !== command);
	return { ...context, queue, command, expected: command.tries > 0 ? context.expected : null };
}

export function switchInput({ rows, command }: Context): SwitchInput {
	const active = activeOf(rows);
	return { id: command?.type === "switch" ? command.id : "", leave: active?.listed === false ? active.id : null };
}

export function switchUnsure(context: Context, error: OperationError): Context {
	const { command } = context;
	if (command?.type !== "switch") return context;
	return { ...context, command: { ...command, unsure: error, lookedUp: false }, owed: "fresh", expected: null };
}

export function switchFailed(context: Context, error: OperationError): Context {
	return { ...context, owed: doubts(error) ? "fresh" : context.owed, expected: null };
}

/** The server's own answer says who is active now. */
export function activated(context: Context, row: RowData, late: boolean): Context {
	const { command, expected } = context;
	const tries = command?.type === "switch" ? command.tries : 0;
	const from = tries > 0 ? expected?.from : activeId(context);
	return {
		...context,
		rows: activateWith(context.rows, row),
		command: command?.type === "revoke" ? { ...command, signalled: true } : command,
		expected: { id: row.id, ...(from !== undefined && { from }), tries, late: late ? "yes" : "no" },
	};
}

/** A revoke starts: who is to go is decided now. */
export function revokeStarted(context: Context): Context {
	const step = nextStep(context);
	if (step.type !== "revoke") return context;
	const { command } = step;
	const others = context.rows.filter(({ active }) => !active || command.scope === "all");
	const targets = command.scope === "one" ? [command.id] : others.map(({ id }) => id);
	const queue = context.queue.filter((other) => other !== command);
	return { ...context, queue, command: { ...command, targets }, expected: null };
}

export function revokeInput({ rows, command }: Context): RevokeInput {
	const active = activeOf(rows);
	const revoke = command?.type === "revoke" ? command : undefined;
	const others = rows.map(({ id }) => id).filter((id) => id !== revoke?.id);
	return {
		scope: revoke?.scope ?? "one",
		targets: revoke?.targets ?? [],
		active: active?.id ?? null,
		activeListed: active?.listed ?? true,
		survivors: revoke?.next === undefined ? others : [revoke.next],
		chosen: revoke?.next !== undefined,
	};
}

/** The server does not know this account any more: its row goes. */
export function revoked(context: Context, id: string): Context {
	const { command, rows } = context;
	const counts = command?.type === "revoke" && command.targets.includes(id) && !command.revoked.includes(id);
	return {
		...context,
		rows: without(rows, [id]),
		command: counts ? { ...command, revoked: [...command.revoked, id] } : command,
	};
}

export function rowFailed(context: Context, id: string, error: OperationError, unsure: boolean): Context {
	const { command } = context;
	if (command?.type !== "revoke") return context;
	return {
		...context,
		owed: unsure || doubts(error) ? "fresh" : context.owed,
		command: {
			...command,
			lookedUp: false,
			failed: [...command.failed, { id, error }],
			unsure: unsure ? [...command.unsure, id] : command.unsure,
		},
	};
}

/** Accounts were signed out and the active one was not among them: it should still be active. */
export function stayed(context: Context): Context {
	return { ...context, expected: { id: activeId(context), tries: 0, late: "no" } };
}

/** The whole device was signed out. */
export function signedOut(context: Context): Context {
	return {
		...context,
		rows: without(
			context.rows,
			context.rows.map(({ id }) => id),
		),
		expected: null,
	};
}

/** How new the session of the next read must be. The first one may share what the app's own `useSession` has sent. */
export function freshness(context: Context): Freshness {
	if (context.owed !== "fresh" && nextStep(context).type !== "read") return "settled";
	return context.loadedAt === null ? "joined" : "fresh";
}

/** A read failed: nothing is lost, and nothing is known of what was to be checked. */
export function readFailed(context: Context, error: OperationError): Context {
	return { ...context, readError: error, owed: null, reads: [], expected: null };
}
