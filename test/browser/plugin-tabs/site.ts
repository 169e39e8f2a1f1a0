import { join } from "node:path";
import { toNodeHandler } from "better-auth/node";
import type { BuildOptions } from "esbuild";
import { createRealServer } from "../../support/real-server.js";
import { bundlePage, sendPage, sendScript, serve } from "../small-site.js";

/**
 * A page with a real Better Auth server on the same origin.
 *
 * @param others the same page bundled in another way, each at an address of its name
 */
export async function startSite(others: Readonly<Record<string, BuildOptions>> = {}) {
	const entryPoints = [join(import.meta.dirname, "page.ts")];
	const ways = Object.entries({ page: {}, ...others });
	const bundled = await Promise.all(ways.map(([, options]) => bundlePage({ ...options, entryPoints })));
	const scripts = new Map(ways.map(([name], index) => [`/${name}.js`, bundled[index] ?? ""]));
	const site = await serve();
	const auth = toNodeHandler(createRealServer({ baseURL: site.url }).auth);
	site.answer((pathname, request, response) => {
		if (pathname.startsWith("/api/auth/")) return auth(request, response);
		const script = scripts.get(pathname);
		if (script !== undefined) return sendScript(response, script);
		const own = `${pathname}.js`;
		return sendPage(response, scripts.has(own) ? { script: own } : {});
	});
	return site;
}
