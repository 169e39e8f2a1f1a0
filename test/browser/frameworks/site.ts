import { join } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import vue from "@vitejs/plugin-vue";
import { build } from "vite";
import solid from "vite-plugin-solid";
import { sendPage, sendScript, serve } from "../small-site.js";

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

	const site = await serve();
	site.answer((pathname, _, response) => {
		const script = scripts.get(pathname);
		if (script !== undefined) return sendScript(response, script);
		return sendPage(response, { title: pathname, script: `${pathname}.js` });
	});
	return site;
}
