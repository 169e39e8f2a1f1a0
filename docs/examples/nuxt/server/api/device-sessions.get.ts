import { toDeviceSessions } from "device-sessions";

export default defineEventHandler(async ({ headers }) => {
	const [list, session] = await Promise.all([
		auth.api.listDeviceSessions({ headers }),
		auth.api.getSession({ headers, query: { disableRefresh: true } }),
	]);
	return toDeviceSessions(list, session);
});
