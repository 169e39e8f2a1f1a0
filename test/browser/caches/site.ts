import { join } from "node:path";
import { fromNodeHeaders, toNodeHandler } from "better-auth/node";
import { buildSchema, graphql } from "graphql";
import { createRealServer } from "../../support/real-server.js";
import { bundlePage, sendPage, sendScript, serve } from "../small-site.js";

export const kinds = ["tanstack", "tanstack-persisted", "swr", "apollo", "fetch", "obvious"] as const;

/** A site with mail for whoever the cookies say: as text, and by GraphQL. */
export async function startSite() {
	const scripts = new Map<string, string>(
		await Promise.all(
			kinds.map(async (kind) => {
				const entry = join(import.meta.dirname, kind === "fetch" ? "fetch.ts" : `${kind}.tsx`);
				const define = { "process.env.NODE_ENV": '"production"' };
				return [`/${kind}.js`, await bundlePage({ entryPoints: [entry], jsx: "automatic", define })] as const;
			}),
		),
	);
	const site = await serve();
	const { auth } = createRealServer({ baseURL: site.url });
	const handler = toNodeHandler(auth);
	const schema = buildSchema("type Query { mail: String! }");

	site.answer(async (pathname, request, response) => {
		if (pathname.startsWith("/api/auth/")) return handler(request, response);
		const script = scripts.get(pathname);
		if (script !== undefined) return sendScript(response, script);
		if (pathname !== "/api/mail" && pathname !== "/graphql") {
			return sendPage(response, { script: `${pathname}.js`, body: '<p id="who"></p><p id="mail"></p>' });
		}
		const session = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
		const mail = `mail of ${session?.user.name ?? "nobody"}`;
		if (pathname === "/api/mail") return response.end(mail);
		const { data, errors } = await graphql({ schema, source: "query { mail }", rootValue: { mail } });
		return response.setHeader("content-type", "application/json").end(JSON.stringify({ data, errors }));
	});
	return site;
}
