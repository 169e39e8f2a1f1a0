import { toDeviceSessions } from "device-sessions";
import { headers } from "next/headers";
import { cache } from "react";
import { auth } from "./auth";

/** Once for each request. A page cannot hand a renewed cookie on. */
export const getSession = cache(async () =>
	auth.api.getSession({ headers: await headers(), query: { disableRefresh: true } }),
);

export async function getSnapshot() {
	const [list, session] = await Promise.all([auth.api.listDeviceSessions({ headers: await headers() }), getSession()]);
	return toDeviceSessions(list, session);
}
