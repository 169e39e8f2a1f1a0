import { createServer } from "node:http";
import { join } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import vue from "@vitejs/plugin-vue";
import { build } from "vite";
import solid from "vite-plugin-solid";

const root = import.meta.dirname;

const entries = {
	react: "react.tsx",
	vue: "vue.ts",
	svelte: "svelte.ts",
	solid: "solid.tsx",
	plain: "plain.ts",
	careless: "react-without-memo.tsx",
};

/** The recipes' pages, each built once. */
export async function startSite() {
	const built = await build({
		root,
		configFile: false,
		logLevel: "error",
		plugins: [
			vue(),
			svelte({ configFile: false }),
			solid({ include: /\/(recipes\/solid\/.*|frameworks\/solid)\.tsx$/ }),
		],
		// The paths of tsconfig.json do not count in files of Vue and Svelte.
		resolve: {
			tsconfigPaths: true,
			alias: { "device-sessions/connect": join(root, "../../../src/connect/index.ts") },
			dedupe: ["nanostores"],
		},
		build: {
			write: false,
			minify: false,
			target: "es2022",
			modulePreload: false,
			rolldownOptions: {
				input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)])),
				output: { entryFileNames: "[name].js" },
				checks: { pluginTimings: false },
			},
		},
	});
	if (!("output" in built)) throw new Error("Vite built something else than pages.");
	const scripts = new Map<string, string>(
		built.output.flatMap((file) => (file.type === "chunk" ? [[`/${file.fileName}`, file.code] as const] : [])),
	);

	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? "/", "http://localhost");
		const script = scripts.get(pathname);
		if (script !== undefined) return void response.setHeader("content-type", "text/javascript").end(script);
		response
			.setHeader("content-type", "text/html")
			.end(
				`<!doctype html><html lang="en"><head><title>${pathname}</title><link rel="icon" href="data:," /><script type="module" src="${pathname}.js"></script></head><body></body></html>`,
			);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	return {
		url: `http://localhost:${typeof address === "object" ? address?.port : ""}`,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
