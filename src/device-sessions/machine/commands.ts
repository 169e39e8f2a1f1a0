import { failed, OperationError, ok, type Result } from "../../errors.js";
import type { Scope } from "../events.js";
import type { DeviceSession } from "../types.js";
import { activeOf } from "./rows.js";

interface Base {
	/** Who waits for the answer; several where the same command was asked for twice. */
	readonly tickets: readonly number[];
	/** A complete read has ended since the command came: what it found is final. */
	readonly lookedUp: boolean;
}

/** A switch to another account. */
export interface Switch extends Base {
	readonly type: "switch";
	readonly id: string;
	readonly leaveUnlisted: boolean;
	/** A read ended less than a second before the command came: enough to confirm an account that is active already. */
	readonly recent: boolean;
	/** How often it was made again because the server came back to the old account. */
	readonly tries: number;
	/** Its answer never came: what the device holds now settles it. */
	readonly unsure?: OperationError;
}

/** Accounts to sign out: one, all but the active one, or the whole device. */
export interface Revoke extends Base {
	readonly type: "revoke";
	readonly scope: Scope;
	/** Of `one`: the row. */
	readonly id: string;
	readonly next?: string;
	/** Of `one`: the row was there when the command came, so that its absence later is success. */
	readonly known: boolean;
	/** Filled in when it starts. */
	readonly targets: readonly string[];
	readonly revoked: readonly string[];
	readonly failed: readonly Failure[];
	/** Of `failed`: those whose outcome is unknown until the device is read again. */
	readonly unsure: readonly string[];
	/** The session signal was fired for it already. */
	readonly signalled: boolean;
}

export interface Failure {
	readonly id: string;
	readonly error: OperationError;
}

export type Command = Switch | Revoke;

/** What the queue is decided from. */
export interface Situation {
	readonly rows: readonly DeviceSession[];
	readonly loadedAt: number | null;
	readonly queue: readonly Command[];
	/** The one under way, or the one whose outcome is being looked up. */
	readonly command: Command | null;
}

/** What comes next: an answer that is known already, requests to send, or a read that must come first. */
export type Step =
	| { readonly type: "answer"; readonly command: Command; readonly result: Result<unknown> }
	| { readonly type: "switch"; readonly command: Switch }
	| { readonly type: "revoke"; readonly command: Revoke }
	| { readonly type: "read" }
	| { readonly type: "rest" };

export interface Enqueued {
	readonly queue: readonly Command[];
	readonly command: Command | null;
	/** Tickets of a waiting switch that the new one replaced. */
	readonly superseded: readonly number[];
}

const join = <C extends Command>(command: C, tickets: readonly number[]): C => ({
	...command,
	tickets: [...command.tickets, ...tickets],
});

/**
 * The queue with one more command in it. The last click wins: a switch replaces the one that waits; the same target
 * joins. Revokes are never dropped; the same one joins.
 */
export function enqueue({ queue, command }: Pick<Situation, "queue" | "command">, added: Command): Enqueued {
	if (added.type === "revoke") {
		const twin = (other: Command | null): other is Revoke =>
			other?.type === "revoke" && other.scope === added.scope && other.id === added.id && other.next === added.next;
		if (twin(command)) return { queue, command: join(command, added.tickets), superseded: [] };
		const waiting = queue.find(twin);
		if (waiting)
			return {
				queue: queue.map((other) => (other === waiting ? join(waiting, added.tickets) : other)),
				command,
				superseded: [],
			};
		return { queue: [...queue, added], command, superseded: [] };
	}
	const waiting = queue.find((other) => other.type === "switch");
	const rest = queue.filter((other) => other !== waiting);
	const joins = waiting?.type === "switch" && waiting.id === added.id;
	const tickets = joins ? [...waiting.tickets, ...added.tickets] : added.tickets;
	const superseded = joins ? [] : (waiting?.tickets ?? []);
	if (command?.type === "switch" && command.id === added.id) {
		return { queue: rest, command: join(command, tickets), superseded };
	}
	return { queue: [...rest, { ...added, tickets }], command, superseded };
}

