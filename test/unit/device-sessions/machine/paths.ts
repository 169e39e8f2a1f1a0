import type { SnapshotFrom } from "xstate";
import type { Command } from "../../../../src/device-sessions/machine/commands.js";
import { activeOf } from "../../../../src/device-sessions/machine/rows.js";
import type { deviceSessionsMachine } from "../../../../src/device-sessions/machine.js";
import {
	activated,
	callbackFailed,
	changeSeen,
	commandDone,
	destroy,
	deviceChanged,
	expired,
	focused,
	hydrate,
	lateCookie,
	lookFailed,
	notRead,
	notYetRead,
	offline,
	online,
	type PlayedEvent,
	read,
	refetch,
	retryDue,
	revoke,
	revoked,
	row,
	rowFailed,
	seen,
	setActive,
	signedOut,
	signOutAll,
	signOutOthers,
	sleep,
	stale,
	unknownSeen,
	wake,
} from "./play.js";

type Snapshot = SnapshotFrom<typeof deviceSessionsMachine>;

export const commandsOf = ({ context: { queue, command } }: Snapshot): Command[] =>
	command ? [command, ...queue] : [...queue];
export const ticketsOf = (snapshot: Snapshot): number[] => commandsOf(snapshot).flatMap(({ tickets }) => tickets);

/** How many commands wait at once: enough for one under way, one that waits and one that comes. */
const mostCommands = 2;

/** Everything that can happen next, with the answers that the actors of that state may give. */
export function whatCanHappen(snapshot: Snapshot): PlayedEvent[] {
	const { value, context } = snapshot;
	if (context.destroyed === "yes") return [];
	const ticket = Math.max(0, ...ticketsOf(snapshot)) + 1;
	const commands =
		// The store itself answers those that come after destroy().
		context.destroyed === "no" && commandsOf(snapshot).length < (isTroubled(context) ? 1 : mostCommands)
			? [
					refetch(ticket),
					...["a", "b"].flatMap((id) => [setActive(id, ticket), revoke(id, ticket)]),
					signOutOthers(ticket),
					signOutAll(ticket),
				]
			: [];
	const world = context.awake ? [sleep] : [wake(60_000)];
	const outside =
		context.listening && value !== "loading"
			? [seen("a"), seen("b"), seen(null), unknownSeen, changeSeen, lookFailed]
			: [];
	const tabs =
		context.listening && commandsOf(snapshot).length < mostCommands
			? [deviceChanged, focused(), context.online ? offline : online]
			: [];
	const timers =
		value === "idle"
			? [
					expired,
					...(context.retryAt === null ? [] : [retryDue]),
					...(context.expected?.phase === "waiting" ? [lateCookie] : []),
				]
			: [];
	const page = context.isPending ? [hydrate("a", ["a", "b"])] : [];
	return [...commands, ...world, ...outside, ...tabs, ...timers, ...page, ...answers(snapshot), destroy];
}

/** What the actor of this state may tell. */
function answers(snapshot: Snapshot): PlayedEvent[] {
	const { value, context } = snapshot;
	const { command, rows } = context;
	// One that is not listed is signed out to make room.
	const making = { left: rows.find(({ active, listed }) => active && !listed)?.id };
	switch (value) {
		case "loading":
			return [
				read("a", ["a", "b"]),
				read("b", ["a", "b"]),
				read(null, ["a", "b"]),
				read("a", ["a"]),
				read(null, []),
				read("b", ["a", row("b", { listed: false })]),
				notRead(),
				...(commandsOf(snapshot).length < mostCommands ? [notYetRead(), notYetRead("rate-limited")] : []),
			];
		case "switching":
			if (!command || command.failed.length > 0) return [commandDone];
			return [
				stale,
				activated(command.id, making),
				activated(command.id, { ...making, crossed: true }),
				rowFailed(command.id, "session-gone"),
				rowFailed(command.id, "network", { unsure: true }),
				callbackFailed,
			];
		case "revoking": {
			if (!command) return [commandDone];
			const left = command.targets.filter(
				(id) => !command.revoked.includes(id) && command.failed.every((failure) => failure.id !== id),
			);
			if (command.scope === "all")
				return [
					signedOut(),
					...(command.failed.length > 0 ? [commandDone] : [rowFailed("", "server", { unsure: true })]),
				];
			const [target] = left;
			if (target === undefined) return [commandDone];
			const survivor =
				command.scope === "one" && !command.signalFired ? (["a", "b"].find((id) => id !== target) ?? "a") : null;
			return [
				...(command.revoked.length + command.failed.length === 0 && !command.signalFired ? [stale] : []),
				...(survivor ? [activated(survivor, making)] : []),
				revoked(target),
				rowFailed(target, "unauthorized"),
				rowFailed(target, "timeout", { unsure: true }),
			];
		}
		default:
			return [];
	}
}

/**
 * What tells two states apart here: who is there and active, what is under way and how far it has come, what waits, and
 * what is awaited. Tickets, times and messages do not, nor what only repeats it.
 */
