import type { ReadableAtom } from "nanostores";
import type { Actor } from "xstate";
import type { OperationError, Result } from "../../errors.js";
import type { DeviceSessionsMachine } from "../machine/names.js";
import type {
	DeviceSession,
	DeviceSessionsSnapshot,
	DeviceSessionsState,
	EndedAccount,
	Revoked,
	RevokedMany,
	SessionOf,
	SignedOut,
	UserOf,
} from "../types.js";

/** The actor behind a store: for an inspector, `useSelector` or a test. */
export type DeviceSessionsActor = Actor<DeviceSessionsMachine>;

/**
 * The accounts signed in on this device, as a read-only nanostore with methods. Every command returns a `Result` and
 * never rejects, so a click handler may ignore it.
 *
 * @example
 * deviceSessions.subscribe((state) => render(state));
 * const { data, error } = await deviceSessions.setActive(row.id);
 */
export interface DeviceSessions<U = UserOf<unknown>, S = SessionOf<unknown>>
	extends ReadableAtom<DeviceSessionsState<U, S>> {
	/** Every account of the device. Silent when none of them has changed. */
	readonly $sessions: ReadableAtom<readonly DeviceSession<U, S>[]>;
	/** The active account, or null. */
	readonly $active: ReadableAtom<DeviceSession<U, S> | null>;
	/** What the store is doing. */
	readonly $status: ReadableAtom<DeviceSessionsState["status"]>;
	/** The last error, or null. */
	readonly $error: ReadableAtom<OperationError | null>;
	/** The XState actor behind the store, one for its whole life. */
	readonly actor: DeviceSessionsActor;

	/**
	 * Reads the list and the session, the session as `useSession` does: from Better Auth's cookie cache where that is on,
	 * unless `disableCookieCache: true` is passed.
	 */
	refetch(options?: { disableCookieCache?: boolean }): Promise<Result<readonly DeviceSession<U, S>[]>>;
	/**
	 * Switches to another account, in one round trip. The last click wins: a switch that waits is `superseded` by a newer
	 * one. Away from an active account that the server does not list it returns `active-unlisted`, unless
	 * `leaveUnlisted` says to sign that one out first.
	 *
	 * @example
	 * const { error } = await deviceSessions.setActive(row.id);
	 * if (error?.kind === "active-unlisted") await deviceSessions.setActive(row.id, { leaveUnlisted: true });
	 */
	setActive(id: string, options?: { leaveUnlisted?: boolean }): Promise<Result<DeviceSession<U, S>>>;
	/**
	 * Signs one account out. Of the active one the survivor is made active first: `next`, else the one last used on this
	 * device. An account that is gone already is success.
	 *
	 * @example
	 * await deviceSessions.revoke(row.id, { next: other.id });
	 */
	revoke(id: string, options?: { next?: string }): Promise<Result<Revoked<U, S>>>;
	/**
	 * Ends a sign-in that has stopped half-way: the account that was active before is again, and is returned. With nothing
	 * half-way it returns the active account and sends nothing.
	 *
	 * @example
	 * if (state.signingIn) await deviceSessions.cancelSignIn();
	 */
	cancelSignIn(): Promise<Result<DeviceSession<U, S> | null>>;
	/**
	 * Forgets an account that has ended, and returns those that are still remembered.
	 *
	 * @param id the user's id, as in `state.ended`
	 * @example
	 * await deviceSessions.forget(ended.id);
	 */
	forget(id: string): Promise<Result<readonly EndedAccount[]>>;
	/** Signs out every account but the active one. A `partial` failure says which were and which were not. */
	signOutOthers(): Promise<Result<RevokedMany>>;
	/** Signs out the whole device in one request. Where an identity provider wants the browser to go is in `url`. */
	signOutAll(): Promise<Result<SignedOut>>;
	/**
	 * Takes rows that a server rendered into a store of the whole page, before the first render. Does nothing on a server,
	 * where requests share the store, nor over what is known already. The next read finds the tokens.
	 *
	 * @param snapshot What `toDeviceSessions` made. It is checked: where it cannot be taken, the error is in the state too.
	 * @example
	 * deviceSessions.hydrate(JSON.parse(document.querySelector("#device-sessions")?.textContent ?? "null"));
	 */
	hydrate(snapshot: DeviceSessionsSnapshot): Result<readonly DeviceSession<U, S>[]>;
	/** Lets what was sent finish, then stops everything. Commands that wait, and later ones, return `destroyed`. */
	destroy(): Promise<void>;
}
