import type { SnapshotFrom } from "xstate";
import { type Command, isRevoking } from "../../../../src/device-sessions/machine/commands.js";
import { counts } from "../../../../src/device-sessions/machine/knowledge.js";
import { activeOf } from "../../../../src/device-sessions/machine/rows.js";
import type { deviceSessionsMachine } from "../../../../src/device-sessions/machine.js";
import type { RowData } from "../../../../src/device-sessions/types.js";
import { row, version } from "./data.js";
import * as on from "./events.js";
import { brokenRules, openTargets, type PlayedEvent } from "./play.js";

type Snapshot = SnapshotFrom<typeof deviceSessionsMachine>;

const commandsOf = ({ context: { queue, command } }: Snapshot): Command[] =>
	command ? [command, ...queue] : [...queue];
export const ticketsOf = (snapshot: Snapshot): number[] => commandsOf(snapshot).flatMap(({ tickets }) => tickets);

/** How many commands wait at once: enough for one under way, one that waits and one that comes. */
const mostCommands = 2;

/** Everything that can happen next, with the answers that the actors of that state may give. */
export function whatCanHappen(snapshot: Snapshot): PlayedEvent[] {
	const { value, context } = snapshot;
	if (context.destroyed === "yes") return [];
	const ticket = Math.max(0, ...ticketsOf(snapshot)) + 1;
	const at = nowOf(context);
	const commands =
		// The store itself answers those that come after destroy().
		context.destroyed === "no" && commandsOf(snapshot).length < (isTroubled(context) ? 1 : mostCommands)
			? [
					on.refetch(ticket),
					...["a", "b"].flatMap((id) => [on.setActive(id, ticket), on.revoke(id, ticket)]),
					on.signOutOthers(ticket),
					on.signOutAll(ticket),
				].map((event) => on.knowing(context.version, event))
			: [];
	const world = context.awake ? [on.sleep] : [{ ...on.wake(at), version: context.version }];
	const outside =
		context.listening && value !== "loading"
			? [
					on.seen("a", at),
					on.seen("b", at),
					on.seen(null, at),
					on.unknownSeen(at),
					on.changeSeen(at),
					on.lookFailed(at),
				]
			: [];
	const tabs =
		context.listening && commandsOf(snapshot).length < mostCommands
			? [
					...(isTroubled(context) ? [] : [otherTab(snapshot)]),
					on.focused(at),
					context.online ? on.offline : on.online(at),
				]
			: [];
	const timers =
		value === "idle"
			? [on.expired, ...(isLateCookieAwaited(context) ? [on.lateCookie] : []), ...(context.dueAt ? [on.readDue] : [])]
			: [];
	const page = context.isPending ? [on.hydrate("a", ["a", "b"])] : [];
	return [...commands, ...world, ...outside, ...tabs, ...timers, ...page, ...answers(snapshot), on.destroy];
}

/** It failed as a whole. */
const hasFailed = ({ failed }: Command): boolean => failed.some(({ id }) => id === null);