export function serialize({ value, context }: Snapshot): string {
	const { rows, command, queue, expected, awake, destroyed, online, retryAt, readError, outdated } = context;
	const asked = ({ type, scope, id }: Command) => `${type} ${scope} ${id}`;
	return JSON.stringify([
		value,
		rows.map(({ id, active, listed }) => `${id} ${active} ${listed}`).sort(),
		command && [asked(command), command.tries, command.revoked.length > 0, command.failed.map(({ unsure }) => unsure)],
		queue.map(({ type }) => type),
		expected && [expected.tries, expected.phase],
		[awake, destroyed === "no", online, outdated, retryAt !== null && readError?.kind],
	]);
}

/** The network is away, a read is tried again, another tab came in between: with one command at a time, as they are many. */
const isTroubled = ({ online, outdated, retryAt }: Snapshot["context"]) => !online || outdated || retryAt !== null;
const isLimited = ({ readError, retryAt }: Snapshot["context"]) =>
	readError?.kind === "rate-limited" && retryAt !== null;

/** The rules of a state that hold whatever happened before. */
export const rules: Record<string, (snapshot: Snapshot) => boolean> = {
	"the machine lives": ({ status }) => status === "active",
	"at most one account is active": ({ context: { rows } }) => rows.filter(({ active }) => active).length <= 1,
	"no account shows twice": ({ context: { rows } }) => new Set(rows.map(({ id }) => id)).size === rows.length,
	"rows are frozen": ({ context: { rows } }) =>
		[rows, ...rows, ...rows.flatMap(({ user, session }) => [user, session])].every(Object.isFrozen),
	"one that is not listed is active": ({ context: { rows } }) => rows.every(({ listed, active }) => listed || active),
	"at most one switch waits": ({ context: { queue } }) => queue.filter(({ type }) => type === "switch").length <= 1,
	"no ticket waits twice": (snapshot) => new Set(ticketsOf(snapshot)).size === ticketsOf(snapshot).length,
	"idle, no command is under way and none waits": ({ value, context: { command, queue } }) =>
		value !== "idle" || (!command && queue.length === 0),
	"switching, a switch is under way": ({ value, context: { command } }) =>
		value !== "switching" || command?.type === "switch",
	"revoking, a revoke is under way": ({ value, context: { command } }) =>
		value !== "revoking" || command?.type === "revoke",
	"idle, online and looked at, no read is owed but one that the server wants later": ({ value, context }) =>
		value !== "idle" || !context.awake || !context.online || context.owed === null || isLimited(context),
	"a read is tried again where somebody looks, online, and not while one is under way": ({ value, context }) =>
		context.retryAt === null || (value !== "loading" && context.awake && context.online),
	"nothing listens where nobody looks and nothing is awaited": ({ value, context: { listening, awake, expected } }) =>
		value !== "idle" || !listening || awake || expected !== null,
	"destroyed, nothing waits": ({ context: { destroyed, queue } }) => destroyed === "no" || queue.length === 0,
	"progress is of what was to be signed out": ({ context: { command } }) =>
		command?.type !== "revoke" ||
		command.scope === "all" ||
		command.failed.every(({ id }) => command.targets.includes(id)),
	"what is superseded or destroyed never shows": ({ context: { commandError, readError } }) =>
		![commandError?.kind, readError?.kind].some((kind) => kind === "superseded" || kind === "destroyed"),
	"nothing is called token": ({ context }) => !/token/i.test(JSON.stringify(context)),
	"who is active is a row": ({ context: { rows } }) => {
		const active = activeOf(rows);
		return active === null || rows.includes(active);
	},
};

/** The best answer to whatever is under way, until nothing is. */
export function goodAnswer(snapshot: Snapshot): PlayedEvent | undefined {
	const { value, context } = snapshot;
	const { command, rows } = context;
	switch (value) {
		case "loading":
			return read(
				activeOf(rows)?.id ?? null,
				rows.map(({ id, listed }) => row(id, { listed })),
			);
		case "switching":
			return command && command.failed.length === 0
				? activated(command.id, { left: rows.find(({ active, listed }) => active && !listed)?.id })
				: commandDone;
		case "revoking": {
			const target = command?.targets.find(
				(id) => !command.revoked.includes(id) && command.failed.every((failure) => failure.id !== id),
			);
			if (command?.scope === "all") return command.failed.length > 0 ? commandDone : signedOut();
			return target === undefined ? commandDone : revoked(target);
		}
		default:
			if (!context.online && context.listening) return online;
			if (context.retryAt !== null) return retryDue;
			if (context.expected?.phase === "waiting") return lateCookie;
			return context.expected && context.listening ? seen(context.expected.id) : undefined;
	}
}

export const broken = (snapshot: Snapshot): string[] =>
	Object.entries(rules).flatMap(([rule, holds]) => (holds(snapshot) ? [] : [rule]));
