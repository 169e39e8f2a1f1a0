import { failed, OperationError, ok, type Result, unknownSession } from "../../errors.js";
import type { Scope } from "../events.js";
import type { DeviceSession } from "../types.js";
import { activeOf } from "./rows.js";

/** What people ask for, as data: a read, a switch to one account, or accounts to sign out. */
export interface Command {
	readonly type: "read" | "switch" | "revoke";
	readonly scope: Scope;
	/** The row; of others and all, empty. */
	readonly id: string;
	/** Of a revoke: who shall be active instead. */
	readonly next?: string | undefined;
	/** Of a switch: sign an unlisted active account out first. */
	readonly leaveUnlisted?: boolean | undefined;
	/** Who waits for the answer; several where the same was asked for twice. */
	readonly tickets: readonly number[];
	/** When it came, in epoch ms. */
	readonly at?: number;
	/** The row was there when the command came: its absence later is success for a revoke. */
	readonly known: boolean;
	/**
	 * How many reads have yet to end before what they find is final for it. Two: it may have come while one was under
	 * way, which is older than what it asks for; the next read that starts is the last one then.
	 */
	readonly reads: 0 | 1 | 2;
	/** The app was asked already; another tab came in between. */
	readonly asked?: boolean;
	/** How often a switch was made again because the server came back to the old account. */
	readonly tries: number;
	/** Its requests are over; these rows were to be signed out, these were, these were not. */
	readonly done: boolean;
	readonly targets: readonly string[];
	readonly revoked: readonly string[];
	readonly failed: readonly Failure[];
	/** The session signal was fired for it. */
	readonly signalFired: boolean;
	/** Where an identity provider wants the browser to go. */
	readonly url?: string | undefined;
}

export interface Failure {
	readonly id: string;
	readonly error: OperationError;
	/** It may have taken effect all the same. */
	readonly unsure: boolean;
}

/** What the queue is decided from. */
export interface Situation {
	readonly rows: readonly DeviceSession[];
	readonly loadedAt: number | null;
	/** Somebody else was seen to be active: who it is, and who is on the device, is not read yet. */
	readonly moved: boolean;
	readonly queue: readonly Command[];
	/** The one under way, or the one whose outcome is being looked up. */
	readonly command: Command | null;
}

/** What comes next: an answer that is known already, requests to send, or a read that must come first. */
export type Step =
	| { readonly type: "answer"; readonly command: Command; readonly result: Result<unknown> }
	| { readonly type: "switch" | "revoke"; readonly command: Command }
	| { readonly type: "read" | "rest" };

export const newCommand: Omit<Command, "type" | "id" | "tickets"> = {
	scope: "one",
	known: false,
	reads: 1,
	tries: 0,
	done: false,
	targets: [],
	revoked: [],
	failed: [],
	signalFired: false,
};

/** Somebody wants it: not a switch that is only made again. */
export const isAsked = ({ tickets, tries }: Command): boolean => tickets.length > 0 || tries === 0;

/** The command ends without any requests, or any more of them. */
export const fail = (command: Command, error: OperationError): Command => ({
	...command,
	done: true,
	failed: [{ id: command.id, error, unsure: false }],
});
export const superseded = (command: Command): Command =>
	fail(command, new OperationError("superseded", "setActive", "A newer switch took this one's place."));

/** Whoever asks for the second is served by the first. */
const isSame = (a: Command, b: Command) =>
	(a.type !== "read" || a.reads >= b.reads) &&
	a.type === b.type &&
	a.scope === b.scope &&
	a.id === b.id &&
	a.next === b.next;
const join = (a: Command, b: Command): Command => ({
	...a,
	tickets: [...a.tickets, ...b.tickets],
	leaveUnlisted: a.leaveUnlisted || b.leaveUnlisted,
});

/**
 * The queue with one more command in it. The last click wins: a switch that waits is superseded by a newer one; the same
 * target joins. Revokes are never dropped; the same one joins.
 */
export function enqueue({ queue, command }: Pick<Situation, "queue" | "command">, added: Command) {
	const twin = queue.find((other) => isSame(other, added));
	const wanted = twin ? join(twin, added) : added;
	const rest = queue
		.filter((other) => other !== twin)
		.map((other) => (other.type === "switch" && added.type === "switch" ? superseded(other) : other));
	return command && isSame(command, wanted)
		? { queue: rest, command: join(command, wanted) }
		: { queue: [...rest, wanted], command };
}

