import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { toNodeHandler } from "better-auth/node";
import { bundlePage, sendPage, sendScript, serve } from "../../browser/small-site.js";
import { createRealServer } from "../../support/real-server.js";
import { type Contender, peersFolder } from "../contenders.js";

/** Who asks nothing at all is not waited for longer. */
const longest = 2_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The pages of the contenders on one origin with a real Better Auth server, whose every answer takes as long as is said. */
export async function startSite(names: readonly Contender["name"][]) {
	const scripts = new Map<string, string>();
	for (const name of names) {
		const entry = join(peersFolder, "pages", `${name}.tsx`);
		const options = { entryPoints: [entry], minify: true, define: { "process.env.NODE_ENV": '"production"' } };
		scripts.set(`/${name}.js`, await bundlePage({ ...options, jsx: "automatic" }));
	}
	const site = await serve();
	const server = createRealServer({ baseURL: site.url, maximumSessions: 20 });
	const handle = toNodeHandler(server.auth);
	const requests: string[] = [];
	let latency = 0;
	let open = 0;
	let lastAt = 0;

	async function answer(pathname: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
		requests.push(`${request.method} ${pathname.replace("/api/auth", "")}`);
		open += 1;
		response.once("close", () => {
			open -= 1;
			lastAt = performance.now();
		});
		await pause(latency);
		await handle(request, response);
	}
	site.answer((pathname, request, response) => {
		if (pathname.startsWith("/api/auth/")) return answer(pathname, request, response);
		const script = scripts.get(pathname);
		return script === undefined ? sendPage(response, { script: `${pathname}.js` }) : sendScript(response, script);
	});
	return {
		url: site.url,
		close: site.close,
		db: server.db,
		requests,
		/** The round trip of every request, from now on. */
		delay(ms: number): void {
			latency = ms;
		},
		/** Until something was asked, and then no request has been under way for so long. */
		async quiet(ms: number): Promise<void> {
			const called = performance.now();
			while (requests.length === 0 && performance.now() - called < longest) await pause(10);
			while (open > 0 || performance.now() - lastAt < ms) await pause(10);
		},
	};
}

export type Site = Awaited<ReturnType<typeof startSite>>;
