import type { H3Event } from "h3";

type User = typeof auth.$Infer.Session.user;

/** Calls a handler if the request names the account of its cookies. What a request names is only compared. */
export const defineAccountHandler = <Result>(handler: (user: User, event: H3Event) => Result) =>
	defineEventHandler(async (event) => {
		// Nothing here hands a renewed cookie on.
		const session = await auth.api.getSession({ headers: event.headers, query: { disableRefresh: true } });
		if (!session) throw createError({ statusCode: 401, data: { code: "SIGNED_OUT" } });
		if (getHeader(event, "x-account") !== session.user.id)
			throw createError({ statusCode: 409, data: { code: "OTHER_ACCOUNT" } });
		return handler(session.user, event);
	});
