import type { DeviceSessions, Result } from "../../src/index.js";
import type { TestClient } from "../../src/testing/index.js";
import type { Happening } from "./schedule.js";

/** A command of a store, as somebody asks for it, and of which row. */
export interface Asked {
	readonly what: string;
	readonly id?: string;
	readonly certain?: boolean;
	run(): Promise<Result<unknown>>;
}

/** What happens to a tab, as a command of its store; undefined where it is none. */
export function askedOf(happening: Happening, store: DeviceSessions): Asked | undefined {
	const { what } = happening;
	const rows = store.value?.sessions ?? [];
	const row = (index: number) => rows[index % rows.length]?.id ?? "nobody";
	switch (what) {
		case "setActive": {
			const id = row(happening.row);
			const { leaveUnlisted = false } = happening;
			return { what, id, run: () => store.setActive(id, { leaveUnlisted }) };
		}
		case "revoke": {
			const id = row(happening.row);
			const next = happening.next === undefined ? {} : { next: row(happening.next) };
			return { what, id, run: () => store.revoke(id, next) };
		}
		case "refetch": {
			const { certain = false } = happening;
			return { what, certain, run: () => store.refetch({ disableCookieCache: certain }) };
		}
		case "signOutOthers":
		case "signOutAll":
			return { what, run: () => store[what]() };
		default:
			return undefined;
	}
}

type Call = Extract<Happening, { what: "call" }>["path"];

/** Types a code, by a call of the app's past the store. */
export const verify = (client: TestClient, code: string): Promise<{ readonly error: unknown }> =>
	// Safe: where it is asked for, the client has the plugin that brings it.
	(client as unknown as { twoFactor: { verifyTotp(given: object): Promise<{ error: unknown }> } }).twoFactor.verifyTotp(
		{
			code,
		},
	);

/** Makes a call of the app's, past the store. */
export function makeCall(client: Pick<TestClient, Call>, path: Call): Promise<unknown> {
	switch (path) {
		case "updateUser":
			return client.updateUser({ name: "Same" });
		case "getSession":
			return client.getSession();
		case "listSessions":
			return client.listSessions();
	}
}
