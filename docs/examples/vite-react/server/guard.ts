import { createMiddleware } from "hono/factory";
import { auth } from "./auth";

type User = typeof auth.$Infer.Session.user;

/**
 * Lets a request through that names the account of its cookies. What a request names is never trusted: it can only make
 * the answer a 409.
 */
export const guard = createMiddleware<{ Variables: { user: User } }>(async ({ req, json, set }, next) => {
	// Nothing here hands a renewed cookie on.
	const session = await auth.api.getSession({ headers: req.raw.headers, query: { disableRefresh: true } });
	if (!session) return json({ code: "SIGNED_OUT" }, 401);
	if (req.header("x-account") !== session.user.id) return json({ code: "OTHER_ACCOUNT" }, 409);
	set("user", session.user);
	await next();
});
