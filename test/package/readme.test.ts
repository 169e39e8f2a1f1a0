import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile as compileSvelte } from "svelte/compiler";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { compileScript, compileTemplate, parse as parseVue } from "vue/compiler-sfc";
import { listed } from "../../docs/.vitepress/pages.js";
import { compilerOptions } from "../../docs/compiler-options.js";
import { pauseAfter } from "../../src/device-sessions/actors/retry.js";
import * as limits from "../../src/device-sessions/limits.js";
import { OperationError } from "../../src/errors.js";
import { floorsOf } from "../peers/ranges.js";
import { compilers } from "../peers/typescript.js";
import { plants } from "../simulation/plants.js";
import { exportedType } from "./exported.js";
import { manifest, root } from "./pack.js";
import { reference } from "./pages.js";

const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const readAll = (folder: string) =>
	readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
		.filter((path) => path.endsWith(".ts"))
		.map((path) => read(folder, path))
		.join("\n");

/** The README, and the pages of the reference and of the first steps. */
const pages = ["README.md", ...reference];
const texts = new Map(pages.map((page) => [page, read(page).replaceAll(/ +\|/g, " |")]));
const all = [...texts.values()].join("\n");
const { version, scripts, engines }: { version: string; scripts: Record<string, string>; engines: { node: string } } =
	JSON.parse(read("package.json"));

/**
 * The text below a heading, up to the next one: "commands: Methods" is that of docs/commands.md, "Install" the README's.
 * Comments in a fence of `sh` would pass for headings: there are none.
 */
