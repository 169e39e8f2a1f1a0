import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import type { BetterAuthOptions } from "better-auth";
import { toNodeHandler } from "better-auth/node";
import { build } from "esbuild";
import { createRealServer } from "../support/real-server.js";

const root = join(import.meta.dirname, "../..");

/** The TypeScript of a guide, as files beside each other where their first lines name them, and a page that is made of it. */
async function bundle(guide: string, pageOf: (blocks: readonly string[]) => string): Promise<string> {
	const folder = join(root, "test/artifacts", `site-of-${guide.replace(/\W+/g, "-")}`);
	mkdirSync(folder, { recursive: true });
	const text = readFileSync(join(root, guide), "utf8");
	const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
	for (const code of blocks) {
		const [, name] = /^\/\/ ([\w-]+\.ts)\n/.exec(code) ?? [];
		if (name) writeFileSync(join(folder, name), code);
	}
	const { outputFiles } = await build({
		stdin: { contents: pageOf(blocks), resolveDir: folder, loader: "ts" },
		tsconfig: join(root, "tsconfig.json"),
		alias: { "device-sessions": join(root, "src/index.ts") },
		bundle: true,
		write: false,
		format: "esm",
		target: "es2022",
		logLevel: "error",
	});
	return outputFiles[0]?.text ?? "";
}

/** A page that is made of a guide's own code, with a real Better Auth server on its origin. */
export async function startGuideSite(
	guide: string,
	pageOf: (blocks: readonly string[]) => string,
	options: BetterAuthOptions = {},
) {
	const script = await bundle(guide, pageOf);
	const http = createServer();
	await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
	const address = http.address();
	const url = `http://localhost:${typeof address === "object" ? address?.port : ""}`;
	const requests: string[] = [];
	const auth = toNodeHandler(createRealServer({ baseURL: url, ...options }).auth);
	http.on("request", (request, response) => {
		const { pathname } = new URL(request.url ?? "/", url);
		if (pathname.startsWith("/api/auth/")) {
			requests.push(`${request.method} ${pathname.replace("/api/auth", "")}`);
			return void auth(request, response);
		}
		if (pathname === "/page.js") return void response.setHeader("content-type", "text/javascript").end(script);
		response
			.setHeader("content-type", "text/html")
			.end(
				'<!doctype html><html lang="en"><head><title>Tab</title><link rel="icon" href="data:," /><script type="module" src="/page.js"></script></head><body></body></html>',
			);
	});
	return {
		url,
		requests,
		async close() {
			http.closeAllConnections();
			await new Promise((resolve) => http.close(resolve));
		},
	};
}
