import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, test, vi } from "vitest";
import { compilerOptions } from "../../docs/compiler-options.js";
import { root } from "./pack.js";
import { guides, quoting, reference } from "./pages.js";

const folder = join(root, "test/artifacts/guides");
const read = (page: string) => readFileSync(join(root, page), "utf8");
const blocksOf = (page: string) =>
	[...read(page).matchAll(/^```(tsx?)\n([\s\S]*?)^```$/gm)].map(([, kind = "", code = ""]) => ({ kind, code }));

rmSync(folder, { recursive: true, force: true });
const files = guides.flatMap((page) => {
	const place = join(folder, basename(page, ".md"));
	mkdirSync(place, { recursive: true });
	return blocksOf(page).map(({ kind, code }, index) => {
		const path = join(place, /^\/\/ ([\w.-]+\.ts)$/m.exec(code.split("\n")[0] ?? "")?.[1] ?? `block-${index}.${kind}`);
		writeFileSync(path, code);
		return path;
	});
});
// `device-sessions` is the sources here too, in a folder that the repository's own tsconfig.json leaves out.
writeFileSync(
	join(folder, "tsconfig.json"),
	JSON.stringify({ extends: "../../../tsconfig.json", include: ["."], exclude: [] }),
);
// The app's own client, which these import.
for (const place of ["inspector", "operations"])
	writeFileSync(join(folder, place, "auth-client.ts"), read("test/browser/inspector/auth-client.ts"));
const [client] = blocksOf("docs/getting-started.md").filter(({ code }) => code.startsWith("// auth.ts\n"));
for (const place of ["element", "connect", "caches", "limits"])
	writeFileSync(join(folder, place, "auth.ts"), client?.code ?? "");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Its package is not installed here: the benchmark's page of it is compiled, and run beside this package.
test("what docs/migrating.md replaces of better-auth-ui is how its hooks are called", () => {
	const [, code = ""] = /^```jsx\n([\s\S]*?)^```$/m.exec(read("docs/migrating.md")) ?? [];
	const page = read("test/bench/peers/pages/better-auth-ui.tsx");
	const lines = code.trim().split("\n");
	expect(lines).toHaveLength(5);
	expect(lines.filter((line) => !page.includes(`\t${line}\n`))).toEqual([]);
});

test("no page has code that nothing compiles", () => {
	const pages = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
	const withCode = pages
		.map((name) => `docs/${name}`)
		.filter((page) => /^```(?:[jt]sx?|vue|svelte)$/m.test(read(page)));
	const compiled: readonly string[] = [...reference, ...guides, ...quoting];
	expect(withCode.filter((page) => !compiled.includes(page))).toEqual([]);
});

const program = ts.createProgram([...files, join(root, "src/testing/index.ts")], compilerOptions());
const checker = program.getTypeChecker();

test.each(files.map((path) => [path.slice(folder.length + 1), path]))("the code in %s type-checks", (_, path) => {
	const source = program.getSourceFile(path);
	const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
	expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
});

const tests = files.filter((path) => path.endsWith(".test.ts"));
test("every example of docs/testing.md is a test, or imported by one", () => {
	const own = files.filter((path) => path.includes("guides/testing/"));
	const imported = own.filter((path) =>
		tests.some((one) => readFileSync(one, "utf8").includes(`"./${basename(path, ".ts")}.js"`)),
	);
	expect(own.filter((path) => !tests.includes(path) && !imported.includes(path))).toEqual([]);
	expect(tests).toHaveLength(5);
});

/** Their tests become tests of this file. */
describe.each(tests.map((path) => [basename(path), path]))("docs/testing.md: %s", async (_, path) => {
	await import(path);
});

test("the example of docs/statechart.md prints what its comment says", async () => {
	const log = vi.spyOn(console, "log").mockImplementation(() => {});
	const [path = ""] = files.filter((one) => one.includes("guides/statechart/"));
	await import(path);
	expect(log.mock.calls).toEqual([[/\/\/ "(\w+)"$/m.exec(readFileSync(path, "utf8"))?.[1]]]);
	log.mockRestore();
});

describe("the tables of the testing kit are what the code has", () => {
	const page = read("docs/testing.md");
	const rows = (title: string) => {
		const section = page.split(`### ${title}\n`)[1]?.split(/^#+ /m)[0] ?? "";
		return [...section.matchAll(/^\| `(\w+)/gm)].map(([, name]) => name).sort();
	};
	const source = program.getSourceFile(join(root, "src/testing/index.ts"));
	const front = source && checker.getSymbolAtLocation(source);
	const members = (name: string) => {
		const found = front && checker.getExportsOfModule(front).find((symbol) => symbol.name === name);
		if (!found) throw new Error(`${name} is not exported`);
		const type = checker.getDeclaredTypeOfSymbol(checker.getAliasedSymbol(found));
		return checker.getPropertiesOfType(type).map((symbol) => symbol.name);
	};

	test.each([
		["`createTestDevice(options)`", "TestDeviceOptions"],
		["A page", "TestTab"],
		["The clock", "TestClock"],
		["What is on its way", "Pending"],
		["A held request", "HeldRequest"],
		["A disturbance", "Disturbance"],
	])("%s", (title, type) => {
		expect(rows(title)).toEqual(members(type).sort());
	});

	test("The device", () => {
		const own = members("TestDevice").filter((name) => !members("TestTab").includes(name));
		expect(rows("The device")).toEqual(own.sort());
	});
});
