import type { OperationError } from "../errors.js";
import type { Session, User } from "../schemas.js";

type Tokenless<T> = { readonly [Key in keyof T as Key extends "token" ? never : Key]: T[Key] };
type TokenlessSession = Tokenless<Session>;
interface Inferring {
	readonly $Infer: { readonly Session: { readonly session: object; readonly user: object } };
}

// `Readonly` stands outside of the conditions, and nothing is inferred in them: else `ReturnType<typeof createDeviceSessions>`
// is `any`, which TypeScript answers where two readings of a generic function's result differ.

/** What the sessions of a client's rows hold: the custom fields that Better Auth infers for it, never the token. */
export type SessionOf<Client> = Readonly<
	Client extends Inferring ? Tokenless<Client["$Infer"]["Session"]["session"]> : TokenlessSession
>;
/** What the users of a client's rows hold. */
export type UserOf<Client> = Readonly<Client extends Inferring ? Client["$Infer"]["Session"]["user"] : User>;

/** A client whose rows hold what the app's own schemas answer as well. */
export interface Checked<Client, Schemas> {
	readonly $Infer: {
		readonly Session: {
			readonly session: With<SessionOf<Client>, Schemas, "session">;
			readonly user: With<UserOf<Client>, Schemas, "user">;
		};
	};
}
type With<Known, Schemas, Part extends string> = Schemas extends { readonly [Key in Part]: Schema }
	? Omit<Known, keyof OutputOf<Schemas[Part]>> & OutputOf<Schemas[Part]>
	: Known;
/** As Valibot's schemas say what they answer. */
interface Schema {
	readonly "~types"?: { readonly output: unknown } | undefined;
}
type OutputOf<S extends Schema> = NonNullable<S["~types"]>["output"];

/**
 * One account that is signed in on this device. Frozen; the same object for as long as nothing in it changes. With
 * custom fields it is `DeviceSession<UserOf<typeof authClient>, SessionOf<typeof authClient>>`.
 *
 * @example
 * sessions.map(({ id, user, active }) => render(id, user.name, active));
 */
export interface DeviceSession<U = Readonly<User>, S = TokenlessSession> {
	/** The session's id; where the server leaves it out, `${userId}:${createdAt}` with an ISO date. Never the token. */
	readonly id: string;
	/** The session, without its token. */
	readonly session: S;
	/** The user of the session, with your custom fields. */
	readonly user: U;
	/** Requests go out as this account. */
	readonly active: boolean;
	/** False: active, but unknown to list-device-sessions, so that a plain switch would lose it. */
	readonly listed: boolean;
	/** When it was last active on this device, in epoch ms, as far as that is known: for the active one, since when it is. */
	readonly lastActiveAt: number | null;
}

/**
 * An account whose session on this device has ended, kept with the option `rememberEnded`: to offer to sign in again.
 *
 * @example
 * ended.map(({ email }) => renderSignInAgain(email));
 */
export interface EndedAccount {
	/** The user's id: what `forget` takes. */
	readonly id: string;
	/** The name, as it was last read. */
	readonly name: string | null;
	/** The email address, as it was last read. */
	readonly email: string | null;
	/** The address of a picture, as it was last read. */
	readonly image: string | null;
	/** When this device noticed, in epoch ms. */
	readonly endedAt: number;
}

/** A sign-in that has stopped half-way. */
export interface SigningIn<U = Readonly<User>, S = TokenlessSession> {
	/** Who was active before, and is again after `cancelSignIn`. */
	readonly from: DeviceSession<U, S> | null;
}

/** What the server says of one account, already without its token. */
export type RowData = Pick<Row, "id" | "session" | "user" | "listed" | "hidden"> & {
	readonly lastActiveAt?: number | null | undefined;
};

/** An account of the device, as the machine knows it. */
export interface Row extends DeviceSession {
	/** It is not shown: it is an account all the same, and has nothing but its id here. */
	readonly hidden?: true;
}

/**
 * Who was active and who is, where the users differ. `from` is as the page last knew it.
 *
 * @example
 * createDeviceSessions(authClient, { onIdentityChange: ({ from, to, reason }) => console.log(from?.id, to?.id, reason) });
 */
