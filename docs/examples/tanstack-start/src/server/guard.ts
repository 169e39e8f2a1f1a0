import { createMiddleware } from "@tanstack/react-start";
import { auth } from "./auth";

const refuse = (status: number, code: string) => Response.json({ code }, { status });

/** What a request names is never trusted: it is only compared with the account of its cookies. */
export const guard = createMiddleware().server(async ({ request: { headers }, next }) => {
	// Nothing here hands a renewed cookie on.
	const session = await auth.api.getSession({ headers, query: { disableRefresh: true } });
	if (!session) return refuse(401, "SIGNED_OUT");
	if (headers.get("x-account") !== session.user.id) return refuse(409, "OTHER_ACCOUNT");
	return next({ context: { user: session.user } });
});
