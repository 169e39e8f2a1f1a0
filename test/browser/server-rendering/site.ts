import { join } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import vue from "@vitejs/plugin-vue";
import { toNodeHandler } from "better-auth/node";
import { type DeviceSessionsSnapshot, toDeviceSessions } from "device-sessions";
import { createServer } from "vite";
import solid from "vite-plugin-solid";
import { createRealServer } from "../../support/real-server.js";
import { serve } from "../small-site.js";

export const frameworks = {
	react: "browser.tsx",
	vue: "browser.ts",
	svelte: "browser.ts",
	solid: "browser.tsx",
} as const;
export type Framework = keyof typeof frameworks;

const root = import.meta.dirname;

const entries = ["plugin-", "element-", "recipe-", ""] as const;
type Entry = (typeof entries)[number];

/** A site that renders the switcher on the server, as each framework does in development: with all of its warnings. */
export async function startSite(cacheDir: string) {
	const site = await serve();
	const server = createRealServer({ baseURL: site.url });
	const auth = toNodeHandler(server.auth);
	const vite = await createServer({
		root,
		cacheDir,
		configFile: false,
		appType: "custom",
		logLevel: "error",
		plugins: [
			vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === "account-switcher" } } }),
			svelte({ configFile: false }),
			solid({ ssr: true, hot: false, include: /\/(with-solid|recipes\/solid)\/.*\.tsx$/ }),
		],
		resolve: {
			alias: {
				"device-sessions/connect": join(root, "../../../src/connect/index.ts"),
				"device-sessions/element/define": join(root, "../../../src/element/define.ts"),
				"device-sessions/element/react": join(root, "../../../src/element/react.ts"),
				"device-sessions": join(root, "../../../src/index.ts"),
			},
			dedupe: ["nanostores"],
		},
		server: { middlewareMode: true, hmr: false, ws: false, watch: null },
		optimizeDeps: {
			include: [
				"react",
				"react-dom/client",
				"react/jsx-dev-runtime",
				"vue",
				"svelte",
				"@nanostores/react",
				"@nanostores/vue",
				"@nanostores/solid",
				"solid-js",
				"solid-js/web",
				"better-auth/client",
				"better-auth/client/plugins",
				"better-auth/react",
				"better-auth/vue",
				"better-auth/svelte",
				"better-auth/solid",
				"solid-js/store",
				"nanostores",
				"valibot",
				"xstate",
			],
		},
	});
	/** What the stores of the server sent while they rendered. */
	const sent: string[] = [];

	/**
	 * @param entry `"plugin-"` where the client has the plugin, and its hook is what is rendered; `"element-"` where the
	 *   element is, `"recipe-"` where it is the framework's recipe
	 */
	async function page(framework: Framework, entry: Entry, cookie: string, isKnown: boolean): Promise<string> {
		const headers = new Headers({ cookie });
		// Safe: the server of the tests always has multiSession(), which its type does not keep.
		const api = server.auth.api as typeof server.auth.api & {
			listDeviceSessions(input: { headers: Headers }): Promise<object[]>;
		};
		const [list, session] = await Promise.all([api.listDeviceSessions({ headers }), api.getSession({ headers })]);
		const snapshot = isKnown ? toDeviceSessions(list, session) : null;
		const extension = framework === "react" || framework === "solid" ? "tsx" : "ts";
		// Safe: every server entry has this one function.
		const { render } = (await vite.ssrLoadModule(`/with-${framework}/${entry}server.${extension}`)) as {
			render(snapshot: DeviceSessionsSnapshot | null): Promise<{ html: string; sent: string[]; head?: string }>;
		};
		const rendered = await render(snapshot);
		sent.push(...rendered.sent);
		const json = JSON.stringify(snapshot).replaceAll("<", "\\u003c");
		return `<!doctype html><html lang="en"><head><title>${framework}</title><link rel="icon" href="data:," />${rendered.head ?? ""}</head><body><div id="app">${rendered.html}</div>
<script>
// What Vite's own page does for Vue.
Object.assign(globalThis, { __VUE_OPTIONS_API__: true, __VUE_PROD_DEVTOOLS__: false, __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: true });
for (const row of document.querySelectorAll("#app li")) row.fromServer = true;
</script>
<script type="application/json" id="snapshot">${json}</script>
<script type="module" src="/with-${framework}/${entry}${frameworks[framework]}"></script></body></html>`;
	}

	site.answer((path, request, response) => {
		if (path.startsWith("/api/auth/")) return auth(request, response);
		const entry = entries.find((entry) => path.startsWith(`/${entry.replace("-", "/")}`)) ?? "";
		const framework = path.slice(entry.length + 1);
		if (!(framework in frameworks)) return vite.middlewares(request, response);
		// Safe: it is one of them.
		return page(framework as Framework, entry, request.headers.cookie ?? "", !request.url?.includes("?unknown")).then(
			(html) => response.setHeader("content-type", "text/html; charset=utf-8").end(html),
			(error: unknown) => response.writeHead(500).end(String(error)),
		);
	});
	return {
		...site,
		server,
		sent,
		async close() {
			await vite.close();
			await site.close();
		},
	};
}
