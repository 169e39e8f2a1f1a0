import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { layerOf, refusal } from "./layers.js";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "src", "docs"], {
	cwd: root,
	encoding: "utf8",
})
	.split("\n")
	.filter((file) => /\.tsx?$/.test(file) && existsSync(join(root, file)));

/** Every way to write an import: `import`, `import type`, `export … from`, `import()`. */
const importsOf = (text: string) => ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);

function resolve(file: string, specifier: string) {
	if (!specifier.startsWith(".")) return { package: specifier };
	const path = posix.join(dirname(file), specifier);
	return { path: path.replace(/\.js$/, existsSync(join(root, path.replace(/js$/, "tsx"))) ? ".tsx" : ".ts") };
}

test.each(files)("%s imports nothing that stands below its layer", (file) => {
	expect(
		importsOf(read(file))
			.map((specifier) => refusal(file, resolve(file, specifier)))
			.filter(Boolean),
	).toEqual([]);
});

test("each way to write an import is seen", () => {
	const text = `
		import "./a.js";
		import { b } from "./b.js";
		import type { C } from "./c.js";
		export { d } from "./d.js";
		export const e = () => import("./e.js");
	`;
	expect(importsOf(text)).toEqual(["./a.js", "./b.js", "./c.js", "./d.js", "./e.js"]);
});

test.each([
	["src/operation.ts", "src/multi-session/index.ts"],
	["src/errors.ts", "src/operation.ts"],
	["src/multi-session/set-active.ts", "src/core/sign-out.ts"],
	["src/multi-session/set-active.ts", "src/device-sessions/actors.ts"],
	["src/device-sessions/page/clock.ts", "src/device-sessions/tabs/last-used.ts"],
	["src/device-sessions/actors/read-device.ts", "src/device-sessions/machine/rows.ts"],
	["src/device-sessions/machine/rows.ts", "src/device-sessions/auth/vault.ts"],
	["src/device-sessions/machine.ts", "src/operation.ts"],
	["src/device-sessions/machine.ts", "src/device-sessions/store.ts"],
	["src/device-sessions/store.ts", "src/index.ts"],
	["src/device-sessions/store.ts", "src/testing/index.ts"],
	["src/inspect.ts", "src/device-sessions/store.ts"],
	["src/device-sessions/store.ts", "src/connect/index.ts"],
	["src/connect/connect.ts", "src/device-sessions/machine.ts"],
	["docs/demo/page/main.ts", "src/index.ts"],
	["src/errors.ts", "test/gates/run.ts"],
])("%s may not import %s", (file, path) => {
	expect(refusal(file, { path })).toBeDefined();
});

test.each([
	["src/core/sign-out.ts", "xstate"],
	["src/operation.ts", "nanostores"],
	["src/device-sessions/machine.ts", "nanostores"],
	["src/device-sessions/machine.ts", "better-auth/client"],
	["src/device-sessions/types.ts", "xstate"],
	["src/errors.ts", "device-sessions/core"],
	["src/connect/connect.ts", "nanostores"],
])("%s may not import the package %s", (file, name) => {
	expect(refusal(file, { package: name })).toBeDefined();
});

test("a file without a place is an error that says where to give it one", () => {
	expect(() => layerOf("src/new/room.ts")).toThrow("test/gates/layers.ts");
});
