import type { OperationError, Result } from "../errors.js";
import type { EndedAccount, IdentityChange, RowData } from "./types.js";

/** A call of the app's, past the store. */
export interface Call {
	readonly id: number;
	readonly method: string;
	/** Below the client's base URL, `"/sign-in/email"`. */
	readonly path: string;
	/** What it can do: `change` who is signed in or active, change the active one's `data`, only `look`, nothing, or who knows. */
	readonly effect: "change" | "data" | "look" | "harmless" | "unknown";
	/** It takes so long that nobody waits for it any more. */
	readonly overdue?: boolean;
}

/** A sign-in that has stopped half-way: the row that was active before, and when it is given up, in epoch ms. */
export interface HalfWay {
	readonly from: string | null;
	readonly until: number;
}

/** A command: the ticket that its answer goes to, the go that it was asked for in, and the device's version by then. */
export type CommandEvent = { ticket: number; batch: number; version: string } & (
	| { type: "command.read"; certain?: boolean }
	| { type: "command.switch"; id: string; leaveUnlisted: boolean; at: number; cancels?: boolean }
	| { type: "command.revoke"; id: string; next?: string | undefined }
	| { type: "command.revokeOthers" }
	| { type: "command.signOutAll" }
);

/** Everything that can happen to the machine. `at`: in ms of the monotonic clock. Row ids only, never a token. */
export type DeviceSessionsEvent =
	/** Somebody looks, nobody looks any more, nothing shall go on. */
	| { type: "wake"; at: number; version: string }
	| { type: "sleep" }
	| { type: "destroy" }
	/** Rows that a server rendered; or why they cannot be taken. */
	| { type: "hydrate"; rows: readonly RowData[]; activeId: string | null; error: OperationError | null }
	/** What people ask for. */
	| CommandEvent
	| { type: "command.malformed"; ticket: number; error: OperationError }
	/**
	 * A call of the app's has begun; a change moves the version. It has ended: `version` where it may have changed the
	 * device, `isNews` where it may have changed what is known of the active account, `signingIn` where it is a sign-in
	 * that has stopped half-way. It takes too long.
	 */
	| { type: "call.began"; call: Call; version?: string | undefined }
	| {
			type: "call.ended";
			id: number;
			at: number;
			version?: string | undefined;
			isNews: boolean;
			/** The device has changed while it was under way. */
			hasCrossed?: boolean;
			/** The cookie cache may name whoever is no more: what it has done is not known, or its cookies come late. */
			isUncertain?: boolean;
			signingIn?: HalfWay | null;
	  }
	| { type: "call.overdue"; id: number }
	/** This store has moved the version; `from` null: something else came in between. */
	| { type: "version.carried"; at: number; from: string | null; to: string }
	/** What Better Auth's session atom has settled on: a row, nobody, somebody who is not among the rows, or an error. */
	| { type: "session.seen"; id: string | null; at: number; isOvertaken?: boolean }
	| { type: "session.unknown"; at: number }
	| { type: "session.failed"; at: number }
	/** The same account as before has another name, another active organization, or the like. */
	| { type: "session.changed"; at: number }
	/** Another tab has moved the version: it changes something for `wait` ms at most, or that is over. */
	| { type: "device.moved"; version: string; isOver: boolean; at: number; wait: number }
	/** A sign-in is not half-way any more, and nobody is active; somebody was forgotten. */
	| { type: "signIn.over"; version: string; at: number }
	| { type: "ended.forgotten"; ended: readonly EndedAccount[] }
	/** Somebody comes back to the page, or it was asleep: what was known may be old. */
	| { type: "device.doubted"; at: number; now: number }
	/** It is time to look again. */
	| { type: "device.stale"; at: number }
	| { type: "device.online"; online: boolean; at: number }
	/** It is time for a read of the store's own; a cookie that was late has come by now. */
	| { type: "read.due" }
	| { type: "cookie.late" }
	/** XState's own word for a `world` that threw. */
	| { type: "xstate.error.actor.world"; error: unknown }
	/** The lock of the device has come to the command, and its requests begin: the device has this version. */
	| { type: "command.locked"; version: string }
	/** What a command's requests have come to. `unsure`: whether it took effect is not known. */
	| {
			type: "row.activated";
			row: RowData;
			crossed: readonly number[];
			left?: string | undefined;
			instead?: RowData | undefined;
	  }
	| { type: "row.revoked"; id: string }
	| { type: "row.failed"; id: string; error: OperationError; unsure: boolean }
	| { type: "command.failed"; error: OperationError; unsure: boolean }
	| { type: "command.done" }
	/** Something has changed since the command was decided: nothing was sent. */
	| { type: "command.stale"; version: string; asked: Question | null }
	| { type: "device.signedOut"; url?: string }
	/** A function of the app failed beside a command that did not. */
	| { type: "callback.failed"; error: OperationError };

/** Commands are answered by ticket, never through the context. `stopped` comes last, after `destroy`. */
export type DeviceSessionsEmitted =
	| { type: "answered"; tickets: readonly number[]; result: Result<unknown> }
	| { type: "stopped" };

