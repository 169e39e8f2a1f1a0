import { defineConfig } from "tsup";

// File by file: bundled, one operation would bring XState along (17 kB instead of 3). Declarations come from tsc, see
// tsconfig.build.json, because tsup's own would gather them in chunks with hashed names.
export default defineConfig({
	entry: ["src/**/*.ts"],
	outDir: "dist",
	bundle: false,
	clean: true,
	format: "esm",
	platform: "neutral",
	target: "es2022",
	sourcemap: true,
	esbuildOptions: (options) => {
		options.sourcesContent = false; // src is in the package, for "go to definition" too
	},
	silent: true,
});
