import { copyFileSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { manifest, pack, root } from "../package/pack.js";
import { run } from "../support/run-command.js";
import { peers } from "./sets.js";

/** What one TypeScript says of the declarations. */
export interface Compiler {
	readonly version: string;
	/** In what a user writes, and in the declarations themselves. */
	readonly errors: number;
}

/** By major version, or by major and minor. */
export const compilers = ["5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "6", "7"];

/** Reads what is published with each TypeScript: as a user does, and every declaration for errors of its own. */
export async function readDeclarations(say: (line: string) => void): Promise<Compiler[]> {
	const built = await run("npm", ["run", "--silent", "build"], root, 5);
	if (built.code !== 0) throw new Error(built.output);
	const { folder, tarball } = pack();
	try {
		writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
		copyFileSync(join(root, "test/package/consumer/index.ts"), join(folder, "index.ts"));
		const names = Object.keys(manifest.exports).filter(
			(name) => !name.endsWith(".json") && !/\/(react|solid|svelte|vue)$/.test(name),
		);
		const modules = names.map((name, at) => `export * as module${at} from "device-sessions${name.slice(1)}";`);
		writeFileSync(join(folder, "declarations.ts"), modules.join("\n"));
		const packages = [
			tarball,
			...peers.map(([name]) => `${name}@${manifest.devDependencies[name]}`),
			...compilers.map((version) => `typescript-${version}@npm:typescript@${version}`),
		];
		const installed = await run("npm", ["install", "--prefer-offline", "--ignore-scripts", ...packages], folder, 10);
		if (installed.code !== 0) throw new Error(installed.output);
		const found: Compiler[] = [];
		for (const version of compilers) found.push(await readWith(folder, version, say));
		return found;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function readWith(folder: string, alias: string, say: (line: string) => void): Promise<Compiler> {
	const place = join(folder, "node_modules", `typescript-${alias}`);
	const bin = ["tsc", "tsc.js"].map((name) => join(place, "bin", name)).find((path) => existsSync(path)) ?? "";
	const compile = async (file: string, options: object) => {
		const compilerOptions = {
			...{ module: "NodeNext", target: "ES2022", lib: ["ES2022", "DOM"], types: [], strict: true, noEmit: true },
			...options,
		};
		writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
		const { code, output } = await run(process.execPath, [bin, "--pretty", "false"], folder, 5);
		const errors = output.split("\n").filter((line) => /error TS/.test(line));
		return code !== 0 && errors.length === 0 ? [`error TS: ${output.slice(-300)}`] : errors;
	};
	const user = await compile("index.ts", { skipLibCheck: true });
	// Better Auth's own declarations have errors of theirs.
	const all = await compile("declarations.ts", { skipLibCheck: false, skipDefaultLibCheck: true });
	const own = all.filter((line) => /device-sessions\/|^declarations\.ts|error TS: /.test(line));
	const { output } = await run(process.execPath, [bin, "--version"], folder, 1);
	const version = /\d[\w.-]*/.exec(output)?.[0] ?? alias;
	say(`TypeScript ${version}: ${user.length + own.length} errors`);
	for (const line of [...user, ...own]) say(`  ${line}`);
	return { version, errors: user.length + own.length };
}
