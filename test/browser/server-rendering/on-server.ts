import { createAuthClient } from "better-auth/client";
import { multiSessionClient } from "better-auth/client/plugins";
import { createDeviceSessions, type DeviceSessionsSnapshot } from "device-sessions";

/** A store made for one request, and what it sent while the page was rendered. */
export function createStore(initial: DeviceSessionsSnapshot) {
	const sent: string[] = [];
	const authClient = createAuthClient({
		baseURL: "http://localhost",
		plugins: [multiSessionClient()],
		fetchOptions: {
			customFetchImpl: async (input) => {
				sent.push(String(input));
				return new Response(null, { status: 500 });
			},
		},
	});
	return { deviceSessions: createDeviceSessions(authClient, { initial }), sent };
}