/** What the actor of this state may tell. */
function answers(snapshot: Snapshot): PlayedEvent[] {
	const { value, context } = snapshot;
	const { command, rows } = context;
	// One that is not listed is signed out to make room.
	const making = { left: rows.find(({ active, listed }) => active && !listed)?.id };
	switch (value) {
		case "loading":
			return [
				readNow(snapshot, "a", ["a", "b"]),
				readNow(snapshot, "b", ["a", "b"]),
				readNow(snapshot, null, ["a", "b"]),
				readNow(snapshot, "a", ["a"]),
				readNow(snapshot, null, []),
				readNow(snapshot, "b", ["a", row("b", { listed: false })]),
				on.notRead(),
				...(commandsOf(snapshot).length < mostCommands ? [on.notYetRead(), on.notYetRead("rate-limited")] : []),
			];
		case "switching":
			if (command?.type !== "switch" || command.failed.length > 0) return [on.commandDone];
			return [
				on.stale(context.version === version ? "v2" : version),
				on.activated(command.id, making),
				on.activated(command.id, { ...making, crossed: [0] }),
				on.commandFailed("session-gone"),
				on.commandFailed("network", { unsure: true }),
				on.callbackFailed,
			];
		case "revoking": {
			if (!isRevoking(command)) return [on.commandDone];
			if (command.type === "signOutAll")
				return [on.signedOut(), hasFailed(command) ? on.commandDone : on.commandFailed("server", { unsure: true })];
			const [target] = openTargets(command);
			if (target === undefined || hasFailed(command)) return [on.commandDone];
			const survivor =
				command.type === "revoke" && !command.signalFired ? (["a", "b"].find((id) => id !== target) ?? "a") : null;
			const isUnsent = command.revoked.length + command.failed.length === 0 && !command.signalFired;
			return [
				...(isUnsent ? [on.stale(context.version === version ? "v2" : version), on.commandFailed("busy")] : []),
				...(survivor ? [on.activated(survivor, making)] : []),
				on.revoked(target),
				on.rowFailed(target, "unauthorized"),
				on.rowFailed(target, "timeout", { unsure: true }),
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
	const { rows, command, queue, check, awake, destroyed, online, retryAt, readError } = context;
	const asked = (it: Command) => [it.type, "id" in it && it.id];
	const howFar = (it: Command) => [
		"tries" in it && it.tries,
		"revoked" in it && it.revoked.length > 0,
		it.failed.map(({ id, unsure }) => [id === null, unsure]),
	];
	return JSON.stringify([
		value,
		rows.map(({ id, active, listed }) => `${id} ${active} ${listed}`).sort(),
		command && [asked(command), howFar(command)],
		queue.map(({ type }) => type),
		check && [check.tries, check.calls.length],
		[awake, destroyed === "no", online, worth(context) === "nothing", retryAt !== null && readError?.kind],
	]);
}

/** The network is away, a read is tried again, another tab came in between: with one command at a time, as they are many. */
const isTroubled = (context: Snapshot["context"]) =>
	!context.online || context.retryAt !== null || worth(context) === "nothing";
/** The cookie of a call that no wire tells of. */
const isLateCookieAwaited = ({ check }: Snapshot["context"]) => check?.calls.join() === "0";
/** Of what is known: nothing was read, it counts, or it does not. */
const worth = (context: Snapshot["context"]) =>
	context.reading === null ? "unread" : counts(context) ? "all" : "nothing";
/** More than a second after the last read of the store's own: that one waits is another test's. */
const nowOf = ({ lastDue }: Snapshot["context"]) => Math.max(60_000, lastDue + 2_000);
/** Another tab changes something. Two versions are as good as many. */
const otherTab = ({ context }: Snapshot): PlayedEvent =>
	on.moved(context.version === version ? "v2" : version, nowOf(context));
/** A read that began just now. */
const readNow = ({ context }: Snapshot, active: string | null, rows: readonly (string | RowData)[]) =>
	on.readAt(context.version, active, rows);

/** What else is true of a state, where nothing of the app's own is under way. */
const rules: Record<string, (snapshot: Snapshot) => boolean> = {
	"one that is not listed is active": ({ context: { rows } }) => rows.every(({ listed, active }) => listed || active),
	"no ticket waits twice": (snapshot) => new Set(ticketsOf(snapshot)).size === ticketsOf(snapshot).length,
	"idle, no command is under way and none waits": ({ value, context: { command, queue } }) =>
		value !== "idle" || (!command && queue.length === 0),
	"idle, online and looked at, no read is due at once": ({ value, context }) =>
		value !== "idle" || !context.awake || !context.online || context.dueAt !== 0,
	"while a read is under way none is waited for after a pause": ({ value, context }) =>
		context.retryAt === null || value !== "loading",
	"nothing listens where nobody looks and nothing is awaited": ({ value, context: { listening, awake, check } }) =>
		value !== "idle" || !listening || awake || check !== null,
	"destroyed, nothing waits": ({ context: { destroyed, queue } }) => destroyed === "no" || queue.length === 0,
	"progress is of what was to be signed out": ({ context: { command } }) =>
		!isRevoking(command) || command.failed.every(({ id }) => id === null || command.targets.includes(id)),
	"what is superseded or destroyed never shows": ({ context: { commandError, readError } }) =>
		![commandError?.kind, readError?.kind].some((kind) => kind === "superseded" || kind === "destroyed"),
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
			return readNow(
				snapshot,
				activeOf(rows)?.id ?? null,
				rows.map(({ id, listed }) => row(id, { listed })),
			);
		case "switching":
			return command?.type === "switch" && command.failed.length === 0
				? on.activated(command.id, { left: rows.find(({ active, listed }) => active && !listed)?.id })
				: on.commandDone;
		case "revoking": {
			if (!isRevoking(command) || hasFailed(command)) return on.commandDone;
			if (command.type === "signOutAll") return on.signedOut();
			const [target] = openTargets(command);
			return target === undefined ? on.commandDone : on.revoked(target);
		}
		default:
			if (!context.online && context.listening) return on.online();
			if (context.dueAt) return on.readDue;
			// That the session atom has found the account: the late cookie comes after that.
			if (isLateCookieAwaited(context)) return on.lateCookie;
			return context.check && context.listening ? on.seen(context.check.id) : undefined;
	}
}

export const broken = (snapshot: Snapshot): string[] => [
	...brokenRules(snapshot),
	...Object.entries(rules).flatMap(([rule, holds]) => (holds(snapshot) ? [] : [rule])),
];