/** What the machine does next. Revokes go before switches, so that no account that should be gone is waited for. */
export function nextStep(situation: Situation): Step {
	const { command, queue } = situation;
	const first =
		command ?? queue.find((waiting) => waiting.type === "revoke") ?? queue.find((waiting) => waiting.type === "switch");
	if (!first) return { type: "rest" };
	return first.type === "switch" ? nextOfSwitch(situation, first) : nextOfRevoke(situation, first);
}

function nextOfSwitch({ rows, loadedAt }: Situation, command: Switch): Step {
	const { id, lookedUp, unsure } = command;
	const answer = (result: Result<unknown>): Step => ({ type: "answer", command, result });
	if (!lookedUp && (unsure || loadedAt === null)) return { type: "read" };
	const row = rows.find((candidate) => candidate.id === id);
	if (row && command.tries > 0) return { type: "switch", command };
	if (row?.active && (lookedUp || command.recent)) return answer(ok(row));
	if (unsure) return answer(failed(unsure));
	if (!row && lookedUp) return answer(failed(unknownSession("setActive")));
	if (!row || row.active) return { type: "read" };
	if (activeOf(rows)?.listed === false && !command.leaveUnlisted) {
		const message =
			"The active account is missing from the device list: a switch would lose it. Pass { leaveUnlisted: true } to sign it out and switch.";
		return answer(failed(new OperationError("active-unlisted", "setActive", message)));
	}
	return { type: "switch", command };
}

function nextOfRevoke({ rows, loadedAt }: Situation, command: Revoke): Step {
	const { scope, id, next, lookedUp } = command;
	const answer = (result: Result<unknown>): Step => ({ type: "answer", command, result });
	const active = activeOf(rows);
	if (command.unsure.length > 0) return lookedUp ? answer(settle(command, rows)) : { type: "read" };
	if (scope === "all") return { type: "revoke", command };
	if (!lookedUp && loadedAt === null) return { type: "read" };
	if (scope === "others") {
		if (active) return rows.length > 1 ? { type: "revoke", command } : answer(ok({ revoked: [] }));
		const message = "No account is active, so there are no others. Make one active first, or sign out all.";
		return answer(failed(new OperationError("unauthorized", "signOutOthers", message)));
	}
	const here = (wanted: string) => rows.some((row) => row.id === wanted);
	if (here(id) && (next === undefined || here(next))) return { type: "revoke", command };
	if (!lookedUp) return { type: "read" };
	return answer(!here(id) && command.known ? ok({ revoked: id, active }) : failed(unknownSession("revoke")));
}

/** What a revoke answers once every target is settled, those of unknown outcome by whether their row is still there. */
export function settle(command: Revoke, rows: readonly DeviceSession[]): Result<unknown> {
	const { scope, id, targets } = command;
	const [unsettled] = command.failed;
	if (scope === "all" && unsettled) {
		return command.unsure.length > 0 && rows.length === 0 ? ok({ revoked: targets }) : failed(unsettled.error);
	}
	const gone = command.unsure.filter((target) => !rows.some((row) => row.id === target));
	const revoked = [...command.revoked, ...gone];
	const left = command.failed.filter((failure) => !gone.includes(failure.id));
	const [first] = left;
	if (scope === "one") return first ? failed(first.error) : ok({ revoked: id, active: activeOf(rows) });
	if (!first) return ok({ revoked });
	if (revoked.length === 0 && left.every(({ error }) => error.kind === "unauthorized")) return failed(first.error);
	const message = `${revoked.length} of ${targets.length} accounts were signed out.`;
	return failed(new OperationError("partial", "signOutOthers", message, { revoked, failed: left }));
}

const unknownSession = (operation: string): OperationError =>
	new OperationError("unknown-session", operation, "No account with this id is signed in on this device.");

/** What a command answers when the read that it waited for failed. */
export function giveUp(command: Command, rows: readonly DeviceSession[], error: OperationError): Result<unknown> {
	if (command.type === "switch") return failed(command.unsure ?? error);
	return command.unsure.length > 0 ? settle({ ...command, unsure: [] }, rows) : failed(error);
}

/** Whether nothing but a read of the device lets this command go on. */
export function needsRead(situation: Situation, command: Command): boolean {
	const step = command.type === "switch" ? nextOfSwitch(situation, command) : nextOfRevoke(situation, command);
	return step.type === "read";
}
