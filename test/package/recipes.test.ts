import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./pack.js";
import { recipePages } from "./pages.js";

const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
/** Each file that a page names, with the code that it quotes. */
const quotesOf = (page: string) =>
	[...read(page).matchAll(/^`(docs\/recipes\/\S+)`:\n\n```(\w+)\n([\s\S]*?)^```$/gm)].map(
		([, path = "", kind = "", code = ""]) => ({ path, kind, code }),
	);

const recipes = readdirSync(join(root, "docs/recipes"), { recursive: true, encoding: "utf8" })
	.filter((path) => /\/[^/]+\.(tsx?|vue|svelte)$/.test(path))
	.map((path) => `docs/recipes/${path}`);

describe.each([
	["the pages of the recipes", recipePages, recipes.filter((path) => !path.includes("/caches/"))],
	["docs/caches.md", ["docs/caches.md"], recipes.filter((path) => path.includes("/caches/"))],
])("%s", (_, pages, own) => {
	const quotes = pages.flatMap(quotesOf);

	test("have every recipe", () => {
		expect(quotes.map(({ path }) => path).sort()).toEqual(own.toSorted());
	});

	test.each(quotes)("quote $path as it is", ({ path, kind, code }) => {
		expect(code).toBe(read(path));
		expect(path.endsWith(`.${kind}`)).toBe(true);
	});

	test("quote nothing too long to be read on a page", () => {
		for (const { code } of quotes) expect(code.split("\n").length).toBeLessThanOrEqual(60);
	});
});

test("the README's pictures are there, and small; where motion is to be reduced, none of them moves", () => {
	const sources = [...read("README.md").matchAll(/<(?:source media="(.+?)" srcset|img src)="(docs\/[^"]+)"/g)];
	const pictures = sources.map(([, media = "", path = ""]) => ({ media, path }));
	const inFolder = readdirSync(join(root, "docs/screenshots")).map((name) => `docs/screenshots/${name}`);
	expect([...new Set(pictures.map(({ path }) => path))].sort()).toEqual(inFolder.sort());
	for (const { path } of pictures)
		expect(statSync(join(root, path)).size, path).toBeLessThanOrEqual(path.endsWith(".gif") ? 500_000 : 150_000);

	const moving = pictures.findIndex(({ path }) => path.endsWith(".gif"));
	const still = pictures.slice(0, moving).map(({ media }) => media);
	// The first that fits is shown.
	expect(still).toEqual([
		"(prefers-reduced-motion: reduce) and (prefers-color-scheme: dark)",
		"(prefers-reduced-motion: reduce)",
	]);
});
