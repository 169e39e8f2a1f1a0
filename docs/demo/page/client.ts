import { createAuthClient } from "better-auth/client";
import { multiSessionClient, organizationClient, twoFactorClient } from "better-auth/client/plugins";
import { createDeviceSessions } from "device-sessions";
import { maximumSessions } from "../people.js";
import { inspect } from "./inspector.js";
import { loggedFetch } from "./network.js";
import { watch } from "./transitions.js";

export const authClient = createAuthClient({
	plugins: [multiSessionClient(), organizationClient(), twoFactorClient()],
	fetchOptions: { customFetchImpl: loggedFetch },
});

export const deviceSessions = createDeviceSessions(authClient, {
	maximumSessions,
	inspect: (event) => {
		watch(event);
		inspect(event);
	},
});

export type State = ReturnType<typeof deviceSessions.get>;
export type Row = State["sessions"][number];
export type Problem = NonNullable<State["error"]>;
