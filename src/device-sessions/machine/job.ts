import { destroyed as gone } from "../../errors.js";
import type { CommandEvent, JobInput } from "../events.js";
import { type Command, fail, isAsked, newCommand, nextStep, superseded } from "./commands.js";
import { type Change, type Context, isRecent, type On } from "./context.js";
import { activeOf } from "./rows.js";

export function toCommand({ context, event }: On<CommandEvent["type"]>): Command {
	const { ticket, ...wanted } = event;
	const { loadedAt, queue, rows } = context;
	// Safe: what is behind the dot is the command's type.
	const type = event.type.slice("command.".length) as Command["type"];
	const row = rows.find(({ id }) => id === event.id);
	// A read that has just ended is enough to confirm an account that is active already.
	const isConfirmed = type === "switch" && row?.active === true && isRecent(context, event.at);
	// The first read is everybody's; one that was asked for in the same go has not been sent yet.
	const isInTime = loadedAt === null || queue.some((other) => other.type === "read" && other.at === event.at);
	return {
		...newCommand,
		...wanted,
		type,
		tickets: [ticket],
		known: row !== undefined,
		reads: isConfirmed ? 0 : isInTime ? 1 : 2,
	};
}

/** A command starts; whom it signs out is decided now. */
export function started({ context }: { context: Context }): Change {
	const step = nextStep(context);
	if (!("command" in step)) return {};
	const { command } = step;
	const others = context.rows.filter(({ active }) => !active || command.scope === "all").map(({ id }) => id);
	return {
		...(isAsked(command) && { commandError: null }),
		queue: context.queue.filter((other) => other !== command),
		command: { ...command, targets: command.scope === "one" ? [command.id] : others },
	};
}

export function reasonOf({ type, scope, tickets }: Command): JobInput["reason"] {
	if (type === "switch") return tickets.length > 0 ? "setActive" : "promote";
	return scope === "all" ? "signOutAll" : "revoke";
}

export function jobInput({ context: { rows, command } }: { context: Context }): JobInput {
	const active = activeOf(rows);
	// Safe: the states that ask for it have a command under way.
	const asked = command as Command;
	const { id, next, scope, targets, tries } = asked;
	return {
		id,
		scope,
		reason: reasonOf(asked),
		again: tries > 0 || asked.asked === true,
		targets,
		active: active?.id ?? null,
		unlisted: active?.listed === false,
		survivors: next === undefined ? rows.map((row) => row.id).filter((other) => other !== id) : [next],
		chosen: next !== undefined,
	};
}

/**
 * Another tab was at it: the command is decided anew, once that is read. A switch that was only made again is not: what
 * the other tab did is followed.
 */
export function putBack({ context: { command, destroyed, queue } }: { context: Context }): Change {
	const isOver = destroyed !== "no";
	const isReplaced = command?.type === "switch" && queue.some(({ type }) => type === "switch");
	const again = (it: Command): Command =>
		isOver ? fail(it, gone()) : isReplaced ? superseded(it) : { ...it, asked: true, reads: 1, tries: 0 };
	return {
		command: null,
		moved: true,
		owed: isOver ? null : "fresh",
		expected: null,
		queue: command && isAsked(command) ? [again(command), ...queue] : queue,
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
