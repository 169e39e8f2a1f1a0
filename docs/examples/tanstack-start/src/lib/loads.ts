import { redirect } from "@tanstack/react-router";
import { createIsomorphicFn, createServerFn } from "@tanstack/react-start";
import { getRequestHeaders, setResponseStatus } from "@tanstack/react-start/server";
import { toDeviceSessions } from "device-sessions";
import { auth } from "../server/auth";
import { notesOf } from "../server/notes";

const getSession = (headers: Headers) => auth.api.getSession({ headers, query: { disableRefresh: true } });

export const loadSnapshot = createServerFn().handler(async () => {
	const headers = getRequestHeaders();
	const [list, session] = await Promise.all([auth.api.listDeviceSessions({ headers }), getSession(headers)]);
	return toDeviceSessions(list, session);
});

/** `null` where a link means another account. `means` is the id of its user. */
export const loadNotes = createServerFn()
	.validator((means: string | undefined) => means)
	.handler(async ({ data: means }) => {
		const session = await getSession(getRequestHeaders());
		if (!session) throw redirect({ to: "/sign-in" });
		const { id, name } = session.user;
		return means === undefined || means === id ? { user: { id, name }, notes: notesOf(id) } : null;
	});

/** The status of a page that the server renders. */
export const setPageStatus = createIsomorphicFn().server((status: number) => setResponseStatus(status));
