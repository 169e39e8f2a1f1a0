import { toFault } from "../../errors.js";
import * as limits from "../limits.js";
import { type Command, fail, isAlone, isRepeated, isRevoking, isWanted, operationOf } from "./commands.js";
import { activeId, type Change, type Context, dueAtOnce, type On } from "./context.js";
import { counts, doubt } from "./knowledge.js";
import { activateWith, mergeRows, without } from "./rows.js";

/** The server's own answer says who is active now. */
export function activated({ context, event: { row, crossed, left, instead } }: On<"row.activated">): Change {
	const { calls, command, check, lost, version } = context;
	const tries = command?.type === "switch" ? command.tries : 0;
	// A call that crossed the switch before this one went out as whoever was active before that.
	const before = (tries > 0 || check?.calls.some((id) => crossed.includes(id)) ? check?.from : undefined) ?? [];
	const from = tries > 0 ? before : [activeId(context), ...before];
	// What takes too long already is waited for by nobody.
	const awaited = crossed.filter((id) => !calls.find((call) => call.id === id)?.overdue);
	return {
		rows: activateWith(context.rows, row, left, instead),
		// What an earlier check wanted made again is not wanted any more.
		queue: context.queue.filter(isWanted),
		command: command && withSignal(command),
		lost: lost && null,
		signingIn: null,
		check: {
			id: row.id,
			from: command && isAlone(command, version) ? from : undefined,
			tries,
			calls: awaited,
		},
	};
}

/** A switch ends with it; a revoke has its target still before it. */
function withSignal(command: Command): Command {
	if (command.type === "read") return command;
	return { ...command, signalFired: true, done: command.type === "switch" };
}

/** The server does not know this account any more: its row goes. */
export function revoked({ context: { command, rows, signingIn }, event: { id } }: On<"row.revoked">): Change {
	// A sign-in that was half-way is not any more, most likely.
	const change: Change = { rows: without(rows, id), ...(signingIn && dueAtOnce) };
	if (!command || command.type === "read") return change;
	const isKnown = command.revoked.includes(id);
	return {
		...change,
		command: { ...command, ...progress(command, id), revoked: isKnown ? command.revoked : [...command.revoked, id] },
	};
}

/** How far a sign-out has come: a target counts once, whatever comes of it. Others are rows that were found to be gone. */
function progress(command: Command, id: string | null) {
	if (!isRevoking(command) || id === null || !command.targets.includes(id)) return undefined;
	const isSettled = command.revoked.includes(id) || command.failed.some((failure) => failure.id === id);
	return { settled: command.settled + (isSettled ? 0 : 1) };
}

/** One row of a command, or all of it, came to nothing. */
export function requestFailed({ context, event }: On<"row.failed" | "command.failed">): Change {
	const { begun, check, command, lost } = context;
	const { error, unsure } = event;
	const id = "id" in event ? event.id : null;
	// These call the whole picture of the device in question; and the check of an earlier switch was not waited for.
	const doubts = unsure || check !== null || error.kind === "session-gone" || error.kind === "unauthorized";
	// Too many requests and another tab's turn are no answer to what was asked.
	const isNo = !unsure && error.kind !== "rate-limited" && error.kind !== "busy";
	const isGone = error.kind === "session-gone" || error.kind === "unknown-session";
	return {
		// The server, or the app, has said no to an account that was to be active by itself: it is not asked again.
		...(lost && command?.tickets.length === 0 && isNo && { lost: { ...lost, tries: limits.promotions } }),
		// A switch made again finds nobody any more: signed out past us, no conflict.
		check: isGone && command && isRepeated(command) ? null : check,
		// It may have brought the word of another tab's change, which is read then.
		...(doubts ? { ...doubt(context), ...dueAtOnce } : !counts(context) && dueAtOnce),
		command: command && {
			...command,
			...progress(command, id),
			after: begun,
			failed: [...command.failed, { id, error, unsure }],
		},
	};
}

export const done = ({ context: { command } }: { context: Context }): Change => ({
	command: command && { ...command, done: true },
});

/** Accounts were signed out beside the active one: that one should still be active. */
export function stayed({ context }: { context: Context }): Change {
	const id = activeId(context);
	const isAwaited = context.check?.id === id;
	return { ...done({ context }), check: isAwaited ? context.check : { id, tries: 0, calls: [] } };
}

/** The whole device was signed out: nobody is switched to again. Better Auth's session may still answer from before. */
export const signedOut = ({ context, event: { url } }: On<"device.signedOut">): Change => ({
	rows: mergeRows(context.rows, [], null),
	...doubt(context),
	lost: null,
	signingIn: null,
	ended: [],
	command: context.command && {
		...context.command,
		done: true,
		...(context.command.type === "signOutAll" && { url }),
	},
	queue: context.queue.filter(({ tickets }) => tickets.length > 0),
	check: null,
});

/** An actor of a command threw: a fault that the command answers. */
export const broke = ({ command }: Context, thrown: unknown): Change => ({
	command: command && fail(command, toFault(operationOf(command), thrown)),
});
