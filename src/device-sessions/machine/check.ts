import { OperationError } from "../../errors.js";
import { type Command, newCommand } from "./commands.js";
import { activeId, type Change, type Context, type On, owing } from "./context.js";
import { activate } from "./rows.js";

/** The session atom has settled on this row, or on nobody. */
export function seen({ context, event: { id } }: On<"session.seen">): Change {
	const { command } = context;
	if (!command || (command.type === "revoke" && context.expected)) return judge(context, id, false);
	// Requests are out whose outcome decides: look when they are in.
	return id === activeId(context) || id === command.id ? {} : owing(context);
}

/**
 * Holds who is active now against who should be, where a mutation's outcome is awaited. Everything else is followed:
 * another tab's switch, the app's own client, a session that ended elsewhere. What is not `read` is read first: the page
 * is told in between.
 */
export function judge(context: Context, id: string | null, read: boolean): Change {
	const { destroyed, expected, queue } = context;
	if (expected?.id === id) {
		if (expected.late === "waiting") return {};
		return { ...follow(context, id, read), expected: expected.late ? { ...expected, late: "waiting" } : null };
	}
	const isOld = destroyed === "no" && expected?.from !== undefined && (id === null || id === expected.from);
	if (!expected?.id || !isOld) return { ...follow(context, id, read), expected: null };
	const waiting = queue.find(({ type }) => type === "switch");
	// Somebody else is wanted by now; who is active is read after that.
	if (waiting && waiting.id !== expected.id) return { ...owing(context), expected: null };
	if (expected.tries > 0) {
		if (!read) return owing(context);
		const message = "The server came back twice to the old account.";
		const commandError = new OperationError("conflict", "setActive", message);
		return { ...follow(context, id, read), expected: null, commandError };
	}
	const again: Command = { ...newCommand, type: "switch", id: expected.id, tickets: [], ...waiting, tries: 1 };
	const others = queue.filter((command) => command !== waiting);
	return { queue: [again, ...others], expected: { ...expected, tries: 1, late: false } };
}

function follow(context: Context, id: string | null, read: boolean): Change {
	if (id === activeId(context)) return { moved: false };
	return read ? { rows: activate(context.rows, id) } : { moved: true, ...owing(context) };
}

/** Found active, these are no news: the switch away from them is about to be made again. */
export const unless = ({ expected }: Context): (string | null)[] =>
	expected?.from !== undefined && expected.tries === 0 ? [expected.from, null] : [];

/** The active account is the same, its data is not. A read that failed is made again anyway. */
export const changeSeen = ({ context }: { context: Context }): Change =>
	context.retryAt === null ? owing(context) : {};

/** Somebody is active who is not among the rows: a sign-in, most likely. */
export const strangerSeen = ({ context }: { context: Context }): Change => ({
	expected: null,
	moved: true,
	...changeSeen({ context }),
});

/** The session atom could not look: a read of our own does, where somebody looks; one that failed is made again anyway. */
export const checkFailed = ({ context: { awake, expected, readError } }: { context: Context }): Change =>
	awake && (expected || !readError) ? { owed: "fresh" } : { expected: null };
