import { failed, OperationError, ok, type Result, unknownSession } from "../../errors.js";
import * as limits from "../limits.js";
import { type Command, operationOf, type RevokeOne, type RevokeOthers, type Switch } from "./commands.js";
import { counts, isChanging, isReadSince, type Knowledge } from "./knowledge.js";
import { resultOf } from "./result.js";
import { activeOf, type Rows, shownOf } from "./rows.js";

/** What a command is decided from. */
export interface Situation extends Knowledge {
	readonly rows: Rows;
	readonly queue: readonly Command[];
	/** The one under way, or the one whose outcome is being looked up. */
	readonly command: Command | null;
}

/** What comes next: an answer that is known already, requests to send, or a read that must come first. */
export type Step =
	| { readonly type: "answer"; readonly command: Command; readonly result: Result<unknown> }
	| { readonly type: "switch" | "revoke"; readonly command: Command }
	| { readonly type: "read" | "rest" };

const read: Step = { type: "read" };
const answer = (command: Command, result: Result<unknown>): Step => ({ type: "answer", command, result });
const refuse = (command: Command, kind: "unauthorized" | "active-unlisted", message: string): Step =>
	answer(command, failed(new OperationError(kind, operationOf(command), message)));

/**
 * After so many readings that other tabs have overtaken it is decided from what is known. Under the lock, where nobody can
 * come before it, one more look makes sure that the account which is active is still the same.
 */
export const isInsisting = ({ overtaken }: Command): boolean => overtaken >= limits.overtaken;

/** What a command needs next, seen from what is known of the device. */
export function decide(situation: Situation, command: Command): Step {
	const { rows } = situation;
	const isLookedUp = isReadSince(situation, command.after);
	if (command.done) {
		const mustLookUp = !isLookedUp && command.failed.some(({ unsure }) => unsure);
		return mustLookUp ? read : answer(command, resultOf(command, rows));
	}
	// What this client itself has sent comes first.
	if (isChanging(situation)) return { type: "rest" };
	if (command.type === "read") return isLookedUp ? answer(command, ok(shownOf(rows))) : read;
	if (command.type === "signOutAll") return { type: "revoke", command };
	if (command.type === "switch" && command.tries > 0) return { type: "switch", command };
	// Not on the word of a get-session from the cookie cache.
	if (!isLookedUp && activeOf(rows)?.listed === false) return read;
	const isCertain = counts(situation) || (isLookedUp && isInsisting(command));
	if (!isCertain) return read;
	if (command.type === "switch") return decideSwitch(rows, command, isLookedUp);
	return command.type === "revoke" ? decideRevoke(rows, command, isLookedUp) : decideOthers(rows, command);
}

function decideSwitch(rows: Rows, command: Switch, isLookedUp: boolean): Step {
	const row = shownOf(rows).find(({ id }) => id === command.id);
	if (!row || row.active) {
		if (!isLookedUp) return read;
		return answer(command, row ? ok(row) : failed(unknownSession(operationOf(command))));
	}
	if (activeOf(rows)?.listed !== false || command.leaveUnlisted) return { type: "switch", command };
	return refuse(
		command,
		"active-unlisted",
		"The active account is not listed: pass leaveUnlisted to sign it out first.",
	);
}

function decideRevoke(rows: Rows, command: RevokeOne, isLookedUp: boolean): Step {
	const { id, known, next } = command;
	const isThere = rows.some((row) => row.id === id);
	if (isThere && (next === undefined || rows.some((row) => row.id === next))) return { type: "revoke", command };
	if (!isLookedUp) return read;
	if (!isThere && known) return answer(command, ok({ revoked: id, active: activeOf(shownOf(rows)) }));
	return answer(command, failed(unknownSession(operationOf(command))));
}

function decideOthers(rows: Rows, command: RevokeOthers): Step {
	if (!activeOf(rows)) {
		const message = "No account is active: make one active first.";
		return refuse(command, "unauthorized", message);
	}
	return rows.length > 1 ? { type: "revoke", command } : answer(command, ok({ revoked: [] }));
}