export interface IdentityChange<U = Readonly<User>, S = TokenlessSession> {
	/** Who was active, as far as this page knows; null for nobody. */
	readonly from: DeviceSession<U, S> | null;
	/** Who is active; null for nobody. */
	readonly to: DeviceSession<U, S> | null;
	/** The command that did it; `promote`, the option; `external`: a sign-in, another tab, a session that ended elsewhere. */
	readonly reason: "setActive" | "revoke" | "signOutAll" | "promote" | "external";
}

/** What a switch is about to do. */
export interface SwitchChange<U = Readonly<User>, S = TokenlessSession> extends IdentityChange<U, S> {
	/** Who is about to be active. */
	readonly to: DeviceSession<U, S>;
}

/** The rows that a server rendered: what `toDeviceSessions` makes, and what `hydrate` and the option `initial` take. */
export interface DeviceSessionsSnapshot {
	/** The form of the snapshot. */
	readonly version: 1;
	/** Every account of the device, without tokens. */
	readonly sessions: readonly SnapshotRow[];
	/** The id of the active row. */
	readonly active: string | null;
}

/** Dates are texts once it has gone through JSON; custom fields are there, and of no type that every serializer takes. */
interface SnapshotRow {
	readonly id: string;
	readonly session: Pick<
		Serialized<Session>,
		"id" | "userId" | "expiresAt" | "createdAt" | "updatedAt" | "ipAddress" | "userAgent"
	>;
	readonly user: Pick<
		Serialized<User>,
		"id" | "name" | "email" | "emailVerified" | "image" | "createdAt" | "updatedAt"
	>;
	readonly listed: boolean;
}
type Serialized<T> = { readonly [Key in keyof T]: T[Key] extends Date ? Date | string : T[Key] };

/** What is known of the device, whatever the store is doing. */
export interface Known<U = Readonly<User>, S = TokenlessSession> {
	/** Nothing known yet: not the same as "no accounts". */
	readonly isPending: boolean;
	/** Every account of the device, in a stable order; the active one too where the server does not list it. */
	readonly sessions: readonly DeviceSession<U, S>[];
	/** The active account: the same object as its row in `sessions`. */
	readonly active: DeviceSession<U, S> | null;
	/** A sign-in has stopped half-way, in any tab: a second factor is asked for, and nobody is active until it is over. */
	readonly signingIn: SigningIn<U, S> | null;
	/** How many accounts the device can hold: the option `maximumSessions`. */
	readonly limit: number | null;
	/** It holds as many: the next one that signs in is not listed. */
	readonly isFull: boolean;
	/** Accounts whose session on this device has ended, the latest first. Empty without the option `rememberEnded`. */
	readonly ended: readonly EndedAccount[];
	/** What went wrong last: a command's failure until the next command, else a read's until the next good read. */
	readonly error: OperationError | null;
	/** When the device was last read completely, in epoch ms. */
	readonly loadedAt: number | null;
	/** When the next attempt is due, in epoch ms, while one is scheduled. */
	readonly retryAt: number | null;
}

/**
 * The value of the store, discriminated by `status`.
 *
 * @example
 * if (state.status === "switching") markBusy(state.target);
 */
export type DeviceSessionsState<U = Readonly<User>, S = TokenlessSession> =
	| ({ readonly status: "idle" } & Known<U, S>)
	| ({ readonly status: "loading" } & Known<U, S>)
	| ({
			readonly status: "switching";
			/** The row id on its way to become active. */
			readonly target: string;
	  } & Known<U, S>)
	| ({
			readonly status: "revoking";
			/** The row ids to be signed out. */
			readonly targets: readonly string[];
			/** How many of them are settled. */
			readonly done: number;
	  } & Known<U, S>);

/** What `revoke` returns. */
export interface Revoked<U = Readonly<User>, S = TokenlessSession> {
	/** The row that is gone. */
	readonly revoked: string;
	/** Who is active now. */
	readonly active: DeviceSession<U, S> | null;
}
/** What `signOutOthers` returns. */
export interface RevokedMany {
	/** The rows that are gone. */
	readonly revoked: readonly string[];
}
/** What `signOutAll` returns. */
export interface SignedOut extends RevokedMany {
	/** Where an identity provider wants the browser to go, where the server sends it. */
	readonly url?: string;
}