function section(place: string): string {
	const [title = "", name] = place.split(": ").toReversed();
	const page = name ? `docs/${name}.md` : "README.md";
	const [, text] = texts.get(page)?.split(new RegExp(`^#+ ${title}$`, "m")) ?? [];
	if (text === undefined) throw new Error(`${page} has no section "${title}"`);
	return text.split(/^#+ /m)[0] ?? "";
}

/** What the rows of a section's table begin with: "`setActive(id, …)`" is setActive. */
const rows = (title: string) => [...section(title).matchAll(/^\| `([\w-]+)/gm)].map(([, name]) => name).sort();
const bullets = (title: string) => [...section(title).matchAll(/^- (.+)$/gm)].map(([, text]) => text ?? "");
/** The code in fences of this kind. */
const fences = (kind: string) =>
	[...all.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(([, code]) => code ?? "");
const blocks = fences("ts");
const components = fences("tsx");

/** A program of the sources and of the README's code: a block sees what the first one exports, as its reader does. */
function createProgram() {
	const options = compilerOptions();
	const shared = `import { authClient, deviceSessions } from "./README.0.js"; `;
	const files = new Map([
		...blocks.map(
			(code, index) =>
				[
					join(root, `README.${index}.ts`),
					/export const (authClient|\{ deviceSessions)/.test(code) ? code : shared + code,
				] as const,
		),
		...components.map((code, index) => {
			const jsx = code.includes("solid") ? "/** @jsxImportSource solid-js */ " : "";
			return [join(root, `README.${index}.tsx`), jsx + shared + code] as const;
		}),
	]);
	const host = ts.createCompilerHost(options);
	const { fileExists, readFile, getSourceFile } = host;
	host.fileExists = (path) => files.has(path) || fileExists(path);
	host.readFile = (path) => files.get(path) ?? readFile(path);
	host.getSourceFile = (path, version, ...rest) => {
		const code = files.get(path);
		return code === undefined
			? getSourceFile(path, version, ...rest)
			: ts.createSourceFile(path, code, version, true, path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
	};
	const program = ts.createProgram([join(root, "src/index.ts"), ...files.keys()], options, host);
	return { program, files: [...files.keys()] };
}

const { program, files } = createProgram();
const checker = program.getTypeChecker();

/** An exported type of the package. */
const exported = (name: string) => exportedType(program, "src/index.ts", name);

const properties = (type: ts.Type) => checker.getPropertiesOfType(type).map(({ name }) => name);
const literals = (type: ts.Type) =>
	(type.isUnion() ? type.types : [type]).map((one) => one.isStringLiteral() && one.value);

/** What a type declares itself, without what it inherits. */
const own = (type: ts.Type, flag: ts.SymbolFlags) =>
	[...(type.symbol.members?.values() ?? [])].filter(({ flags }) => flags & flag).map(({ name }) => name);

describe("the tables are what the code has", () => {
	test("the methods of the store", () => {
		expect(rows("commands: Methods")).toEqual(own(exported("DeviceSessions"), ts.SymbolFlags.Method).sort());
	});

	test("the single stores and the actor", () => {
		const stores = own(exported("DeviceSessions"), ts.SymbolFlags.Property);
		expect(stores).toContain("$sessions");
		for (const name of stores) expect(section("state: The value")).toContain(`\`${name}\``);
	});

	test("the options", () => {
		expect(rows("commands: Options")).toEqual(properties(exported("DeviceSessionsOptions")).sort());
	});

	test("the fields of the value and of a row", () => {
		const state = exported("DeviceSessionsState");
		const members = state.isUnion() ? state.types : [];
		expect(rows("state: The value")).toEqual([...new Set(members.flatMap(properties))].sort());
		expect(rows("state: A row")).toEqual(properties(exported("DeviceSession")).sort());
		const known = properties(exported("Known"));
		for (const member of members) {
			const status = member.getProperty("status");
			const [name] = status ? literals(checker.getTypeOfSymbol(status)) : [];
			expect(section("state: The value")).toContain(`\`"${name}"\``);
			for (const field of properties(member)) {
				const where = known.includes(field) || field === "status" ? "always" : `\`${name}\``;
				expect(section("state: The value")).toContain(`| \`${field}\` | ${where} |`);
			}
		}
	});

	test("the kinds of errors, and the details of an error", () => {
		expect(rows("errors: Kinds")).toEqual(literals(exported("OperationErrorKind")).sort());
		const details = own(exported("OperationError"), ts.SymbolFlags.Property).filter((name) => name !== "name");
		for (const name of details) expect(section("errors: Kinds")).toContain(`\`${name}\``);
	});

	test("the kinds that nothing answers yet", () => {
		const sources = readAll("src");
		const unused = rows("errors: Kinds").filter((kind) => sources.split(`"${kind}"`).length === 2); // its type alone
		const [, said] = section("errors: Kinds").match(/^Nothing answers (.+) today\.$/m) ?? [];
		expect([...(said ?? "").matchAll(/`([\w-]+)`/g)].map(([, kind]) => kind).sort()).toEqual(unused);
	});
});

/** The site's own first page aside. */
const guides = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md") && name !== "index.md");

test("the site lists every page", () => {
	expect(listed.toSorted()).toEqual(guides.sort());
});

