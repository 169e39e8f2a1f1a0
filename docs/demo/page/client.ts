import { createAuthClient } from "better-auth/client";
import { organizationClient, twoFactorClient } from "better-auth/client/plugins";
import { deviceSessionsClient } from "device-sessions";
import { maximumSessions } from "../people.js";
import { inspect } from "./inspector.js";
import { loggedFetch } from "./network.js";
import { watch } from "./transitions.js";

type Listener = (userId: string | null) => void;
const listeners = new Set<Listener>();

/** Tells who is active on the server, before the page shows it: what was there for the account before has to go. */
export function onIdentityChange(listener: Listener): void {
	listeners.add(listener);
}

export const authClient = createAuthClient({
	plugins: [
		deviceSessionsClient({
			maximumSessions,
			// A demo on one's own machine: elsewhere, whoever sits at the device could read the names.
			rememberEnded: true,
			onIdentityChange: ({ to }) => {
				for (const listener of listeners) listener(to?.user.id ?? null);
			},
			inspect: (event) => {
				watch(event);
				inspect(event);
			},
		}),
		organizationClient(),
		twoFactorClient(),
	],
	fetchOptions: { customFetchImpl: loggedFetch },
});

export const { deviceSessions } = authClient;

export type State = ReturnType<typeof deviceSessions.get>;
export type Row = State["sessions"][number];
