import type { Call, CommandEvent, Question, Reading } from "../../../../src/device-sessions/events.js";
import type { EndedAccount, RowData } from "../../../../src/device-sessions/types.js";
import { type OperationErrorKind, toFault } from "../../../../src/errors.js";
import { fail, reading, row, version } from "./data.js";

// Events, by what they mean; faults as the service actors tell of them. Row ids are letters, times are in ms, of the
// monotonic clock where nothing else is said. Where nothing else is said the device has one version, and outside events come
// a minute after the start.
// To be imported as `on`: `on.setActive("b", 1)`.

/** What is asked for here is asked for in one go, where nothing else is said. */
const batch = 1;
const base = { batch, version } as const;
/** When outside events come. */
const later = 60_000;
/** When the monotonic clock began, in epoch ms. */
export const epoch = 1_893_456_000_000;

export const wake = (at = 0) => ({ type: "wake", at, version }) as const;
export const sleep = { type: "sleep" } as const;
export const destroy = { type: "destroy" } as const;
export const refetch = (ticket: number) => ({ type: "command.read", ticket, ...base }) as const;
export const setActive = (id: string, ticket: number, { leaveUnlisted = false, at = 60_000 } = {}) =>
	({ type: "command.switch", ticket, ...base, id, leaveUnlisted, at }) as const;
export const revoke = (id: string, ticket: number, next?: string) =>
	({ type: "command.revoke", ticket, ...base, id, next }) as const;
export const signOutOthers = (ticket: number) => ({ type: "command.revokeOthers", ticket, ...base }) as const;
export const signOutAll = (ticket: number) => ({ type: "command.signOutAll", ticket, ...base }) as const;
/** The same command, where the device has this version by then. */
export const knowing = <Asked extends CommandEvent>(version: string, event: Asked): Asked => ({ ...event, version });
export const malformed = (ticket: number) =>
	({ type: "command.malformed", ticket, error: fail("invalid-input") }) as const;
export const seen = (id: string | null, at = later) => ({ type: "session.seen", id, at }) as const;
export const changeSeen = (at = later) => ({ type: "session.changed", at }) as const;
export const unknownSeen = (at = later) => ({ type: "session.unknown", at }) as const;
export const lookFailed = (at = later) => ({ type: "session.failed", at }) as const;
export const expired = { type: "xstate.after.expiry.deviceSessions.idle" } as const;
/** Somebody is back at the page; the network goes and comes. */
export const focused = (at = later) => ({ type: "device.stale", at }) as const;
export const offline = { type: "device.online", online: false, at: later } as const;
export const online = (at = later) => ({ type: "device.online", online: true, at }) as const;
/** Somebody comes back to the page, or it was asleep. */
export const doubted = (at = later) => ({ type: "device.doubted", at, now: at }) as const;
/** A read of the store's own that had to wait is due. */
export const readDue = { type: "read.due" } as const;
export const hydrate = (activeId: string | null, rows: readonly string[] = ["a", "b", "c"]) =>
	({ type: "hydrate", rows: rows.map((id) => row(id)), activeId, error: null }) as const;
/** Another tab has changed something, and the device has another version; it changes something, for 10 s at most. */
export const moved = (version = "v2", at = later) =>
	({ type: "device.moved", version, isOver: true, at, wait: 10_000 }) as const;
export const moving = (version = "v2", at = later) =>
	({ type: "device.moved", version, isOver: false, at, wait: 10_000 }) as const;
/** The lock of the device has come to the command. */
export const locked = (version = "v2") => ({ type: "command.locked", version }) as const;
/** Another tab had the lock, and nothing was sent. */
export const stale = (version = "v2", asked: Question | null = null) =>
	({ type: "command.stale", version, asked }) as const;
/** The version was moved by this store; with null, something else came in between. */
export const carried = (from: string | null, to: string, at = later) =>
	({ type: "version.carried", at, from, to }) as const;
/** A call of the app's, past the store: it begins, it has ended, it takes too long. */
export const began = (id: number, effect: Call["effect"], version?: string) =>
	({ type: "call.began", call: { id, method: "POST", path: "/a-call", effect }, version }) as const;
export const ended = (id: number, { at = later, isNews = false, ...more }: Partial<Ended> = {}) =>
	({ type: "call.ended", id, at, isNews, ...more }) as const;
interface Ended {
	hasCrossed: boolean;
	isUncertain: boolean;
	at: number;
	isNews: boolean;
	version: string;
}
/** A sign-in has stopped half-way; `a` was active, and it is given up ten minutes later. It is over. */
export const stopped = (id: number, version: string, from: string | null = "a", at = later) =>
	({ ...ended(id, { at, version }), signingIn: { from, until: at + 600_000 } }) as const;
export const signInOver = (version: string, at = later) => ({ type: "signIn.over", version, at }) as const;
/** Back to `a`. */
export const cancelSignIn = (id: string, ticket: number) => ({ ...setActive(id, ticket), cancels: true }) as const;
export const forgotten = (ended: readonly EndedAccount[]) => ({ type: "ended.forgotten", ended }) as const;
export const overdue = (id: number) => ({ type: "call.overdue", id }) as const;
export const callbackFailed = { type: "callback.failed", error: fail("callback") } as const;
export const lateCookie = { type: "cookie.late" } as const;
export const activated = (
	id: string,
	{ crossed = [], left }: { crossed?: readonly number[]; left?: string | undefined } = {},
) => ({ type: "row.activated", row: row(id), crossed, left }) as const;
export const revoked = (id: string) => ({ type: "row.revoked", id }) as const;
export const rowFailed = (id: string, kind: OperationErrorKind, { unsure = false } = {}) =>
	({ type: "row.failed", id, error: fail(kind), unsure }) as const;
export const commandDone = { type: "command.done" } as const;
/** A command that failed as a whole: a switch that came to nothing, or perhaps did not. */
export const commandFailed = (kind: OperationErrorKind, { unsure = false } = {}) =>
	({ type: "command.failed", error: fail(kind), unsure }) as const;
export const notDone = (kind: OperationErrorKind, { unsure = false } = {}) =>
	[commandFailed(kind, { unsure }), commandDone] as const;
/** A fault among the requests of a command. */
export const broke = (operation: string, thrown: unknown) =>
	[{ type: "command.failed", error: toFault(operation, thrown), unsure: false }, commandDone] as const;
export const signedOut = (url?: string) => ({ type: "device.signedOut", ...(url !== undefined && { url }) }) as const;
export const read = (
	activeId: string | null,
	rows: readonly (string | RowData)[] = ["a", "b", "c"],
	at = 1000,
	more: Partial<Reading> = {},
) => ({ type: "xstate.done.actor.readDevice", output: reading(activeId, rows, at, more) }) as const;
/** A read that began where the device had another version. */
export const readAt = (version: string, activeId: string | null, rows?: readonly (string | RowData)[], at?: number) =>
	read(activeId, rows, at, { version });
export const notRead = (kind: OperationErrorKind = "network") =>
	({ type: "xstate.error.actor.readDevice", error: fail(kind) }) as const;

/** A read that is worth another one, after this moment. */
export const notYetRead = (kind: OperationErrorKind = "network", pausedUntil = 200_000, mayPass = true) =>
	({
		type: "xstate.error.actor.readDevice",
		error: { error: fail(kind), mayPass, pausedUntil, retryAt: epoch + pausedUntil },
	}) as const;
