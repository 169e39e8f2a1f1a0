import { toFault } from "../../errors.js";
import { fail } from "./commands.js";
import { activeId, type Change, type Context, type On } from "./context.js";
import { activateWith, mergeRows, without } from "./rows.js";

/** The server's own answer says who is active now. */
export function activated({ context, event: { row, crossed, left } }: On<"row.activated">): Change {
	const { command, expected } = context;
	const tries = command?.tries ?? 0;
	return {
		rows: activateWith(context.rows, row, left),
		moved: false,
		command: command && { ...command, signalFired: true, done: command.type === "switch" },
		expected: {
			id: row.id,
			from: tries > 0 ? expected?.from : activeId(context),
			tries,
			phase: crossed ? "crossed" : "checking",
		},
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
		context.expected?.id === activeId(context)
			? context.expected
			: { id: activeId(context), tries: 0, phase: "checking" },
});

/** The whole device was signed out: nobody is switched to again. Better Auth's session may still answer from before. */
export const signedOut = ({ context: { command, queue, rows }, event: { url } }: On<"device.signedOut">): Change => ({
	rows: mergeRows(rows, [], null),
	moved: true,
	command: command && { ...command, done: true, url },
	queue: queue.filter(({ tickets }) => tickets.length > 0),
	expected: null,
});

/** An actor of a command threw: a fault that the command answers. */
export const broke = ({ command }: Context, thrown: unknown): Change => ({
	command: command && fail(command, toFault(command.type, thrown)),
});
