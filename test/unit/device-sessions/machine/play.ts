import { expect } from "vitest";
import { initialTransition, type SnapshotFrom, transition } from "xstate";
import type {
	DeviceSessionsEmitted,
	DeviceSessionsEvent,
	Reading,
} from "../../../../src/device-sessions/events.js";
import type { Context } from "../../../../src/device-sessions/machine/context.js";
import { isRevoking } from "../../../../src/device-sessions/machine/commands.js";
import { activeOf } from "../../../../src/device-sessions/machine/rows.js";
import { deviceSessionsMachine } from "../../../../src/device-sessions/machine.js";
import type { RowData } from "../../../../src/device-sessions/types.js";
import { OperationError, type OperationErrorKind, type Result, toFault } from "../../../../src/errors.js";

/** An endless chain of `always` fails the test that starts it, where it would hang. */
const bounded = deviceSessionsMachine;
Object.assign(bounded.options, { maxIterations: 100 });

type Snapshot = SnapshotFrom<typeof deviceSessionsMachine>;

/** What XState sends when an invoked actor ends, written by hand. */
export type ActorEvent =
	| { type: "xstate.done.actor.readDevice"; output: Reading }
	| { type: `xstate.after.${"expiry" | "retry"}.deviceSessions.idle` }
	| { type: `xstate.error.actor.${"readDevice" | "switchTo" | "revokeRows" | "world"}`; error: unknown };
export type PlayedEvent = DeviceSessionsEvent | ActorEvent;
/** One event, or those that an actor sends in one go. */
export type Played = PlayedEvent | readonly PlayedEvent[];

export interface Answer {
	readonly ticket: number;
	readonly result: Result<unknown>;
}

/** The machine after some events. Nothing runs: a moment can be continued in several ways. */
export interface Moment {
	readonly snapshot: Snapshot;
	readonly state: "idle" | "loading" | "switching" | "revoking";
	readonly context: Context;
	/** What the last event made the machine do, in words. */
	readonly effects: readonly string[];
	/** Every answer so far. */
	readonly answers: readonly Answer[];
	readonly stopped: boolean;
}

/** XState's own actions are not in the type of the machine's. */
interface Did {
	readonly type: string;
	readonly params: unknown;
}

function toMoment(snapshot: Snapshot, actions: readonly Did[], before: Pick<Moment, "answers" | "stopped">): Moment {
	expect(brokenRules(snapshot)).toEqual([]);
	const emitted = actions.flatMap(({ type, params }) =>
		// Safe: what XState itself puts into the action of an emit.
		type === "xstate.emit" ? [(params as { event: DeviceSessionsEmitted }).event] : [],
	);
	const answers = emitted.flatMap((event) =>
		event.type === "answered" ? event.tickets.map((ticket) => ({ ticket, result: event.result })) : [],
	);
	return {
		snapshot,
		state: snapshot.value,
		context: snapshot.context,
		effects: actions.flatMap(toWords),
		answers: [...before.answers, ...answers],
		stopped: before.stopped || emitted.some(({ type }) => type === "stopped"),
	};
}

/** The machine from its start on. */
export function play(...events: readonly Played[]): Moment {
	return proceed(toMoment(...initialTransition(bounded), { answers: [], stopped: false }), ...events);
}

/** A moment and what follows. */
export function proceed(moment: Moment, ...events: readonly Played[]): Moment {
	return events.flat().reduce<Moment>(
		// Safe: the machine takes what its actors send as well.
		(now, event) => toMoment(...transition(bounded, now.snapshot, event as DeviceSessionsEvent), now),
		moment,
	);
}

/** `+ actor` is started, `- actor` ends, `world! signal` is sent to it, `1: ok` is the answer to ticket 1. */
function toWords({ type, params }: Did): string[] {
	// Safe: read only as what XState's own action of that type carries.
	const { id, src, input, event, delay } = params as {
		id: string;
		src: string;
		input?: Record<string, unknown>;
		event: { type: string };
		delay: number;
	};
	switch (type) {
		case "xstate.spawnChild":
			return [["+", src, ...inputInWords(src, input)].join(" ")];
		case "xstate.stopChild":
			return [`- ${id}`];
		case "xstate.sendTo":
			return [`world! ${event.type}`];
		case "xstate.raise":
			return event.type.startsWith("xstate.after") ? [] : [`${event.type} in ${delay} ms`];
		case "xstate.cancel":
			return JSON.stringify(params).includes("xstate.after") ? [] : [`${params} called off`];
		case "xstate.emit":
			return emittedInWords((params as { event: DeviceSessionsEmitted }).event);
		default:
			return [`${type} ${id}`];
	}
}

