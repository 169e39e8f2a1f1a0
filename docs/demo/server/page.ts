import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import vue from "@vitejs/plugin-vue";
import { build } from "vite";
import solid from "vite-plugin-solid";
import { addressOf } from "./front-door.js";

const root = join(import.meta.dirname, "../page");

const types: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".woff2": "font/woff2",
};

const headers = {
	// Not `no-store`: it would keep the page out of the back-forward cache.
	"cache-control": "no-cache",
	"content-security-policy": "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
	"referrer-policy": "no-referrer",
	"x-content-type-options": "nosniff",
};

/** Vite builds the page into memory: nothing to serve from disk, no second server, no websocket to close. */
export async function buildPage(): Promise<(request: IncomingMessage, response: ServerResponse) => void> {
	const built = await build({
		root,
		configFile: false,
		logLevel: "warn",
		// Two kinds of JSX: Solid's is known by its folder, the rest is React's, which Vite knows by itself.
		plugins: [vue(), svelte({ configFile: false }), solid({ include: /\/recipes\/solid\/.*\.tsx$/ })],
		// `device-sessions` is ../../src here, so that a change of the library shows without building it. The paths of
		// tsconfig.json do not count in files of Vue and Svelte.
		resolve: {
			tsconfigPaths: true,
			alias: { "device-sessions/connect": join(root, "../../../src/connect/index.ts") },
		},
		build: {
			write: false,
			target: "es2022",
			modulePreload: false,
			// How long each plugin took is nothing for the one who starts a demo.
			rolldownOptions: { checks: { pluginTimings: false } },
		},
	});
	if (!("output" in built)) throw new Error("Vite built something else than one page.");
	const files = new Map(
		built.output.map((file) => [`/${file.fileName}`, file.type === "chunk" ? file.code : file.source]),
	);

	return (request, response) => {
		const { pathname } = addressOf(request);
		const path = pathname === "/" ? "/index.html" : pathname;
		const body = files.get(path);
		if (body === undefined) response.writeHead(404, { ...headers, "content-type": "text/plain" }).end("Not found");
		else
			response
				.writeHead(200, { ...headers, "content-type": types[extname(path)] ?? "application/octet-stream" })
				.end(request.method === "HEAD" ? undefined : body);
	};
}
