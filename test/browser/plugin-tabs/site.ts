import { createServer } from "node:http";
import { join } from "node:path";
import { toNodeHandler } from "better-auth/node";
import { build } from "esbuild";
import { createRealServer } from "../../support/real-server.js";

/** A page with a real Better Auth server on the same origin. */
export async function startSite() {
	const { outputFiles } = await build({
		entryPoints: [join(import.meta.dirname, "page.ts")],
		tsconfig: join(import.meta.dirname, "../../../tsconfig.json"),
		bundle: true,
		write: false,
		format: "esm",
		target: "es2022",
		logLevel: "error",
	});
	const script = outputFiles[0]?.text ?? "";
	const http = createServer();
	await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
	const address = http.address();
	const url = `http://localhost:${typeof address === "object" ? address?.port : ""}`;
	const server = createRealServer({ baseURL: url });
	const auth = toNodeHandler(server.auth);
	http.on("request", (request, response) => {
		const { pathname } = new URL(request.url ?? "/", url);
		if (pathname.startsWith("/api/auth/")) return void auth(request, response);
		if (pathname === "/page.js") return void response.setHeader("content-type", "text/javascript").end(script);
		response
			.setHeader("content-type", "text/html")
			.end(
				'<!doctype html><html lang="en"><head><title>Tab</title><link rel="icon" href="data:," /><script type="module" src="/page.js"></script></head><body></body></html>',
			);
	});
	return {
		url,
		server,
		async close() {
			http.closeAllConnections();
			await new Promise((resolve) => http.close(resolve));
		},
	};
}
