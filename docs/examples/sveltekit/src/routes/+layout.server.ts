import { toDeviceSessions } from "device-sessions";
import { auth } from "../lib/server/auth";
import type { LayoutServerLoad } from "./$types";

export const load: LayoutServerLoad = async ({ request: { headers } }) => {
	const [list, session] = await Promise.all([
		auth.api.listDeviceSessions({ headers }),
		auth.api.getSession({ headers, query: { disableRefresh: true } }),
	]);
	return { snapshot: toDeviceSessions(list, session) };
};
