import { OperationError } from "../../errors.js";
import type { Question } from "../events.js";

/** What every command carries, whatever it asks for. */
interface Asked {
	/** Who waits for the answer; several where the same was asked for twice, nobody where the store asks itself. */
	readonly tickets: readonly number[];
	/** Commands of one number were asked for in one go, before anything was sent. */
	readonly batch: number;
	/** How many reads had begun when it came: one that began later is new enough for it. */
	readonly after: number;
	/** How many reads it has been decided from without an end, because other tabs came in between. */
	readonly overtaken: number;
	/** What the app was asked already; another tab came in between. */
	readonly asked: Question | null;
	/** Its requests are over, or none are sent. */
	readonly done: boolean;
	readonly failed: readonly Failure[];
}

/** A command that changes the device. */
interface Mutating extends Asked {
	/** The rows that were signed out for it. */
	readonly revoked: readonly string[];
	/** The session signal was fired for it. */
	readonly signalFired: boolean;
	/**
	 * What the version of the device is called as long as nothing but this command changes it. Null until its requests
	 * begin: it waits for the lock, which another tab has, or for the page's own `onBeforeSwitch`.
	 */
	readonly version: string | null;
}

interface SigningOut extends Mutating {
	/** The rows that are to be signed out, known once it starts. */
	readonly targets: readonly string[];
	/** How many of them are settled: signed out, or failed. */
	readonly settled: number;
}

export interface Read extends Asked {
	readonly type: "read";
	/** Past the cookie cache. */
	readonly certain: boolean;
}
export interface Switch extends Mutating {
	readonly type: "switch";
	readonly id: string;
	/** Sign an unlisted active account out first. */
	readonly leaveUnlisted: boolean;
	/** Back to whom a sign-in that is half-way began with. */
	readonly cancels: boolean;
	/** How often it was made again because the server came back to the old account. */
	readonly tries: number;
}
export interface RevokeOne extends SigningOut {
	readonly type: "revoke";
	readonly id: string;
	/** Who shall be active instead. */
	readonly next: string | undefined;
	/** The server listed the row when the command came: its absence later is success. */
	readonly known: boolean;
}
export interface RevokeOthers extends SigningOut {
	readonly type: "revokeOthers";
}
export interface SignOutAll extends SigningOut {
	readonly type: "signOutAll";
	/** Where an identity provider wants the browser to go. */
	readonly url: string | undefined;
}

/** What people ask for, as data. */
export type Command = Read | Switch | RevokeOne | RevokeOthers | SignOutAll;
export type Revoking = RevokeOne | RevokeOthers | SignOutAll;

export interface Failure {
	/** The row; null where the command failed as a whole. */
	readonly id: string | null;
	readonly error: OperationError;
	/** It may have taken effect all the same. */
	readonly unsure: boolean;
}

/** What a command starts with. */
export const asked: Omit<Asked, "tickets" | "batch"> = {
	after: 0,
	overtaken: 0,
	asked: null,
	done: false,
	failed: [],
};
const mutating = { ...asked, revoked: [], signalFired: false, version: null };
export const signingOut: Omit<SigningOut, "tickets" | "batch"> = { ...mutating, targets: [], settled: 0 };

/** A switch that the store makes by itself. */
export const ownSwitch = (id: string): Switch => ({
	...mutating,
	type: "switch",
	id,
	tickets: [],
	batch: 0,
	leaveUnlisted: false,
	cancels: false,
	tries: 0,
});

/** What the command is called where it is called: the store's method. */
export const operationOf = ({ cancels, type }: Pick<Command, "type"> & { readonly cancels?: boolean }): string =>
	({
		read: "refetch",
		switch: cancels ? "cancelSignIn" : "setActive",
		revoke: "revoke",
		revokeOthers: "signOutOthers",
		signOutAll: "signOutAll",
	})[type];

export const isRevoking = (command: Command | null): command is Revoking => command !== null && "targets" in command;

/** It is a switch that is only made again. */
export const isRepeated = (command: Command): boolean => command.type === "switch" && command.tries > 0;

/** Somebody wants it, or the store did from the start. */
export const isWanted = (command: Command): boolean => command.tickets.length > 0 || !isRepeated(command);

/** Whether nothing has changed the device since the command's requests began, but the command itself. */
export const isAlone = (command: Command, version: string): boolean =>
	command.type === "read" || command.version === null || command.version === version;

/** The command ends without any requests, or any more of them. */
export const fail = (command: Command, error: OperationError): Command => ({
	...command,
	done: true,
	failed: [{ id: null, error, unsure: false }],
});
export const supersede = (command: Command): Command =>
	fail(command, new OperationError("superseded", operationOf(command), "A newer switch took its place."));