function inputInWords(src: string, input: Record<string, unknown> = {}): unknown[] {
	const { freshness, id, scope, targets, active, unlisted } = input;
	if (src === "switchTo") return unlisted && active !== id ? [id, "leaving", active] : [id];
	if (src === "revokeRows") return [scope, ...(scope === "all" ? [] : [targets ?? [id]])];
	return src === "readDevice" ? [freshness] : [];
}

function emittedInWords(event: DeviceSessionsEmitted): string[] {
	if (event.type === "stopped") return ["stopped"];
	return event.tickets.map((ticket) => `${ticket}: ${event.result.error?.kind ?? "ok"}`);
}

/** What is true in every moment of every test, and which of it is not in this one. */
function brokenRules({ value, context, status }: Snapshot): string[] {
	const { rows, command, queue } = context;
	const rules = {
		"the machine lives": status === "active",
		"the state is one of four": ["idle", "loading", "switching", "revoking"].includes(value),
		"at most one row is active": rows.filter(({ active }) => active).length <= 1,
		"no row shows twice": new Set(rows.map(({ id }) => id)).size === rows.length,
		"rows are frozen": isFrozen(rows),
		"idle, nothing is under way and nothing waits": value !== "idle" || (!command && queue.length === 0),
		"loading, only a command of unknown outcome is under way":
			value !== "loading" || !command || command.failed.some(({ unsure }) => unsure),
		"switching, a switch is under way": value !== "switching" || command?.type === "switch",
		"revoking, a revoke is under way": value !== "revoking" || isRevoking(command),
		"at most one switch waits": queue.filter(({ type }) => type === "switch").length <= 1,
		"nothing is called token": !wordsIn(context).some((word) => /token/i.test(word)),
	};
	return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}

function isFrozen(value: unknown): boolean {
	if (typeof value !== "object" || value === null) return true;
	return Object.isFrozen(value) && Object.values(value).every(isFrozen);
}

/** Every key and every text of a value. */
function wordsIn(value: unknown): string[] {
	if (typeof value === "string") return [value];
	if (typeof value !== "object" || value === null) return [];
	const own = value instanceof Error ? [value.message] : [];
	return [...own, ...Object.entries(value).flatMap(([key, item]) => [key, ...wordsIn(item)])];
}

const moment = new Date("2026-11-01T00:00:00Z");

export function row(id: string, { listed = true, name = id }: { listed?: boolean; name?: string } = {}): RowData {
	const times = { createdAt: moment, updatedAt: moment, expiresAt: new Date("2026-12-01T00:00:00Z") };
	return {
		id,
		session: { id, userId: `user-${id}`, ...times },
		user: {
			id: `user-${id}`,
			name,
			email: `${id}@example.com`,
			emailVerified: true,
			createdAt: moment,
			updatedAt: moment,
		},
		listed,
	};
}

export const fail = (kind: OperationErrorKind): OperationError => new OperationError(kind, "test", `It was ${kind}.`);

export const reading = (activeId: string | null, rows: readonly (string | RowData)[], at = 1000): Reading => ({
	rows: rows.map((one) => (typeof one === "string" ? row(one) : one)),
	activeId,
	error: null,
	at,
});

/** What is asked for here is asked for in one go, where nothing else is said. */
const batch = 1;

/** Events, by what they mean; faults as the service actors tell of them. Row ids are letters, times are in ms. */
export const wake = (at = 0) => ({ type: "wake", at }) as const;
export const sleep = { type: "sleep" } as const;
export const destroy = { type: "destroy" } as const;
export const refetch = (ticket: number) => ({ type: "command.read", ticket, batch }) as const;
export const setActive = (id: string, ticket: number, { leaveUnlisted = false, at = 60_000 } = {}) =>
	({ type: "command.switch", ticket, batch, id, leaveUnlisted, at }) as const;
export const revoke = (id: string, ticket: number, next?: string) =>
	({ type: "command.revoke", ticket, batch, id, next }) as const;
export const signOutOthers = (ticket: number) => ({ type: "command.revokeOthers", ticket, batch }) as const;
export const signOutAll = (ticket: number) => ({ type: "command.signOutAll", ticket, batch }) as const;
export const malformed = (ticket: number) =>
	({ type: "command.malformed", ticket, error: fail("invalid-input") }) as const;