/** What the `world` actor does when told to: fire Better Auth's session signal, or have the session atom look again. */
export type WorldEvent = { type: "signal" } | { type: "look" };

/**
 * How new an answer must be: one of its own (`fresh`), past the cookie cache, too (`certain`), one that is on its way
 * (`joined`), or one that came less than a second ago (`settled`), as Better Auth itself shares them between mounts.
 */
export type Freshness = "certain" | "fresh" | "joined" | "settled";

/** What a read is told. */
export interface ReadInput {
	/** How new the answer must be. */
	readonly freshness: Freshness;
	/** What a change of identity comes of: the command that is being looked up, where there is one. */
	readonly reason: IdentityChange["reason"];
	/** How many reads have failed before this one. */
	readonly attempt: number;
	/** Nothing was read before. */
	readonly first: boolean;
	/** Found active, these are no news: a switch is about to be made again. */
	readonly unless: readonly (string | null)[];
	/** The version that the machine knows. */
	readonly known: string;
}

/** Which user is active, and which row is about to be. */
export interface Question {
	readonly from: string | null;
	readonly to: string;
}

/** What the actors of every command are told: row ids, never a token. */
export interface JobBase {
	/** The store's method: what `error.operation` says. */
	readonly operation: string;
	/** The command that changes who is active. */
	readonly reason: IdentityChange["reason"];
	/** What it was decided from began at this version: where it has moved since, nothing is sent. Null: that does not matter. */
	readonly version: string | null;
	/** Other tabs have come before it too often: where only the version has moved it is sent all the same. */
	readonly insists: boolean;
	/** A switch that is made again: the app has been asked. */
	readonly again: boolean;
	/** What the app was asked, where another tab came in between. */
	readonly asked: Question | null;
	/** The id of the active row, or null. */
	readonly active: string | null;
	/** The active one is not listed: a switch away from it, or its revoke, signs it out first. */
	readonly unlisted: boolean;
}

/** What `switchTo` is told. */
export interface SwitchInput extends JobBase {
	/** The row that is to become active. */
	readonly id: string;
}

/** What `revokeRows` is told: one row, all but the active one, or the whole device. */
export type RevokeInput =
	| RevokeOneInput
	| (JobBase & { readonly scope: "others"; readonly targets: readonly string[] })
	| (JobBase & { readonly scope: "all" });

export interface RevokeOneInput extends JobBase {
	readonly scope: "one";
	readonly id: string;
	/** Who may become active instead. */
	readonly survivors: readonly string[];
	/** `next` was asked for: nobody else will do. */
	readonly chosen: boolean;
}

/** What the actor of a command is told. */
export type JobInput = SwitchInput | RevokeInput;

/** Why a read failed, and when the next one may be made by itself. */
export interface ReadFailure {
	readonly error: OperationError;
	/** The next one may do better: it is made without an occasion. */
	readonly mayPass: boolean;
	/** The same moment, in ms of the monotonic clock and in epoch ms. */
	readonly pausedUntil: number;
	readonly retryAt: number | null;
	/** Who is active, where the session could be read all the same; undefined where it could not. */
	readonly activeId?: string | null | undefined;
	/**
	 * Who is listed, where nothing was known before and of the session nobody can know whose it is; or where an earlier
	 * look of the same read has found them.
	 */
	readonly rows?: readonly RowData[] | undefined;
}

/** A complete read of the device. */
export interface Reading {
	/** Every account that the read found, without tokens. */
	readonly rows: readonly RowData[];
	/** The id of the active row, or null. */
	readonly activeId: string | null;
	/** Rows that were left out because they are malformed. */
	readonly error: OperationError | null;
	/** Nobody is active: who shall be, where the app wants somebody to be. */
	readonly successor?: string | undefined;
	/** The version of the device that it began at, and the one by the time it ended. */
	readonly version: string;
	/** The version by the time the read ended. */
	readonly newest: string;
	/** The one that the machine knew when it began: the storage may have had a newer one by then, and no message said so. */
	readonly known?: string | undefined;
	/** Who was active last on this device, and at which version, as far as its tabs knew; undefined where none did. */
	readonly lastActive: { readonly version: string; readonly id: string | null } | undefined;
	/** Another tab has made an account active since this store did. */
	readonly isOvertaken?: boolean;
	/** A sign-in is half-way: `activeId` is null then. */
	readonly signingIn?: HalfWay | null;
	/** Accounts whose session has ended elsewhere, where the app wants them remembered. */
	readonly ended?: readonly EndedAccount[];
	/** A change has begun by then and not ended: in how many ms it must be over, so that the device is read once more. */
	readonly goesOnFor?: number;
	/** When it began and when it ended, in ms of the monotonic clock; and when it ended, in epoch ms. */
	readonly began: number;
	/** When the read ended, in ms of the monotonic clock. */
	readonly at: number;
	/** When the read ended, in epoch ms. */
	readonly loadedAt: number;
}
