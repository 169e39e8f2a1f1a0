import type { DeviceSession, EndedAccount } from "../device-sessions/types.js";
import type { OperationError } from "../errors.js";

/** The commands of the element, by their names in the store. */
export type AccountSwitcherCommand = "setActive" | "revoke" | "signOutAll" | "refetch" | "cancelSignIn";

/**
 * What the element tells. All of them bubble and leave a shadow root. The first four can be prevented: then the element
 * does nothing.
 *
 * @example
 * switcher.addEventListener("account-switched", ({ detail }) => greet(detail.account.user.name));
 */
export interface AccountSwitcherEventMap {
	/** Somebody chooses an account. */
	"account-select": CustomEvent<{ account: DeviceSession }>;
	/** Somebody wants one account more. Else `add-href` is followed. */
	"account-add": CustomEvent<Record<never, never>>;
	/** Somebody signs one account out, or all of them. */
	"account-sign-out": CustomEvent<{ accounts: DeviceSession[] }>;
	/** Somebody wants to sign in again. Else `add-href` is followed. */
	"account-reauthenticate": CustomEvent<{ account: EndedAccount }>;
	/** This element has switched. */
	"account-switched": CustomEvent<{ account: DeviceSession }>;
	/** This element has signed out. `url`: where an identity provider wants the browser to go. */
	"account-signed-out": CustomEvent<{ ids: string[]; url?: string }>;
	/** Somebody else is active, and this element has not done it: another tab, a sign-in, a command of the app's. */
	"account-changed": CustomEvent<{ from: DeviceSession | null; to: DeviceSession | null; reason: string }>;
	/** A command of this element has failed. Not for one that was superseded or refused. */
	"account-error": CustomEvent<{ error: OperationError; command: AccountSwitcherCommand }>;
}

type Detail<Name extends keyof AccountSwitcherEventMap> = AccountSwitcherEventMap[Name]["detail"];
export type Emit = <Name extends keyof AccountSwitcherEventMap>(
	name: Name,
	detail: Detail<Name>,
	cancelable?: boolean,
) => boolean;

/** Sends events; what is sent returns false where it was prevented. */
export const emitter =
	(host: EventTarget): Emit =>
	(type, detail, cancelable = false) =>
		host.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, cancelable, detail }));
