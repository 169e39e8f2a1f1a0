import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BetterAuthOptions } from "better-auth";
import { toNodeHandler } from "better-auth/node";
import { createRealServer } from "../support/real-server.js";
import { bundlePage, sendPage, sendScript, serve } from "./small-site.js";

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
	return bundlePage({
		stdin: { contents: pageOf(blocks), resolveDir: folder, loader: "ts" },
		alias: { "device-sessions": join(root, "src/index.ts") },
	});
}

/** A page that is made of a guide's own code, with a real Better Auth server on its origin. */
export async function startGuideSite(
	guide: string,
	pageOf: (blocks: readonly string[]) => string,
	options: BetterAuthOptions = {},
) {
	const script = await bundle(guide, pageOf);
	const requests: string[] = [];
	const site = await serve();
	const auth = toNodeHandler(createRealServer({ baseURL: site.url, ...options }).auth);
	site.answer((pathname, request, response) => {
		if (pathname === "/page.js") return sendScript(response, script);
		if (!pathname.startsWith("/api/auth/")) return sendPage(response, {});
		requests.push(`${request.method} ${pathname.replace("/api/auth", "")}`);
		return auth(request, response);
	});
	return { ...site, requests };
}
