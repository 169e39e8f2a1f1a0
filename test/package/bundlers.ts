import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build as esbuild, transform } from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";
import { root } from "./pack.js";

/** What came of bundling a few lines: minified, and compressed as a server sends it. */
export interface Bundle {
	readonly text: string;
	readonly bytes: number;
	/** Packages that were left out, and are still imported. */
	readonly imports: readonly string[];
}

type Bundler = (file: string, isExternal: (id: string) => boolean) => Promise<Omit<Bundle, "bytes">>;

const minify = async (code: string) =>
	(await transform(code, { minify: true, format: "esm", target: "es2022", legalComments: "none" })).code;

const bundlers = {
	async esbuild(file, isExternal) {
		const { outputFiles, metafile } = await esbuild({
			entryPoints: [file],
			// Without tsconfig.json, whose paths lead to src.
			tsconfigRaw: {},
			bundle: true,
			minify: true,
			format: "esm",
			target: "es2022",
			jsx: "automatic",
			legalComments: "none",
			define: { "process.env.NODE_ENV": '"production"' },
			plugins: [
				{
					name: "external",
					setup: ({ onResolve }) =>
						onResolve({ filter: /^[^./]/ }, ({ path }) => (isExternal(path) ? { path, external: true } : undefined)),
				},
			],
			metafile: true,
			write: false,
		});
		const [details] = Object.values(metafile.outputs);
		const imports = (details?.imports ?? []).filter((one) => one.external).map((one) => one.path);
		return { text: outputFiles[0]?.text ?? "", imports };
	},
	async vite(file, isExternal) {
		const built = await vite({
			root,
			configFile: false,
			logLevel: "silent",
			build: {
				write: false,
				target: "es2022",
				lib: { entry: file, formats: ["es"] },
				rollupOptions: { external: isExternal, treeshake: true },
			},
		});
		const [output] = [built].flat();
		const [chunk] = output && "output" in output ? output.output : [];
		if (chunk?.type !== "chunk") throw new Error("Vite built nothing.");
		// A library keeps its spaces, for the app's own build to take.
		return { text: await minify(chunk.code), imports: chunk.imports };
	},
	async rollup(file, isExternal) {
		// It reads no node_modules by itself: whatever is a package is left out.
		const bundle = await rollup({ input: file, external: (id) => isExternal(id), onwarn: () => {} });
		const { output } = await bundle.generate({ format: "es" });
		return { text: await minify(output[0].code), imports: output[0].imports };
	},
} satisfies Record<string, Bundler>;

export type BundlerName = keyof typeof bundlers;
export const bundlerNames: readonly BundlerName[] = ["esbuild", "vite", "rollup"];

let files = 0;

/** Bundles a few lines that import files of the repository, in a folder whose packages they may use. */
export async function bundle(
	name: BundlerName,
	code: string,
	isExternal: (id: string) => boolean,
	folder = root,
): Promise<Bundle> {
	files += 1;
	const file = join(folder, `.bundle-${process.pid}-${files}.js`);
	writeFileSync(file, code);
	try {
		const { text, imports } = await bundlers[name](file, isExternal);
		const bytes = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
		return { text, bytes, imports };
	} finally {
		rmSync(file);
	}
}
