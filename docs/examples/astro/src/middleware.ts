import { defineMiddleware } from "astro:middleware";
import { auth } from "./server/auth";

const refuse = (status: number, code: string) => Response.json({ code }, { status });

/** What a request names is never trusted: it is only compared with the account of its cookies. */
export const onRequest = defineMiddleware(
	async ({ request: { headers }, url: { pathname }, locals, redirect }, next) => {
		if (pathname.startsWith("/api/auth/")) return next();

		// Nothing here hands a renewed cookie on.
		const session = await auth.api.getSession({ headers, query: { disableRefresh: true } });
		locals.user = session?.user ?? null;
		if (pathname.startsWith("/api/")) {
			if (!locals.user) return refuse(401, "SIGNED_OUT");
			if (headers.get("x-account") !== locals.user.id) return refuse(409, "OTHER_ACCOUNT");
		}
		return pathname === "/notes" && !locals.user ? redirect("/sign-in", 303) : next();
	},
);
