import {
	asked,
	type Failure,
	ownSwitch,
	type Read,
	type RevokeOne,
	type RevokeOthers,
	type SignOutAll,
	type Switch,
	signingOut,
} from "../../../../src/device-sessions/machine/commands.js";
import { fail } from "./data.js";

// Commands as they wait in the queue, each with one ticket; they came when one read had begun.

const from = (ticket: number) => ({ tickets: [ticket], batch: 1, after: 1 });

export const read = (ticket: number, more: Partial<Read> = {}): Read => ({
	...asked,
	...from(ticket),
	type: "read",
	certain: false,
	...more,
});
export const switchTo = (id: string, ticket: number, more: Partial<Switch> = {}): Switch => ({
	...ownSwitch(id),
	...from(ticket),
	...more,
});
export const revoke = (id: string, ticket: number, more: Partial<RevokeOne> = {}): RevokeOne => ({
	...signingOut,
	...from(ticket),
	type: "revoke",
	id,
	next: undefined,
	known: false,
	...more,
});
export const revokeOthers = (ticket: number, more: Partial<RevokeOthers> = {}): RevokeOthers => ({
	...signingOut,
	...from(ticket),
	type: "revokeOthers",
	...more,
});
export const signOutAll = (ticket: number, more: Partial<SignOutAll> = {}): SignOutAll => ({
	...signingOut,
	...from(ticket),
	type: "signOutAll",
	url: undefined,
	...more,
});

/** What came of one row; with null for an id, of the command as a whole. */
export const failure = (
	id: string | null,
	kind: Parameters<typeof fail>[0] = "rejected",
	{ unsure = false } = {},
): Failure => ({ id, error: fail(kind), unsure });
