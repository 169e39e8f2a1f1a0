import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInspectorServer } from "@statelyai/inspect/server";
import { toNodeHandler } from "better-auth/node";
import { freePort } from "../../support/free-port.js";
import { createRealServer } from "../../support/real-server.js";
import { bundlePage, sendPage, sendScript, serve } from "../small-site.js";

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

const bundle = (contents: string): Promise<string> =>
	bundlePage({ stdin: { contents, resolveDir: import.meta.dirname, loader: "ts" } });

export const ways = ["In the browser", "Over WebSocket"] as const;
export type Way = (typeof ways)[number];

/** An app made of a recipe, on a real Better Auth server, and the page that its inspector posts to. */
export async function startSite(way: Way, wrapper: "redact" | "nothing") {
	const port = await freePort();
	const site = await serve();
	const { url } = site;
	const server = createRealServer({
		baseURL: url,
		user: { additionalFields: { phone: { type: "string", defaultValue: "+1 555 0100" } } },
	});
	const auth = toNodeHandler(server.auth);
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
	site.answer((pathname, request, response) => {
		if (pathname.startsWith("/api/auth/")) return auth(request, response);
		const script = scripts[pathname];
		if (script !== undefined) return sendScript(response, script);
		const name = pathname === "/inspector" ? "inspector" : "app";
		const body = '<button id="inspect" type="button">Inspect</button>';
		return sendPage(response, { title: name, script: `/${name}.js`, body });
	});
	return {
		url,
		server,
		/** The page between the WebSocket and the inspector. */
		bridgeUrl: `http://localhost:${port}`,
		async close() {
			bridge.stop();
			await site.close();
		},
	};
}
