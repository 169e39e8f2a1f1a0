import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { floorsOf } from "../peers/ranges.js";
import { manifest, pack, root } from "./pack.js";

const peers = Object.entries(manifest.peerDependencies).filter(([name]) => !(name in manifest.peerDependenciesMeta));
const translations = Object.keys(manifest.exports).filter((subpath) => subpath.startsWith("./connect/messages/"));
const subpaths = Object.keys(manifest.exports)
	.filter((subpath) => !subpath.endsWith(".json"))
	.map((subpath) => `device-sessions${subpath.slice(1)}`);
/** What is for one framework, and its declarations for nobody who lacks it. */
const frameworks = subpaths.filter((subpath) => /\/(react|solid|svelte|vue)$/.test(subpath));

const peerSets = {
	"the versions it is developed with": peers.map(([name]) => `${name}@${manifest.devDependencies[name]}`),
	"the lowest versions of its peer ranges": peers.map(([name, range]) => `${name}@${floorsOf(range)[0]}`),
};

describe.each(Object.entries(peerSets))("installed into an empty project with %s", (_, versions) => {
	let project: string;

	const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: project, encoding: "utf8" });

	/** What TypeScript prints of a file; nothing where all is well. */
	const compile = (file: string, options: Record<string, unknown>): string => {
		const compilerOptions = { strict: true, target: "ES2022", lib: ["ES2022", "DOM"], types: [], ...options };
		writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
		try {
			return node(join(root, "node_modules/typescript/bin/tsc"), "--pretty", "false");
		} catch (error) {
			return String((error as { stdout: string }).stdout); // execFileSync's error carries the output
		}
	};

	beforeAll(() => {
		const packed = pack();
		project = packed.folder;
		writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
		copyFileSync(join(import.meta.dirname, "consumer/index.ts"), join(project, "index.ts"));
		execFileSync("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", packed.tarball, ...versions], {
			cwd: project,
			stdio: ["ignore", "ignore", "inherit"],
		});
	});
	afterAll(() => rmSync(project, { recursive: true, force: true }));

	test("it type-checks with a bundler's resolution", () => {
		const options = { module: "ESNext", moduleResolution: "Bundler", skipLibCheck: true, noEmit: true };
		expect(compile("index.ts", options)).toBe("");
	});

	test("it type-checks with Node's resolution, as strict as can be, and runs", () => {
		const options = { module: "NodeNext", skipLibCheck: true, exactOptionalPropertyTypes: true };
		expect(compile("index.ts", options)).toBe("");
		expect(JSON.parse(node("index.js"))).toEqual({
			rows: 1,
			error: null,
			email: "ada@example.com",
			target: null,
			invalid: "invalid-input",
			current: "ada@example.com",
			sameFunction: true,
		});
	});

	test("its declarations have no errors of their own", () => {
		// A consumer's skipLibCheck hides such an error, and the type is `any` from there on.
		const all = subpaths
			.filter((name) => !frameworks.includes(name))
			.map((name, index) => `export * as module${index} from "${name}";`);
		writeFileSync(join(project, "declarations.ts"), all.join("\n"));
		const errors = compile("declarations.ts", {
			module: "NodeNext",
			skipLibCheck: false,
			skipDefaultLibCheck: true,
			noEmit: true,
		}).split("\n");
		expect(errors.filter((line) => line.includes("node_modules/device-sessions/"))).toEqual([]);
	});

	test.each(subpaths.filter((name) => !frameworks.includes(name)))("%s can be imported", (name) => {
		const code = `console.log(Object.keys(await import("${name}")).length)`;
		const count = Number(node("--input-type=module", "--eval", code));
		// That one is imported for what it does, which is nothing on a server.
		if (name !== "device-sessions/element/define") expect(count).toBeGreaterThan(0);
	});

	test("with the frameworks there, what is for them can be imported, and its declarations have no errors of their own", () => {
		const packages = ["react", "@types/react", "solid-js", "svelte", "vue"];
		execFileSync(
			"npm",
			[
				...["install", "--prefer-offline", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts"],
				...packages.map((name) => `${name}@${manifest.devDependencies[name]}`),
			],
			{ cwd: project, stdio: ["ignore", "ignore", "inherit"] },
		);
		for (const name of frameworks) node("--input-type=module", "--eval", `await import("${name}")`);
		const all = frameworks.map((name, index) => `export type * as module${index} from "${name}";`);
		writeFileSync(join(project, "frameworks.ts"), all.join("\n"));
		const options = { module: "NodeNext", skipLibCheck: false, skipDefaultLibCheck: true, noEmit: true };
		const errors = compile("frameworks.ts", options).split("\n");
		expect(errors.filter((line) => line.includes("node_modules/device-sessions/"))).toEqual([]);
	});

	test.each(translations.map((subpath) => `device-sessions${subpath.slice(1)}`))(
		"%s can be imported, and is a table of messages",
		(name) => {
			const code = `console.log(Object.keys((await import("${name}", { with: { type: "json" } })).default).length)`;
			expect(Number(node("--no-warnings", "--input-type=module", "--eval", code))).toBeGreaterThan(0);
			const use = `import type { PartialMessages } from "device-sessions/connect";
				import messages from "${name}" with { type: "json" };
				export const typed: PartialMessages = messages;`;
			writeFileSync(join(project, "translation.ts"), use);
			const options = { module: "NodeNext", skipLibCheck: true, resolveJsonModule: true, noEmit: true };
			expect(compile("translation.ts", options)).toBe("");
		},
	);

	test("the operations run where neither XState nor nanostores is there", () => {
		const away = join(project, "away");
		mkdirSync(away);
		for (const name of ["xstate", "nanostores"]) renameSync(join(project, "node_modules", name), join(away, name));
		try {
			const code = `
				import { SetActive } from "device-sessions/multi-session";
				const { error } = await SetActive({}, { sessionToken: 1 });
				console.log(error.kind, await import("device-sessions").catch((error) => error.code));
			`;
			expect(node("--input-type=module", "--eval", code).trim()).toBe("invalid-input ERR_MODULE_NOT_FOUND");
		} finally {
			for (const name of ["xstate", "nanostores"]) renameSync(join(away, name), join(project, "node_modules", name));
		}
	});
});
