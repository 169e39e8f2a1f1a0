import { OperationError } from "../../errors.js";
import { isRevoking, ownSwitch } from "./commands.js";
import { activeId, type Change, type Context, type On, owing } from "./context.js";
import { activate } from "./rows.js";

/** The session atom has settled on this row, or on nobody. */
export function seen({ context, event: { id } }: On<"session.seen">): Change {
	const { command } = context;
	if (!command || (isRevoking(command) && context.expected)) return judge(context, id, false);
	// Requests are out whose outcome decides: look when they are in.
	const isTarget = command.type === "switch" && id === command.id;
	return isTarget || id === activeId(context) ? {} : owing(context);
}

/**
 * What a look says of the switch whose outcome is awaited. `confirmed`: the account that should be is active. `wait`: it
 * is, and a late cookie may still undo it. `repeat`: the old one is again, or nobody; the switch is made once more.
 * `conflict`: that was so twice. `overtaken`: somebody else is wanted by now. `follow`: none is awaited, or it is another
 * tab's doing.
 */
export type Verdict = "confirmed" | "wait" | "repeat" | "overtaken" | "conflict" | "follow";

export function verdictOf({ destroyed, expected, queue }: Context, found: string | null): Verdict {
	if (expected?.id === found) return expected.phase === "checking" ? "confirmed" : "wait";
	const isOld = destroyed === "no" && expected?.from !== undefined && (found === null || found === expected.from);
	if (!expected?.id || !isOld) return "follow";
	if (queue.some((command) => command.type === "switch" && command.id !== expected.id)) return "overtaken";
	return expected.tries > 0 ? "conflict" : "repeat";
}

/**
 * Holds who is active now against who should be, where a mutation's outcome is awaited. Everything else is followed:
 * another tab's switch, the app's own client, a session that ended elsewhere. What is not `read` is read first: the page
 * is told in between.
 */
export function judge(context: Context, id: string | null, read: boolean): Change {
	const { expected } = context;
	const followed = follow(context, id, read);
	switch (verdictOf(context, id)) {
		case "confirmed":
		case "follow":
			return { ...followed, expected: null };
		case "wait":
			if (expected?.phase === "waiting") return {};
			return { ...followed, expected: expected && { ...expected, phase: "waiting" } };
		case "overtaken":
			// Who is active is read after the switch that waits.
			return { ...owing(context), expected: null };
		case "repeat":
			return repeat(context);
		case "conflict": {
			if (!read) return owing(context);
			const message = "The server came back twice to the old account.";
			return { ...followed, expected: null, commandError: new OperationError("conflict", "setActive", message) };
		}
	}
}

/** The switch is made once more, for whoever waits for the same one, too. */
function repeat({ expected, queue }: Context): Change {
	if (!expected?.id) return {};
	const waiting = queue.find((command) => command.type === "switch");
	const again = { ...(waiting ?? ownSwitch(expected.id)), tries: 1 };
	const others = queue.filter((command) => command !== waiting);
	return { queue: [again, ...others], expected: { ...expected, tries: 1, phase: "checking" } };
}

/** Time has passed for a late cookie to come: the look that follows is the last one. */
export const lookedAgain = ({ context: { expected } }: { context: Context }): Change => ({
	expected: expected && { ...expected, phase: "checking" },
});

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
