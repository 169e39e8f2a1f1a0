import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { createInspectorServer } from "@statelyai/inspect/server";
import { toNodeHandler } from "better-auth/node";
import { build } from "esbuild";
import { createRealServer } from "../../support/real-server.js";

const root = join(import.meta.dirname, "../../..");

/** The code of a recipe, as docs/inspector.md shows it. */
function recipe(title: string): string {
	const page = readFileSync(join(root, "docs/inspector.md"), "utf8");
	const section = page.split(new RegExp(`^## ${title}$`, "m"))[1]?.split(/^## /m)[0] ?? "";
	const blocks = [...section.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code ?? "");
	const [found] = blocks.filter((code) => code.includes("createDeviceSessions"));
	if (!found) throw new Error(`docs/inspector.md has no recipe "${title}"`);
	return found;
}

/** Replaces what must be there. */
function replace(code: string, what: string, by: string): string {
	if (!code.includes(what)) throw new Error(`The recipe has no ${what}`);
	return code.replace(what, by);
}

async function bundle(contents: string): Promise<string> {
	const { outputFiles } = await build({
		stdin: { contents, resolveDir: import.meta.dirname, loader: "ts" },
		tsconfig: join(root, "tsconfig.json"),
		bundle: true,
		format: "esm",
		target: "es2022",
		write: false,
	});
	return outputFiles[0]?.text ?? "";
}

async function freePort(): Promise<number> {
	const server = createTcpServer();
	await new Promise<void>((resolve) => server.listen(0, resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === "object" && address ? address.port : 0;
}

export const ways = ["In the browser", "Over WebSocket"] as const;
export type Way = (typeof ways)[number];

/** An app made of a recipe, on a real Better Auth server, and the page that its inspector posts to. */
export async function startSite(way: Way, wrapper: "redact" | "nothing") {
	const http = createServer();
	await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
	const address = http.address();
	const url = `http://localhost:${typeof address === "object" ? address?.port : ""}`;
	const server = createRealServer({
		baseURL: url,
		user: { additionalFields: { phone: { type: "string", defaultValue: "+1 555 0100" } } },
	});
	const auth = toNodeHandler(server.auth);
	const port = await freePort();
	const bridge = createInspectorServer({ port, url: `${url}/inspector`, autoOpen: false });

	let code = recipe(way);
	code =
		way === "In the browser"
			? replace(code, "autoStart: false", `autoStart: false, url: "${url}/inspector"`)
			: replace(code, "ws://localhost:8080", `ws://localhost:${port}`);
	if (wrapper === "nothing") code = code.replace(/redact\(((?:inspector\.)?inspect)\)/, "$1");
	const scripts: Record<string, string> = {
		"/app.js": await bundle(`${code}\nObject.assign(globalThis, { deviceSessions });`),
		"/inspector.js": await bundle(readFileSync(join(import.meta.dirname, "receiver.ts"), "utf8")),
	};
	http.on("request", (request, response) => {
		const { pathname } = new URL(request.url ?? "/", url);
		if (pathname.startsWith("/api/auth/")) return void auth(request, response);
		const script = scripts[pathname];
		if (script !== undefined) return void response.setHeader("content-type", "text/javascript").end(script);
		const name = pathname === "/inspector" ? "inspector" : "app";
		response.setHeader("content-type", "text/html; charset=utf-8").end(
			`<!doctype html><html lang="en"><head><title>${name}</title><link rel="icon" href="data:," /></head>
<body><button id="inspect" type="button">Inspect</button><script type="module" src="/${name}.js"></script></body></html>`,
		);
	});
	return {
		url,
		/** The page between the WebSocket and the inspector. */
		bridgeUrl: `http://localhost:${port}`,
		server,
		async close() {
			bridge.stop();
			http.closeAllConnections();
			await new Promise((resolve) => http.close(resolve));
		},
	};
}
