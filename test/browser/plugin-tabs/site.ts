import { join } from "node:path";
import { toNodeHandler } from "better-auth/node";
import { createRealServer } from "../../support/real-server.js";
import { bundlePage, sendPage, sendScript, serve } from "../small-site.js";

/** A page with a real Better Auth server on the same origin. */
export async function startSite() {
	const script = await bundlePage({ entryPoints: [join(import.meta.dirname, "page.ts")] });
	const site = await serve();
	const auth = toNodeHandler(createRealServer({ baseURL: site.url }).auth);
	site.answer((pathname, request, response) => {
		if (pathname.startsWith("/api/auth/")) return auth(request, response);
		return pathname === "/page.js" ? sendScript(response, script) : sendPage(response, {});
	});
	return site;
}
