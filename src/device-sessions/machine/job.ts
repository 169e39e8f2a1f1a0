import { destroyed as gone, OperationError } from "../../errors.js";
import type { CommandEvent, JobBase, RevokeInput, SwitchInput } from "../events.js";
import * as limits from "../limits.js";
import {
	asked,
	type Command,
	fail,
	isRepeated,
	isRevoking,
	isWanted,
	operationOf,
	ownSwitch,
	signingOut,
	supersede,
} from "./commands.js";
import { type Change, type Context, dueAtOnce, isRecent, type On } from "./context.js";
import { isInsisting } from "./decide.js";
import { enqueue, nextStep } from "./queue.js";
import { activeOf, shownOf } from "./rows.js";

/** A command comes; what other tabs have said by then is known. */
export const incoming = (on: On<CommandEvent["type"]>) => ({ command: toCommand(on), version: on.event.version });

export function toCommand({ context, event }: On<CommandEvent["type"]>): Command {
	const { begun, loadedAt, queue, rows } = context;
	const { batch, ticket } = event;
	const twin = queue.find((other) => other.type === "read" && other.batch === batch);
	// The first read is everybody's; one that was asked for in the same go has not been sent yet.
	const after = twin?.after ?? (loadedAt === null ? Math.max(0, begun - 1) : begun);
	const base = { tickets: [ticket], batch, after };
	switch (event.type) {
		case "command.read": {
			const { certain = false } = event;
			return { ...asked, ...base, ...(certain && { after: begun }), type: "read", certain };
		}
		case "command.switch": {
			const { cancels = false, id, leaveUnlisted } = event;
			const isActive = rows.some((row) => row.id === id && row.active && row.listed);
			// A read that has just ended is enough to confirm an account that is active already, but not out of the cookie cache.
			// One that is under way by then knows better.
			const isConfirmed = isActive && isRecent(context, event.at);
			return { ...ownSwitch(id), ...base, after: isConfirmed ? begun - 1 : after, cancels, leaveUnlisted };
		}
		case "command.revoke": {
			const { id, next } = event;
			// One that no list knew is not gone because a list lacks it.
			const known = rows.some((row) => row.id === id && row.listed);
			return { ...signingOut, ...base, type: "revoke", id, next, known };
		}
		case "command.revokeOthers":
			return { ...signingOut, ...base, type: "revokeOthers" };
		case "command.signOutAll":
			return { ...signingOut, ...base, type: "signOutAll", url: undefined };
	}
}

export function enqueued(context: Context, command: Command, version: string): Change {
	return {
		version,
		...enqueue({ ...context, version }, command),
		...(command.type !== "read" && { commandError: null }),
	};
}

/** A command starts; whom it signs out is decided now. */
export function started({ context }: { context: Context }): Change {
	const step = nextStep(context);
	if (!("command" in step)) return {};
	const { command } = step;
	return {
		...(isWanted(command) && { commandError: null }),
		queue: context.queue.filter((other) => other !== command),
		command: withTargets(context, command),
	};
}

function withTargets({ rows }: Context, command: Command): Command {
	if (!isRevoking(command)) return command;
	const gone = rows.filter(({ active }) => !active || command.type === "signOutAll");
	return { ...command, settled: 0, targets: command.type === "revoke" ? [command.id] : gone.map(({ id }) => id) };
}

export function reasonOf(command: Command): JobBase["reason"] {
	if (command.type === "switch") return command.tickets.length > 0 ? "setActive" : "promote";
	return command.type === "signOutAll" ? "signOutAll" : "revoke";
}

function jobBase({ reading, rows }: Context, command: Command): JobBase {
	const active = activeOf(rows);
	return {
		operation: operationOf(command),
		version: command.type === "signOutAll" || !reading ? null : reading.version,
		insists: isInsisting(command),
		reason: reasonOf(command),
		again: isRepeated(command),
		asked: command.asked,
		active: active?.id ?? null,
		unlisted: active?.listed === false,
	};
}

export function switchInput({ context }: { context: Context }): SwitchInput {
	const { command } = context;
	if (command?.type !== "switch") throw new TypeError("No switch is under way.");
	return { ...jobBase(context, command), id: command.id };
}

export function revokeInput({ context }: { context: Context }): RevokeInput {
	const { command, rows } = context;
	if (!isRevoking(command)) throw new TypeError("No revoke is under way.");
	const base = jobBase(context, command);
	if (command.type === "signOutAll") return { ...base, scope: "all" };
	if (command.type === "revokeOthers") return { ...base, scope: "others", targets: command.targets };
	const { id, next } = command;
	const [shown, hidden] = [shownOf(rows), rows].map((them) =>
		them.map((row) => row.id).filter((other) => other !== id),
	);
	// Whom the app does not show comes next only where there is nobody else.
	const survivors = next !== undefined ? [next] : shown?.length ? shown : (hidden ?? []);
	return { ...base, scope: "one", id, survivors, chosen: next !== undefined };
}

/** No other tab sends while the command does. */
export const locked = ({ context: { command }, event: { version } }: On<"command.locked">): Change => ({
	version,
	command: command && command.type !== "read" ? { ...command, version } : command,
});

/**
 * Something has changed since the command was decided, and nothing was sent: it is decided anew, from a new reading. A
 * switch that was only made again is not: what the other tab did is followed.
 */
export function putBack({ context, event }: On<"command.stale">): Change {
	const { begun, command, destroyed, queue } = context;
	const { asked, version } = event;
	if (!command) return { version };
	const isReplaced = command.type === "switch" && queue.some(({ type }) => type === "switch");
	function again(it: Command): Command {
		if (destroyed !== "no") return fail(it, gone());
		if (isReplaced) return supersede(it);
		if (it.overtaken >= 2 * limits.overtaken)
			return fail(it, new OperationError("busy", operationOf(it), "Who is active changes again and again."));
		const waiting: Command = { ...it, asked, after: begun, overtaken: it.overtaken + 1 };
		return waiting.type === "switch" ? { ...waiting, tries: 0 } : waiting;
	}
	return {
		version,
		command: null,
		check: null,
		...(destroyed === "no" && dueAtOnce),
		queue: isWanted(command) ? [again(command), ...queue] : queue,
	};
}

/** Nothing shall go on but what was sent. */
export const ended = ({ context: { queue } }: { context: Context }): Change => ({
	destroyed: "finishing",
	awake: false,
	queue: queue.map((command) => fail(command, gone())),
	check: null,
	dueAt: null,
	retryAt: null,
});
