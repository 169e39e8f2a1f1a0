import { OperationError } from "../../errors.js";
import { isRevoking, ownSwitch, type Switch } from "./commands.js";
import { activeId, type Change, type Context, due, dueAtOnce, type On } from "./context.js";
import { doubt, mayBeCached } from "./knowledge.js";
import { activate } from "./rows.js";

/** The session atom has settled on this row, or on nobody. */
export function seen({ context, event: { at, id, isOvertaken } }: On<"session.seen">): Change {
	const { check, command } = context;
	if (!command || (isRevoking(command) && check))
		return judge({ ...context, check: isOvertaken ? null : check }, id, at);
	// Requests are out whose outcome decides: look when they are in.
	const isTarget = command.type === "switch" && id === command.id;
	return isTarget || id === activeId(context) ? {} : due(context, at);
}

/**
 * What a look says of the switch whose outcome is awaited. `confirmed`: the account that should be is active. `wait`: it
 * is, and a late cookie may still undo it. `repeat`: the old one is again, or nobody; the switch is made once more.
 * `conflict`: that was so twice. `overtaken`: somebody else is wanted by now. `follow`: none is awaited, or it is another
 * tab's doing.
 */
export type Verdict = "confirmed" | "wait" | "repeat" | "overtaken" | "conflict" | "follow";

type Judged = Pick<Context, "check" | "destroyed" | "queue"> & { readonly rows: readonly { readonly id: string }[] };

export function verdictOf({ check, destroyed, queue, rows }: Judged, found: string | null): Verdict {
	if (check?.id === found) return check.calls.length === 0 ? "confirmed" : "wait";
	const isOld = destroyed === "no" && check?.from !== undefined && (found === null || check.from.includes(found));
	if (!check?.id || !isOld) return "follow";
	const isAgain = check.tries > 0;
	const other = queue.find((command): command is Switch => command.type === "switch" && command.id !== check.id);
	// One whose account is gone is answered without a request: it takes the place of none but one that waited as well.
	if (other && (isAgain || rows.some(({ id }) => id === other.id))) return "overtaken";
	return isAgain ? "conflict" : "repeat";
}

/**
 * Holds who is active now against who should be, where a mutation's outcome is awaited. Everything else is followed:
 * another tab's switch, the app's own client, a session that ended elsewhere. What was only seen (`at`) is read first:
 * the page is told in between. What was read is true.
 */
export function judge(context: Context, id: string | null, at: number | "read"): Change {
	const followed = follow(context, id, at);
	switch (verdictOf(context, id)) {
		case "confirmed":
		case "follow":
			return { ...followed, check: null };
		case "wait":
			return followed;
		case "overtaken":
			// Who is active is read after the switch that waits.
			return { ...dueAtOnce, check: null };
		case "repeat":
			return repeat(context);
		case "conflict": {
			if (at !== "read") return { ...doubt(context), ...dueAtOnce };
			const message = "The old account came back twice.";
			return { ...followed, check: null, commandError: new OperationError("conflict", "setActive", message) };
		}
	}
}

/**
 * The switch is made once more, for whoever waits for the same one, too. The rows are not those of the last reading: who
 * waits for one waits for the next.
 */
function repeat({ begun, check, queue }: Context): Change {
	if (!check?.id) return {};
	const waiting = queue.find((command) => command.type === "switch" && command.id === check.id);
	const again = { ...(waiting ?? ownSwitch(check.id)), tries: 1 };
	return {
		queue: [
			again,
			...queue
				.filter((command) => command !== waiting)
				.map((command) => (command.type === "read" ? { ...command, after: begun } : command)),
		],
		check: { ...check, tries: 1, calls: [] },
	};
}

function follow(context: Context, id: string | null, at: number | "read"): Change {
	if (at === "read") return { rows: activate(context.rows, id) };
	return id === activeId(context) ? {} : { ...doubt(context), ...due(context, at) };
}

/** Found active, these are no news: the switch away from them is about to be made again. */
export const unless = ({ check }: Context): (string | null)[] =>
	check?.from && check.tries === 0 ? [...check.from.filter((id) => id !== check.id), null] : [];

/** The active account is the same, its data is not. */
export const changeSeen = ({ context, event: { at } }: On<"session.changed">): Change => due(context, at);

/** Somebody is active who is not among the rows: a sign-in, most likely, or whoever is no more, out of the cookie cache. */
export const strangerSeen = ({ context, event }: On<"session.unknown">): Change => ({
	check: mayBeCached(context) ? context.check : null,
	...doubt(context),
	...due(context, event.at),
});

/** The session atom could not look: a read of our own does, where somebody looks; one that failed is made again anyway. */
export const checkFailed = ({ context, event: { at } }: On<"session.failed">): Change =>
	context.awake && (context.check || !context.readError) ? { ...doubt(context), ...due(context, at) } : { check: null };