describe("the README", () => {
	test("is read in a minute: at most 9,000 bytes", () => {
		expect(Buffer.byteLength(read("README.md"))).toBeLessThanOrEqual(9_000);
	});

	test("names every field, command, option and kind of error, in a line each", () => {
		const state = exported("DeviceSessionsState");
		const names = {
			State: [...new Set((state.isUnion() ? state.types : []).flatMap(properties))],
			"A row": properties(exported("DeviceSession")),
			Commands: own(exported("DeviceSessions"), ts.SymbolFlags.Method),
			Options: properties(exported("DeviceSessionsOptions")),
			Errors: literals(exported("OperationErrorKind")),
		};
		for (const [title, expected] of Object.entries(names)) {
			const [, line = ""] = section("At a glance").match(new RegExp(`^- ${title}: (.+)$`, "m")) ?? [];
			const named = [...line.matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
			expect(named.sort()).toEqual(expected.sort());
		}
	});

	test("links to every page of docs, or to the page that links to it, and each of its links leads somewhere", () => {
		const links = [...read("README.md").matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path ?? "");
		const below = ["recipes", "examples"].flatMap((name) =>
			[...read(`docs/${name}.md`).matchAll(/\]\(((?:recipe|example)-[^)#]+)/g)].map(([, path]) => `docs/${path}`),
		);
		expect([...new Set([...links, ...below])].sort()).toEqual(guides.map((name) => `docs/${name}`).sort());
	});
});

describe("the components compile", () => {
	test.each(fences("vue"))("for Vue", (code) => {
		const { descriptor, errors } = parseVue(code);
		const script = compileScript(descriptor, { id: "README" });
		const template = compileTemplate({
			source: descriptor.template?.content ?? "",
			filename: "README.vue",
			id: "README",
		});
		expect([...errors, ...template.errors, ...template.tips]).toEqual([]);
		expect(script.content).toContain("useStore(deviceSessions)");
	});

	test.each(fences("svelte"))("for Svelte", (code) => {
		expect(compileSvelte(code, { generate: "client" }).warnings).toEqual([]);
	});

	test("there is one for every framework", () => {
		const counts = [components, fences("vue"), fences("svelte")].map(({ length }) => length);
		expect(counts).toEqual([3, 1, 1]);
		for (const code of [...components, ...fences("vue"), ...fences("svelte")]) {
			expect(code.trim().split("\n").length).toBeLessThanOrEqual(6);
		}
	});
});

describe("the code type-checks", () => {
	test.each(files)("in block %#", (path) => {
		const source = program.getSourceFile(path);
		const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
		expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
	});

	test("the ten lines are ten", () => {
		expect(blocks[0]?.split("\n").filter((line) => line.trim()).length).toBe(10);
		expect(section("Ten lines that work")).toContain(blocks[0]);
	});
});

describe("the commands", () => {
	test("exist", () => {
		const named = [...all.matchAll(/npm (?:run )?([\w:-]+)/g)].map(([, name]) => name ?? "");
		const builtIn = ["install", "pack"];
		for (const name of named.filter((one) => !builtIn.includes(one))) expect(Object.keys(scripts)).toContain(name);
		expect(section("Tests")).toContain("\nnpm install && npm test\n");
		expect(section("The demo")).toContain("\nnpm install && npm run demo\n");
	});

	test("install the peers", () => {
		const [, packages = ""] = section("Install").match(/^npm install (.+)$/m) ?? [];
		const requiredPeers = Object.keys(manifest.peerDependencies).filter(
			(name) => !(name in manifest.peerDependenciesMeta),
		);
		expect(packages.split(" ")).toEqual(["device-sessions", ...requiredPeers]);
	});

	test("are for the peers that package.json names, and docs/peers.md names the same", () => {
		const peers = Object.entries(manifest.peerDependencies).filter(
			([name]) => !(name in manifest.peerDependenciesMeta),
		);
		for (const [name, range] of peers) {
			expect(section("Install")).toContain(`\`${name}\` \`${range}\``);
			expect(read("docs/peers.md").replaceAll(/ +\|/g, " |")).toContain(
				`| \`${name}\` | \`${range.replaceAll("|", "\\|")}\` |`,
			);
		}
		expect(section("Install")).toContain(`TypeScript ${compilers[0]} to ${compilers.at(-1)} reads`);
	});

	test("run groups of tests that there are", () => {
		const [, groups = ""] = section("proofs: Tests").match(/`npm test -- (\w+ .+?)`/) ?? [];
		const gates = read("test/gates/run.ts");
		for (const group of groups.split(" ")) expect(gates).toContain(`{ name: "${group}", `);
	});
});

describe("the figures", () => {
	const budgets = [...read("test/package/size.test.ts").matchAll(/name: "(.+?)",[\s\S]*?budget: ([\d_]+)/g)].map(
		([, name, budget = ""]) => `${name}: at most ${Number(budget.replaceAll("_", ""))} bytes`,
	);

	test("what the tests hold are titles of tests", () => {
		const tests = readAll("test/conformance/store");
		expect(bullets("proofs: Tests")).not.toEqual([]);
		for (const title of bullets("proofs: Tests"))
			expect(budgets.includes(title) || tests.includes(`test("${title}"`)).toBe(true);
		expect(bullets("proofs: Tests")).toEqual(expect.arrayContaining(budgets));
	});

	test("there are four things never to write again", () => {
		expect(bullets("What you never write again").length).toBe(4);
	});

	test("the simulation's size is the code's", () => {
		const tried = section("proofs: Tried under random interleavings");
		const runs = read("test/simulation/simulation.test.ts")
			.match(/runs = ([\d_]+)/)?.[1]
			?.replace("_", ",");
		const sequences = read("test/conformance/kit/kit.test.ts").match(/compareSides\((\d+)/)?.[1];
		const withPlugin = read("test/simulation/simulation.test.ts")
			.match(/withPlugin = \{ runs: ([\d_]+)/)?.[1]
			?.replace("_", ",");
		expect(tried).toContain(`\`npm test\` runs ${runs} of the simulation and ${sequences} of the conformance`);
		expect(tried).toContain(`and ${withPlugin} of the simulation with the plugin`);
		expect(tried).toContain(`each of ${Object.keys(plants).length} planted faults`);
	});

	test("every other number is the code's", () => {
		const failure = new OperationError("server", "refetch", "It failed.");
		const checked = [
			version,
			engines.node.replace(">=", ""),
			...["better-auth", "nanostores", "valibot", "xstate"].flatMap((name) =>
				floorsOf(manifest.peerDependencies[name] ?? ""),
			),
			compilers[0],
			compilers.at(-1),
			read("src/device-sessions/limits.ts").match(/timeout = ([\d_]+)/)?.[1],
			read("docs/demo/main.ts").match(/\["PORT"\] \|\| (\d+)/)?.[1],
			...[0, 1, 2, 3].map((attempt) => String(pauseAfter(failure, attempt, { random: () => 0 }) / 1_000)),
			String((pauseAfter(failure, 0, { random: () => 1 }) / limits.firstPause - 1) * 100),
			String(limits.longestPause / 60_000),
			String(limits.ended),
			String(limits.endedFor / 86_400_000),
		];
		expect(checked).not.toContain(undefined);
		// HTTP's statuses, the tests' own titles and what a benchmark measured once aside.
		const prose = all
			.replace(section("What it costs"), "")
			.replace(section("errors: Kinds"), "")
			.replace(section("proofs: Figures"), "")
			.replace(section("proofs: Tried under random interleavings"), "")
			.replace(/^```[\s\S]*?^```$/gm, "");
		const numbers = budgets.reduce((text, budget) => text.replace(budget, ""), prose).match(/\d(?:[\d_.]*\d)?/g);
		expect(checked).toEqual(expect.arrayContaining([...new Set(numbers)]));
		for (const number of checked) expect(numbers).toContain(number);
	});
});

test("what CONTRIBUTING.md names is there: folders, files, commands and every gate", () => {
	const text = read("CONTRIBUTING.md");
	const gates = [...read("test/gates/run.ts").matchAll(/\{ name: "(\w+)"/g)].map(([, name]) => name);
	expect([...text.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name)).toEqual(gates);
	for (const [, path = ""] of text.matchAll(/`((?:src|test|docs|\.\w+)\/[\w./-]*|[\w.-]+\.(?:json|ts))`/g))
		expect(existsSync(join(root, path)), path).toBe(true);
	for (const [, name = ""] of text.matchAll(/npm run ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(name);
});

test("the changelog has an entry for this version", () => {
	expect(read("CHANGELOG.md")).toMatch(new RegExp(`^## ${version.replaceAll(".", "\\.")}$`, "m"));
});
