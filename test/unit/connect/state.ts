import { vi } from "vitest";
import type { DeviceSession, DeviceSessions, DeviceSessionsState, EndedAccount } from "../../../src/index.js";
import { OperationError, type OperationErrorKind } from "../../../src/index.js";

const date = new Date(0);

export function account(name: string, given: Partial<DeviceSession> & { email?: string } = {}): DeviceSession {
	const { email = `${name.toLowerCase()}@example.com`, ...rest } = given;
	const id = rest.id ?? name;
	return {
		id,
		session: { id, userId: id, createdAt: date, updatedAt: date, expiresAt: date },
		user: { id: `user-${id}`, name, email, emailVerified: true, createdAt: date, updatedAt: date },
		active: false,
		listed: true,
		lastActiveAt: null,
		...rest,
	};
}

export function ended(name: string): EndedAccount {
	return { id: `user-${name}`, name, email: `${name.toLowerCase()}@example.com`, image: null, endedAt: 0 };
}

type Given = Partial<Extract<DeviceSessionsState, { status: "idle" | "loading" }>>;

/** Ada is active and Bob is there, unless something else is given. `active` follows from the rows. */
export function stateOf(given: Given & { switching?: string; revoking?: readonly string[] } = {}): DeviceSessionsState {
	const { switching, revoking, ...rest } = given;
	const sessions = rest.sessions ?? [ada, bob];
	const known = {
		isPending: false,
		sessions,
		active: sessions.find(({ active }) => active) ?? null,
		error: null,
		loadedAt: 0,
		retryAt: null,
		signingIn: null,
		limit: null,
		isFull: false,
		ended: [],
		...rest,
	};
	if (switching !== undefined) return { ...known, status: "switching", target: switching };
	if (revoking) return { ...known, status: "revoking", targets: revoking, done: 0 };
	return { ...known, status: rest.status ?? "idle" };
}

export const ada = account("Ada", { active: true });
export const bob = account("Bob");
/** The same two, after a switch. */
export const adaLeft = account("Ada");
export const bobActive = account("Bob", { active: true });

export const errorOf = (kind: OperationErrorKind, operation = "setActive") =>
	new OperationError(kind, operation, "For developers.");

/** A store that remembers which commands were called, and how. */
export function recordingStore() {
	const calls: unknown[][] = [];
	const record =
		(name: string) =>
		(...given: unknown[]) => {
			calls.push([name, ...given]);
			return new Promise(() => {});
		};
	const names = ["refetch", "setActive", "revoke", "signOutAll", "cancelSignIn", "forget"];
	// Safe: connect calls commands and nothing else.
	const store = Object.fromEntries(names.map((name) => [name, record(name)])) as unknown as DeviceSessions;
	return { store, calls };
}

/** What a framework hands to a handler. */
export const click = () => ({ preventDefault: vi.fn() });