/** What the machine does next. Revokes go before switches, so that no account that should be gone is waited for. */
export function nextStep(situation: Situation): Step {
	const { command, queue } = situation;
	const over = queue.find(({ done }) => done) ?? command;
	if (over) return over.done ? decide(situation, over) : { type: "rest" };
	const first = queue.findIndex(({ type }) => type === "switch");
	const isAfterRevoke = queue.slice(0, Math.max(0, first)).some(({ type }) => type === "revoke");
	const steps = queue
		// Who "the others" are is decided by the switch that was asked for before.
		.filter(({ scope }, index) => scope !== "others" || first < 0 || index < first)
		.map((candidate) => decide(situation, candidate))
		// Whether an account is active is not said before a revoke that was asked for earlier has gone.
		.filter((step) => !(isAfterRevoke && step.type === "answer" && step.command.type === "switch"));
	for (const type of ["answer", "revoke", "switch", "read"]) {
		const step = steps.find((candidate) => candidate.type === type);
		if (step) return step;
	}
	return { type: "rest" };
}

/** What a command needs next, seen from what is known of the device. */
export function decide({ rows, loadedAt, moved }: Situation, command: Command): Step {
	const { type, scope, id, next } = command;
	const lookedUp = command.reads === 0;
	const active = activeOf(rows);
	const row = rows.find((candidate) => candidate.id === id);
	const answer = (result: Result<unknown>): Step => ({ type: "answer", command, result });
	const operation = type === "switch" ? "setActive" : "revoke";
	const refuse = (kind: "unauthorized" | "active-unlisted", message: string) =>
		answer(failed(new OperationError(kind, operation, message)));

	if (command.done) {
		return command.failed.some(({ unsure }) => unsure) && !lookedUp ? { type: "read" } : answer(settle(command, rows));
	}
	if (type === "read") return lookedUp ? answer(ok(rows)) : { type };
	if (scope === "all" || command.tries > 0) return { type, command };
	if ((loadedAt === null || moved) && !lookedUp) return { type: "read" };
	if (scope === "others") {
		if (!active)
			return refuse("unauthorized", "No account is active, so there are no others: make one active, or sign out all.");
		return rows.length > 1 ? { type, command } : answer(ok({ revoked: [] }));
	}
	const isMissing = !row || (next !== undefined && !rows.some((other) => other.id === next));
	const isActive = type === "switch" && row?.active;
	if ((isMissing || isActive) && !lookedUp) return { type: "read" };
	if (isActive) return answer(ok(row));
	if (isMissing) {
		if (!row && command.known && type === "revoke") return answer(ok({ revoked: id, active }));
		return answer(failed(unknownSession(operation)));
	}
	if (type === "switch" && active?.listed === false && !command.leaveUnlisted) {
		// Not on the word of a get-session from the cookie cache.
		if (!lookedUp) return { type: "read" };
		return refuse(
			"active-unlisted",
			"The server does not list the active account: a switch would lose it. Pass leaveUnlisted to sign it out first.",
		);
	}
	return { type, command };
}

/** What a command answers once its requests are over; those of unknown outcome by what the device holds now. */
export function settle(
	{ type, scope, id, targets, url, ...command }: Command,
	rows: readonly DeviceSession[],
): Result<unknown> {
	const row = rows.find((candidate) => candidate.id === id);
	const isDone = (wanted: string) =>
		type === "switch" ? row?.active : scope === "all" ? rows.length === 0 : !rows.some((other) => other.id === wanted);
	const left = command.failed.filter((failure) => !(failure.unsure && isDone(failure.id)));
	const [first] = left;
	if (type !== "revoke") return first ? failed(first.error) : ok(row);
	if (!first)
		return ok(scope === "one" ? { revoked: id, active: activeOf(rows) } : { revoked: targets, ...(url && { url }) });
	const settled = [
		...command.revoked,
		...command.failed.filter((failure) => !left.includes(failure)).map((failure) => failure.id),
	];
	const revoked = targets.filter((target) => settled.includes(target));
	const isUnauthorized = revoked.length === 0 && left.every(({ error }) => error.kind === "unauthorized");
	// It failed as a whole, not one of several.
	if (first.id === id || isUnauthorized) return failed(first.error);
	const message = `${revoked.length} of ${targets.length} accounts were signed out.`;
	return failed(
		new OperationError("partial", "signOutOthers", message, {
			revoked,
			failed: left.map(({ unsure: _, ...failure }) => failure),
		}),
	);
}
