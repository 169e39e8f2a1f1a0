import type { RowData } from "../../../../src/device-sessions/types.js";
import { type OperationErrorKind, toFault } from "../../../../src/errors.js";
import { fail, reading, row } from "./data.js";

// Events, by what they mean; faults as the service actors tell of them. Row ids are letters, times are in ms.
// To be imported as `on`: `on.setActive("b", 1)`.

/** What is asked for here is asked for in one go, where nothing else is said. */
const batch = 1;

export const wake = (at = 0) => ({ type: "wake", at }) as const;
export const sleep = { type: "sleep" } as const;
export const destroy = { type: "destroy" } as const;
export const refetch = (ticket: number) => ({ type: "command.read", ticket, batch }) as const;
export const setActive = (id: string, ticket: number, { leaveUnlisted = false, at = 60_000 } = {}) =>
	({ type: "command.switch", ticket, batch, id, leaveUnlisted, at }) as const;
export const revoke = (id: string, ticket: number, next?: string) =>
	({ type: "command.revoke", ticket, batch, id, next }) as const;
export const signOutOthers = (ticket: number) => ({ type: "command.revokeOthers", ticket, batch }) as const;
export const signOutAll = (ticket: number) => ({ type: "command.signOutAll", ticket, batch }) as const;
export const malformed = (ticket: number) =>
	({ type: "command.malformed", ticket, error: fail("invalid-input") }) as const;
export const seen = (id: string | null) => ({ type: "session.seen", id }) as const;
export const changeSeen = { type: "session.changed" } as const;
export const unknownSeen = { type: "session.unknown" } as const;
export const lookFailed = { type: "session.failed" } as const;
export const expired = { type: "xstate.after.expiry.deviceSessions.idle" } as const;
/** The back-off is over; somebody is back at the page; the network goes and comes. */
export const retryDue = { type: "xstate.after.retry.deviceSessions.idle" } as const;
export const focused = (at = 60_000) => ({ type: "device.stale", at }) as const;
export const offline = { type: "device.online", online: false } as const;
export const online = { type: "device.online", online: true } as const;
export const hydrate = (activeId: string | null, rows: readonly string[] = ["a", "b", "c"]) =>
	({ type: "hydrate", rows: rows.map((id) => row(id)), activeId, error: null }) as const;
/** Another tab says that something has changed; another tab had the lock, and nothing was sent. */
export const deviceChanged = { type: "device.changed" } as const;
export const stale = { type: "command.stale" } as const;
export const callbackFailed = { type: "callback.failed", error: fail("callback") } as const;
export const lateCookie = { type: "cookie.late" } as const;
export const activated = (
	id: string,
	{ crossed = false, left }: { crossed?: boolean; left?: string | undefined } = {},
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
export const read = (activeId: string | null, rows: readonly (string | RowData)[] = ["a", "b", "c"], at = 1000) =>
	({ type: "xstate.done.actor.readDevice", output: reading(activeId, rows, at) }) as const;
export const notRead = (kind: OperationErrorKind = "network") =>
	({ type: "xstate.error.actor.readDevice", error: fail(kind) }) as const;

/** A read that is worth another one, at this time. */
export const notYetRead = (kind: OperationErrorKind = "network", retryAt = 5_000) =>
	({ type: "xstate.error.actor.readDevice", error: { error: fail(kind), retryAt } }) as const;
