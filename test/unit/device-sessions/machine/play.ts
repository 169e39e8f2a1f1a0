import { expect } from "vitest";
import { initialTransition, type SnapshotFrom, transition } from "xstate";
import type { DeviceSessionsEmitted, DeviceSessionsEvent, Reading } from "../../../../src/device-sessions/events.js";
import { isRepeated, isRevoking, type Revoking } from "../../../../src/device-sessions/machine/commands.js";
import type { Context } from "../../../../src/device-sessions/machine/context.js";
import { isChanging } from "../../../../src/device-sessions/machine/knowledge.js";
import { activeOf } from "../../../../src/device-sessions/machine/rows.js";
import { deviceSessionsMachine } from "../../../../src/device-sessions/machine.js";
import type { OperationError, Result } from "../../../../src/errors.js";
import { boundLoops } from "./bound-loops.js";

const bounded = deviceSessionsMachine;
boundLoops(bounded);

type Snapshot = SnapshotFrom<typeof deviceSessionsMachine>;

/** What XState sends when an invoked actor ends, written by hand. */
type ActorEvent =
	| { type: "xstate.done.actor.readDevice"; output: Reading }
	| { type: "xstate.after.expiry.deviceSessions.idle" }
	| { type: `xstate.error.actor.${"readDevice" | "switchTo" | "revokeRows" | "world"}`; error: unknown };
export type PlayedEvent = DeviceSessionsEvent | ActorEvent;
/** One event, or those that an actor sends in one go. */
export type Played = PlayedEvent | readonly PlayedEvent[];

interface Answer {
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

function toMoment(
	snapshot: Snapshot,
	actions: readonly Did[],
	before: Pick<Moment, "answers" | "stopped"> & { readonly active: string | null },
): Moment {
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
		// Who is active still is remembered again and again, with the version that it was found at.
		effects: actions.flatMap(toWords).filter((words) => words !== `remember ${before.active}`),
		answers: [...before.answers, ...answers],
		stopped: before.stopped || emitted.some(({ type }) => type === "stopped"),
	};
}

/** The machine from its start on. */
export function play(...events: readonly Played[]): Moment {
	return proceed(toMoment(...initialTransition(bounded), { answers: [], stopped: false, active: null }), ...events);
}

/** A moment and what follows. */
export function proceed(moment: Moment, ...events: readonly Played[]): Moment {
	let now = moment;
	for (const event of events.flat()) {
		const active = activeOf(now.context.rows)?.id ?? null;
		// Safe: the machine takes what its actors send as well.
		const [snapshot, actions] = transition(bounded, now.snapshot, event as DeviceSessionsEvent);
		now = toMoment(snapshot, actions, { answers: now.answers, stopped: now.stopped, active });
	}
	return now;
}

/** `+ actor` is started, `- actor` ends, `world! signal` is sent to it, `read.due` is scheduled, `1: ok` is the answer to ticket 1. */
function toWords({ type, params }: Did): string[] {
	// Safe: read only as what XState's own action of that type carries.
	const { id, src, input, event, delay } = Object(params) as {
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
			if (event.type === "read.due") return [event.type];
			return event.type.startsWith("xstate.after") ? [] : [`${event.type} in ${delay} ms`];
		case "xstate.cancel":
			// Called off whenever it is looked at anew.
			return /xstate.after|"due"/.test(JSON.stringify(params)) ? [] : [`${params} called off`];
		case "xstate.emit":
			return emittedInWords((params as { event: DeviceSessionsEmitted }).event);
		case "moveVersion":
			return [type];
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
export function brokenRules({ value, context, status }: Snapshot): string[] {
	const { rows, command, queue } = context;
	const rules = {
		"the machine lives": status === "active",
		"the state is one of four": ["idle", "loading", "switching", "revoking"].includes(value),
		"at most one row is active": rows.filter(({ active }) => active).length <= 1,
		"no row shows twice": new Set(rows.map(({ id }) => id)).size === rows.length,
		"rows are frozen": isFrozen(rows),
		"idle, nothing is under way, and nothing waits but for a change of the app's own":
			value !== "idle" || (!command && (queue.length === 0 || isChanging(context))),
		"loading, only a command of unknown outcome is under way":
			value !== "loading" || !command || command.failed.some(({ unsure }) => unsure),
		"switching, a switch is under way": value !== "switching" || command?.type === "switch",
		"revoking, a revoke is under way": value !== "revoking" || isRevoking(command),
		"at most one switch waits, beside one that is made again": [true, false].every(
			(isAgain) => queue.filter((it) => it.type === "switch" && isRepeated(it) === isAgain).length <= 1,
		),
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
function resultOf({ answers }: Moment, ticket: number): Result<unknown> | undefined {
	const own = answers.filter((answer) => answer.ticket === ticket);
	expect(own.length).toBeLessThanOrEqual(1);
	return own[0]?.result;
}
export const dataOf = (moment: Moment, ticket: number): unknown => resultOf(moment, ticket)?.data;
/** The rows that a command has yet to sign out. */
export const openTargets = ({ failed, revoked, targets }: Revoking): string[] =>
	targets.filter((id) => !revoked.includes(id) && failed.every((failure) => failure.id !== id));
export const errorOf = (moment: Moment, ticket: number): OperationError | null | undefined =>
	resultOf(moment, ticket)?.error;
/** The two errors behind the one that shows. */
export const errors = ({ context }: Moment) => ({
	read: context.readError?.kind ?? null,
	command: context.commandError?.kind ?? null,
});
