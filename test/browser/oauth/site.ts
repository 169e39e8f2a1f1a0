import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { toNodeHandler } from "better-auth/node";
import { magicLink, multiSession, twoFactor } from "better-auth/plugins";
import { build } from "esbuild";
import { startProvider } from "../../support/oauth-provider.js";
import { createRealServer } from "../../support/real-server.js";

const root = join(import.meta.dirname, "../../..");

/** A page that is made of the code of docs/adding-accounts.md, with what it shows written on its root element. */
const page = `
import { deviceSessions } from "./auth.ts";
import { sendLink, useToken } from "./magic-link.ts";
import { addWith } from "./oauth.ts";
import { afterSignIn } from "./returned.ts";

const { dataset } = document.documentElement;
deviceSessions.subscribe(({ sessions, isPending }) => {
	if (!isPending) dataset.accounts = sessions.map(({ user, active }) => user.name + (active ? "*" : "")).join();
});
afterSignIn().then((text) => { dataset.said = text ?? "nothing"; });
Object.assign(globalThis, { guide: { addWith, sendLink, useToken } });
`;

async function bundle(): Promise<string> {
	const folder = join(root, "test/artifacts/oauth-site");
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const text = readFileSync(join(root, "docs/adding-accounts.md"), "utf8");
	for (const [, name = "", code = ""] of text.matchAll(/^```ts\n\/\/ ([\w-]+\.ts)\n([\s\S]*?)^```$/gm)) {
		writeFileSync(join(folder, name), code);
	}
	const { outputFiles } = await build({
		stdin: { contents: page, resolveDir: folder, loader: "ts" },
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

/** That page with a real Better Auth server on its origin, and an OAuth provider on another one. */
export async function startSite() {
	const [script, provider] = await Promise.all([bundle(), startProvider()]);
	const http = createServer();
	await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
	const address = http.address();
	const url = `http://localhost:${typeof address === "object" ? address?.port : ""}`;
	const links: string[] = [];
	const requests: string[] = [];
	const server = createRealServer({
		baseURL: url,
		plugins: [
			provider.plugin(),
			magicLink({ sendMagicLink: async (link) => void links.push(link.url) }),
			twoFactor(),
			multiSession(),
		],
	});
	const auth = toNodeHandler(server.auth);
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
		provider,
		links,
		requests,
		async close() {
			http.closeAllConnections();
			await Promise.all([provider.close(), new Promise((resolve) => http.close(resolve))]);
		},
	};
}
