// What a user of the published package writes. install.test.ts compiles this file against the packed tarball, then runs it.
import { createAuthClient } from "better-auth/client";
import { multiSessionClient } from "better-auth/client/plugins";
import { createDeviceSessions, MultiSession } from "device-sessions";
import { GetSession } from "device-sessions/core";
import { SetActive } from "device-sessions/multi-session";

const now = new Date().toISOString();
const session = { id: "s1", token: "t1", userId: "u1", expiresAt: now, createdAt: now, updatedAt: now };
const user = { id: "u1", name: "Ada", email: "ada@example.com", emailVerified: true, createdAt: now, updatedAt: now };
const row = { session, user };

const authClient = createAuthClient({
	baseURL: "http://localhost/api/auth",
	plugins: [multiSessionClient()],
	fetchOptions: {
		customFetchImpl: async (input) => Response.json(String(input).includes("list-device-sessions") ? [row] : row),
	},
});
const deviceSessions = createDeviceSessions(authClient);
const { data: rows, error } = await deviceSessions.refetch();
const state = deviceSessions.get();
const email: string | undefined = state.active?.user.email;
const target: string | null = state.status === "switching" ? state.target : null;
const invalid = await SetActive(authClient, { sessionToken: "" });
const current = await GetSession(authClient);
deviceSessions.destroy();

// @ts-expect-error: readers cannot write
export const write = () => deviceSessions.set(state);

console.log(
	JSON.stringify({
		rows: rows?.length,
		error,
		email,
		target,
		invalid: invalid.error?.kind,
		current: current.data?.user.email,
		sameFunction: MultiSession.SetActive === SetActive,
	}),
);
