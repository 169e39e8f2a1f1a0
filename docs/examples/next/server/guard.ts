import { auth } from "./auth";

type User = typeof auth.$Infer.Session.user;

/**
 * Lets a request through that names the account of its cookies. What a request names is never trusted: it can only make
 * the answer a 409.
 */
export const guard =
	(handle: (user: User, request: Request) => Response | Promise<Response>) => async (request: Request) => {
		const session = await auth.api.getSession({ headers: request.headers, query: { disableRefresh: true } });
		if (!session) return Response.json({ code: "SIGNED_OUT" }, { status: 401 });
		if (request.headers.get("x-account") !== session.user.id)
			return Response.json({ code: "OTHER_ACCOUNT" }, { status: 409 });
		return handle(session.user, request);
	};
