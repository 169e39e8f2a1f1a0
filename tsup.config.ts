import { readFile } from "node:fs/promises";
import { dirname, posix, relative, resolve } from "node:path";
import { defineConfig, type Options } from "tsup";
import ts from "typescript";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

const modules = "core|email-verification|multi-session|organization|password|sign-in|sign-up|two-factor";
const ofModule = new RegExp(`^((?:${modules})/(?:[a-z-]+/)?)(?!schemas\\.)[a-z-]+\\.[jt]s$`);

/** The file of the package that a source goes into: the store is one, the operations of a module are one. */
const fileOf = (source: string): string =>
	/^(device-sessions\/|plugin\.)/.test(source)
		? "device-sessions.js"
		: source.replace(ofModule, "$1index.js").replace(/ts$/, "js");

const toSource = (path: string): string => relative(resolve("src"), path).replaceAll("\\", "/");

/**
 * The same code, with what is called for a constant marked as pure: a bundler drops the operations that nobody imports,
 * with their schemas.
 */
function lazily(code: string): string {
	const source = ts.createSourceFile("operation.ts", code, ts.ScriptTarget.Latest);
	return source.statements
		.filter(ts.isVariableStatement)
		.flatMap(({ declarationList }) => declarationList.declarations)
		.flatMap(({ initializer }) => (initializer && ts.isCallExpression(initializer) ? [initializer] : []))
		.filter((call) => !code.slice(call.pos, call.getStart(source)).includes("@__PURE__"))
		.toReversed()
		.reduce(
			(text, { pos, end }) =>
				`${text.slice(0, pos)} /* @__PURE__ */ (() =>${text.slice(pos, end)})()${text.slice(end)}`,
			code,
		);
}

/** Keeps each file to its own sources: whatever else they import is imported from the file that has it. */
const toFiles: Plugin = {
	name: "to files",
	setup({ onLoad, onResolve }) {
		onResolve({ filter: /^\.\.?\// }, ({ importer, kind, path }) => {
			if (kind === "entry-point") return undefined;
			const [from, to] = [toSource(importer), toSource(resolve(dirname(importer), path))].map(fileOf);
			if (!from || !to || from === to) return undefined;
			const way = posix.relative(posix.dirname(from), to);
			return { path: way.startsWith(".") ? way : `./${way}`, external: true };
		});
		onLoad({ filter: /\.ts$/ }, async ({ path }) =>
			new RegExp(`^(${modules})/`).test(toSource(path))
				? { contents: lazily(await readFile(path, "utf8")), loader: "ts" }
				: undefined,
		);
	},
};

const common = {
	outDir: "dist",
	format: "esm",
	platform: "neutral",
	target: "es2022",
	sourcemap: true,
	esbuildOptions: (options) => {
		options.sourcesContent = false; // src is in the package, for "go to definition" too
	},
	silent: true,
} satisfies Options;

// File by file: bundled, one operation would bring XState along (17 kB instead of 3). But Node imports few files in a
// fraction of the time of many (npm run bench), so what is always used together is one. Declarations come from tsc, see
// tsconfig.build.json, because tsup's own would gather them in chunks with hashed names.
export default defineConfig([
	{
		...common,
		entry: [
			"src/*.ts",
			"src/*/schemas.ts",
			"src/{connect,element,inspect,testing}/**/*.ts",
			"!src/device-sessions.ts",
			"!src/plugin.ts",
		],
		bundle: false,
	},
	{
		...common,
		entry: ["src/device-sessions.ts", `src/@(${modules})/**/index.ts`],
		bundle: true,
		splitting: false,
		// Rollup goes over it: one import of each package, not one of each source, which no bundler joins.
		treeshake: true,
		esbuildPlugins: [toFiles],
	},
]);
