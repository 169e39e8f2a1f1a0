import { destroyed as gone } from "../../errors.js";
import type { CommandEvent, JobBase, RevokeInput, SwitchInput } from "../events.js";
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
import { type Change, type Context, isRecent, type On } from "./context.js";
import { nextStep } from "./queue.js";
import { activeOf } from "./rows.js";

export function toCommand({ context, event }: On<CommandEvent["type"]>): Command {
	const { loadedAt, queue, rows } = context;
	const { batch, ticket } = event;
	const base = { tickets: [ticket], batch };
	// The first read is everybody's; one that was asked for in the same go has not been sent yet.
	const isInTime = loadedAt === null || queue.some((other) => other.type === "read" && other.batch === batch);
	const reads = isInTime ? 1 : 2;
	switch (event.type) {
		case "command.read":
			return { ...asked, ...base, type: "read", reads };
		case "command.switch": {
			const { id, leaveUnlisted } = event;
			const isActive = rows.some((row) => row.id === id && row.active);
			// A read that has just ended is enough to confirm an account that is active already.
			const isConfirmed = isActive && isRecent(context, event.at);
			return { ...ownSwitch(id), ...base, reads: isConfirmed ? 0 : reads, leaveUnlisted };
		}
		case "command.revoke": {
			const { id, next } = event;
			return { ...signingOut, ...base, type: "revoke", reads, id, next, known: rows.some((row) => row.id === id) };
		}
		case "command.revokeOthers":
			return { ...signingOut, ...base, type: "revokeOthers", reads };
		case "command.signOutAll":
			return { ...signingOut, ...base, type: "signOutAll", reads, url: undefined };
	}
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
	switch (command.type) {
		case "revoke":
			return { ...command, targets: [command.id] };
		case "revokeOthers":
			return { ...command, targets: rows.filter(({ active }) => !active).map(({ id }) => id) };
		case "signOutAll":
			return { ...command, targets: rows.map(({ id }) => id) };
		default:
			return command;
	}
}

export function reasonOf(command: Command): JobBase["reason"] {
	if (command.type === "switch") return command.tickets.length > 0 ? "setActive" : "promote";
	return command.type === "signOutAll" ? "signOutAll" : "revoke";
}

function jobBase({ rows }: Context, command: Command): JobBase {
	const active = activeOf(rows);
	return {
		operation: operationOf(command),
		reason: reasonOf(command),
		again: isRepeated(command) || command.asked,
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
	const survivors = next === undefined ? rows.map((row) => row.id).filter((other) => other !== id) : [next];
	return { ...base, scope: "one", id, survivors, chosen: next !== undefined };
}

/**
 * Another tab was at it: the command is decided anew, once that is read. A switch that was only made again is not: what
 * the other tab did is followed.
 */
export function putBack({ context: { command, destroyed, queue } }: { context: Context }): Change {
	const isOver = destroyed !== "no";
	const isReplaced = command?.type === "switch" && queue.some(({ type }) => type === "switch");
	function again(it: Command): Command {
		if (isOver) return fail(it, gone());
		if (isReplaced) return supersede(it);
		const waiting: Command = { ...it, asked: true, reads: 1 };
		return waiting.type === "switch" ? { ...waiting, tries: 0 } : waiting;
	}
	return {
		command: null,
		moved: true,
		owed: isOver ? null : "fresh",
		expected: null,
		queue: command && isWanted(command) ? [again(command), ...queue] : queue,
	};
}

/** Nothing shall go on but what was sent. */
export const ended = ({ context: { queue } }: { context: Context }): Change => ({
	destroyed: "finishing",
	awake: false,
	queue: queue.map((command) => fail(command, gone())),
	expected: null,
	owed: null,
	retryAt: null,
});