export const seen = (id: string | null) => ({ type: "session.seen", id }) as const;
export const changeSeen = { type: "session.changed" } as const;
export const unknownSeen = { type: "session.unknown" } as const;
export const lookFailed = { type: "session.failed" } as const;
export const expired = { type: "xstate.after.expiry.deviceSessions.idle" } as const;
/** The back-off is over; somebody is back at the page; the network goes and comes. */
export const retryDue = { type: "xstate.after.retry.deviceSessions.idle" } as const;
export const focused = (at = 60_000) => ({ type: "device.stale", at }) as const;
export const offline = { type: "device.online", online: false } as const;
export const online = { type: "device.online", online: true } as const;
export const hydrate = (activeId: string | null, rows: readonly string[] = ["a", "b", "c"]) =>
	({ type: "hydrate", rows: rows.map((id) => row(id)), activeId, error: null }) as const;
/** Another tab says that something has changed; another tab had the lock, and nothing was sent. */
export const deviceChanged = { type: "device.changed" } as const;
export const stale = { type: "command.stale" } as const;
export const callbackFailed = { type: "callback.failed", error: fail("callback") } as const;
export const lateCookie = { type: "cookie.late" } as const;
export const activated = (
	id: string,
	{ crossed = false, left }: { crossed?: boolean; left?: string | undefined } = {},
) => ({ type: "row.activated", row: row(id), crossed, left }) as const;
export const revoked = (id: string) => ({ type: "row.revoked", id }) as const;
export const rowFailed = (id: string, kind: OperationErrorKind, { unsure = false } = {}) =>
	({ type: "row.failed", id, error: fail(kind), unsure }) as const;
export const commandDone = { type: "command.done" } as const;
/** A command that failed as a whole: a switch that came to nothing, or perhaps did not. */
export const commandFailed = (kind: OperationErrorKind, { unsure = false } = {}) =>
	({ type: "command.failed", error: fail(kind), unsure }) as const;
export const notDone = (kind: OperationErrorKind, { unsure = false } = {}) =>
	[commandFailed(kind, { unsure }), commandDone] as const;
/** A fault among the requests of a command. */
export const broke = (operation: string, thrown: unknown) =>
	[{ type: "command.failed", error: toFault(operation, thrown), unsure: false }, commandDone] as const;
export const signedOut = (url?: string) => ({ type: "device.signedOut", ...(url !== undefined && { url }) }) as const;
export const read = (activeId: string | null, rows: readonly (string | RowData)[] = ["a", "b", "c"], at = 1000) =>
	({ type: "xstate.done.actor.readDevice", output: reading(activeId, rows, at) }) as const;
export const notRead = (kind: OperationErrorKind = "network") =>
	({ type: "xstate.error.actor.readDevice", error: fail(kind) }) as const;

/** A read that is worth another one, at this time. */
export const notYetRead = (kind: OperationErrorKind = "network", retryAt = 5_000) =>
	({ type: "xstate.error.actor.readDevice", error: { error: fail(kind), retryAt } }) as const;

/** Three accounts, `a` is active, somebody looks. */
export const known = (): Moment => play(wake(), read("a"));
/** The session of the active account has ended elsewhere. */
export const dead = (): Moment => play(wake(), read(null));
/** The active account `x` is missing from the device list. */
export const unlisted = (): Moment => play(wake(), read("x", ["a", "b", row("x", { listed: false })]));

/** What is asked of a moment in most tests. */
export const ids = ({ context }: Moment): string[] => context.rows.map(({ id }) => id);
export const activeId = ({ context }: Pick<Moment, "context">): string | null => activeOf(context.rows)?.id ?? null;
/** The answers so far by ticket, each once: `ok`, or the kind of the error. */
export function outcomes({ answers }: Moment): Record<number, string> {
	const tickets = answers.map(({ ticket }) => ticket);
	expect(tickets).toEqual([...new Set(tickets)]);
	return Object.fromEntries(answers.map(({ ticket, result }) => [ticket, result.error?.kind ?? "ok"]));
}
/** The one answer to a ticket. */
export function resultOf({ answers }: Moment, ticket: number): Result<unknown> | undefined {
	const own = answers.filter((answer) => answer.ticket === ticket);
	expect(own.length).toBeLessThanOrEqual(1);
	return own[0]?.result;
}
export const dataOf = (moment: Moment, ticket: number): unknown => resultOf(moment, ticket)?.data;
export const errorOf = (moment: Moment, ticket: number): OperationError | null | undefined =>
	resultOf(moment, ticket)?.error;
/** The two errors behind the one that shows. */
export const errors = ({ context }: Moment) => ({
	read: context.readError?.kind ?? null,
	command: context.commandError?.kind ?? null,
});
