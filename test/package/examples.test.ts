import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createNodeClient } from "../../docs/examples/node-client.js";
import { examples } from "../examples/examples.js";
import { createRealServer, origin, password } from "../support/real-server.js";
import { manifest, root } from "./pack.js";

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

/** The files that a page names, each with the code that it quotes. */
const quotesIn = (page: string) =>
	[...read(page).matchAll(/^`(docs\/examples\/\S+)`:\n\n```\w+\n([\s\S]*?)^```$/gm)].map(
		([, path = "", code = ""]) => ({
			page,
			path,
			code,
		}),
	);
const quotes = ["docs/examples.md", "docs/guards.md"].flatMap(quotesIn);

test.each(quotes)("$page quotes $path as it is", ({ path, code }) => {
	// A part of something is further to the left on a page.
	const flat = (text: string) => text.replaceAll(/^\t+/gm, "");
	expect(flat(read(path))).toContain(flat(code));
});

test("no code of the pages is anything else than a quote", () => {
	const blocks = ["docs/examples.md", "docs/guards.md"].flatMap((page) => [
		...read(page).matchAll(/^```(?:tsx?|vue|svelte|astro)$/gm),
	]);
	expect(quotes).toHaveLength(blocks.length);
});

test("docs/examples.md has each example, and docs/guards.md its guard", () => {
	for (const name of names) {
		expect(read("docs/examples.md")).toContain(`| \`${name}\``);
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
