import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { publint } from "publint";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest, type Packed, pack, root } from "./pack.js";

let packed: Packed;
beforeAll(() => {
	packed = pack();
});
afterAll(() => rmSync(packed.folder, { recursive: true, force: true }));

test("publint finds nothing to say about the tarball", async () => {
	const tarball = readFileSync(packed.tarball);
	const { messages } = await publint({
		strict: true,
		pack: { tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) },
	});
	expect(messages).toEqual([]);
});

test("the types resolve from Node and from bundlers, for every subpath", () => {
	const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
	const args = [attw, packed.tarball, "--profile", "esm-only", "--no-color"];
	const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
	expect(status, stdout).toBe(0);
});

test("every module folder and every translation of src is exported as a subpath, and what else is for a purpose of its own", () => {
	const all = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
	const translations = all.filter((path) => path.endsWith(".json")).map((path) => `./${path}`);
	const folders = all
		.filter((path) => path.endsWith("/index.ts") && !path.startsWith("device-sessions/"))
		.map((path) => `./${dirname(path)}`);
	const single = [
		"inspect",
		"per-account",
		"element/define",
		"element/react",
		"element/solid",
		"element/svelte",
		"element/vue",
	]
		.filter((path) => existsSync(join(root, `src/${path}.ts`)))
		.map((path) => `./${path}`);
	expect(Object.keys(manifest.exports).sort()).toEqual(
		[".", "./package.json", ...folders, ...single, ...translations].sort(),
	);
});

test("every file that an export names is in the tarball", () => {
	const targets = Object.values(manifest.exports).flatMap((target) =>
		typeof target === "string" ? [target] : Object.values(target),
	);
	for (const target of targets) expect(packed.files).toContain(target.replace("./", ""));
});

test("the tarball holds the code, its declarations and sources, the pages that the README links to, and the usual files", () => {
	const others = packed.files.filter(
		(path) => !/^(dist\/.+\.(js|d\.ts)(\.map)?|src\/.+\.(ts|json)|docs\/([\w-]+\.md|screenshots\/.+))$/.test(path),
	);
	expect(["CHANGELOG.md", "LICENSE", "README.md", "docs/custom-elements.json", "package.json"].sort()).toEqual(
		expect.arrayContaining(others),
	);
});

// Placeholders until the repository has an address: what is changed in one place has to be changed in the others.
test("repository, homepage, bugs and the pages name one and the same repository", () => {
	const { repository, homepage, bugs } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
	const address = "https://github.com/device-sessions/device-sessions";
	expect([repository.url, homepage, bugs]).toEqual([`git+${address}.git`, `${address}#readme`, `${address}/issues`]);
	expect(readFileSync(join(root, "docs/security.md"), "utf8")).toContain(`(${address}/blob/main/SECURITY.md)`);
});

test("no link of a page leads out of the tarball but an absolute one", () => {
	const pages = packed.files.filter((path) => path.endsWith(".md"));
	const links = pages.flatMap((page) =>
		[...readFileSync(join(root, page), "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, to = ""]) =>
			join(dirname(page), to),
		),
	);
	expect(links.length).toBeGreaterThan(100);
	expect(links.filter((path) => !packed.files.includes(path))).toEqual([]);
});

test("every source that a source map names is in the tarball", () => {
	const maps = packed.files.filter((path) => path.endsWith(".map"));
	expect(maps).not.toEqual([]);
	for (const path of maps) {
		const { sources }: { sources: string[] } = JSON.parse(readFileSync(join(root, path), "utf8"));
		for (const source of sources) expect(packed.files).toContain(join(path, "..", source));
	}
});
