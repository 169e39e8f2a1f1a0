import { json, redirect } from "@sveltejs/kit";
import type { Handle } from "@sveltejs/kit/hooks";
import { auth } from "./lib/server/auth";

/** What a request names is never trusted: it is only compared with the account of its cookies. */
export const handle: Handle = async ({ event, resolve }) => {
	const { request, url, locals } = event;
	if (url.pathname.startsWith("/api/auth/")) return auth.handler(request);

	// Nothing here hands a renewed cookie on.
	const session = await auth.api.getSession({ headers: request.headers, query: { disableRefresh: true } });
	locals.user = session?.user ?? null;
	// By the route, not by the address: `/%61pi/notes` leads there as well.
	if (event.route.id?.startsWith("/api/")) {
		if (!locals.user) return json({ code: "SIGNED_OUT" }, { status: 401 });
		if (request.headers.get("x-account") !== locals.user.id) return json({ code: "OTHER_ACCOUNT" }, { status: 409 });
	}
	if (url.pathname === "/notes" && !locals.user) redirect(303, "/sign-in");
	return resolve(event);
};
