import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createNodeClient } from "../../docs/examples/node-client.js";
import { examples } from "../examples/examples.js";
import { createRealServer, origin, password } from "../support/real-server.js";
import { manifest, root } from "./pack.js";
import { examplePages } from "./pages.js";

const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const names = examples.map(({ name }) => name);

test("every example is tried", () => {
	const folders = readdirSync(join(root, "docs/examples"), { withFileTypes: true }).filter((one) => one.isDirectory());
	expect(folders.map(({ name }) => name).sort()).toEqual([...names].sort());
});

test.each(names)("%s has the versions that this repository is developed with, and all of them exact", (name) => {
	const { dependencies, devDependencies = {} } = JSON.parse(read("docs/examples", name, "package.json"));
	const own: Record<string, string> = { ...dependencies, ...devDependencies };
	for (const [dependency, version] of Object.entries(own)) {
		expect(version, dependency).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
		if (peers.includes(dependency)) expect(version, dependency).toBe(manifest.devDependencies[dependency]);
	}
});
const peers = Object.keys(manifest.peerDependencies);

describe("the version of this package", () => {
	/** The version that each example names, and that of the file which docs/examples.md has a reader install. */
	const namedIn = (folder: string) => [
		...names.map((name) => {
			const path = join(folder, "docs/examples", name, "package.json");
			return JSON.parse(readFileSync(path, "utf8")).dependencies["device-sessions"];
		}),
		/device-sessions-(\S+)\.tgz/.exec(readFileSync(join(folder, "docs/examples.md"), "utf8"))?.[1],
	];
	const { version, scripts }: { version: string; scripts: Record<string, string> } = JSON.parse(read("package.json"));

	test("is what every example names, and docs/examples.md", () => {
		expect(new Set(namedIn(root))).toEqual(new Set([version]));
	});

	test("once it is raised, `npm run version` has them name the new one", () => {
		const [, script = ""] = /^changeset version && node --import tsx (\S+) && /.exec(scripts["version"] ?? "") ?? [];
		const folder = mkdtempSync(join(tmpdir(), "device-sessions-version-"));
		onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
		for (const path of ["docs/examples.md", ...names.map((name) => `docs/examples/${name}/package.json`)])
			cpSync(join(root, path), join(folder, path));
		writeFileSync(join(folder, "package.json"), JSON.stringify({ version: "12.3.4" }));
		const args = ["--import", import.meta.resolve("tsx"), join(root, script)];
		execFileSync(process.execPath, args, { cwd: folder });
		expect(new Set(namedIn(folder))).toEqual(new Set(["12.3.4"]));
		// Nothing else has changed.
		writeFileSync(join(folder, "package.json"), JSON.stringify({ version }));
		execFileSync(process.execPath, args, { cwd: folder });
		for (const name of names) {
			const path = join("docs/examples", name, "package.json");
			expect(readFileSync(join(folder, path), "utf8")).toBe(read(path));
		}
		expect(readFileSync(join(folder, "docs/examples.md"), "utf8")).toBe(read("docs/examples.md"));
	});
});

/** The files that a page names, each with the code that it quotes. */
const quotesIn = (page: string) =>
	[...read(page).matchAll(/^`(docs\/examples\/\S+)`:\n\n```\w+\n([\s\S]*?)^```$/gm)].map(
		([, path = "", code = ""]) => ({
			page,
			path,
			code,
		}),
	);
const quotes = [...examplePages, "docs/guards.md"].flatMap(quotesIn);

test.each(quotes)("$page quotes $path as it is", ({ path, code }) => {
	// A part of something is further to the left on a page.
	const flat = (text: string) => text.replaceAll(/^\t+/gm, "");
	expect(flat(read(path))).toContain(flat(code));
});

test("no code of the pages is anything else than a quote", () => {
	const blocks = [...examplePages, "docs/guards.md"].flatMap((page) => [
		...read(page).matchAll(/^```(?:tsx?|vue|svelte|astro)$/gm),
	]);
	expect(quotes).toHaveLength(blocks.length);
});

test("each example has a page, which docs/examples.md links to, and docs/guards.md has its guard", () => {
	expect(examplePages.slice(1).sort()).toEqual(names.map((name) => `docs/example-${name}.md`).sort());
	for (const name of names) {
		expect(read("docs/examples.md")).toContain(`| [\`${name}\`](example-${name}.md)`);
		expect(read("docs/guards.md")).toContain(`| \`${name}\``);
	}
	const files = [...read("docs/guards.md").matchAll(/`(docs\/examples\/[^`]+)`/g)].map(([, path = ""]) => path);
	for (const path of files) expect(() => read(path)).not.toThrow();
});

describe("the client for Node", () => {
	test("is a device of its own: it lists, switches and signs out", async () => {
		const { auth } = createRealServer();
		const send = async (...given: Parameters<typeof fetch>) => auth.handler(new Request(...given));
		const { signUp, deviceSessions } = createNodeClient(origin, send);
		for (const name of ["Ada", "Bob"])
			await signUp.email({ name, email: `${name}@example.com`.toLowerCase(), password });
		const { data: rows } = await deviceSessions.refetch();
		expect(rows?.map(({ user, active }) => [user.name, active])).toEqual([
			["Ada", false],
			["Bob", true],
		]);
		const { data: switched } = await deviceSessions.setActive(rows?.[0]?.id ?? "");
		expect(switched?.user.name).toBe("Ada");
		await deviceSessions.signOutAll();
		expect((await deviceSessions.refetch()).data).toEqual([]);
	});
});
