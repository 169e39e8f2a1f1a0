import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./pack.js";

const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const page = read("docs/recipes.md");
/** Each file that docs/recipes.md names, with the code that it quotes. */
const quotes = [...page.matchAll(/^`(docs\/recipes\/\S+)`:\n\n```(\w+)\n([\s\S]*?)^```$/gm)].map(
	([, path = "", kind = "", code = ""]) => ({ path, kind, code }),
);

describe("docs/recipes.md", () => {
	test("has every recipe", () => {
		const files = readdirSync(join(root, "docs/recipes"), { recursive: true, encoding: "utf8" });
		const recipes = files.filter((path) => path.includes("account-switcher")).map((path) => `docs/recipes/${path}`);
		expect(quotes.map(({ path }) => path).sort()).toEqual(recipes.sort());
	});

	test.each(quotes)("quotes $path as it is", ({ path, kind, code }) => {
		expect(code).toBe(read(path));
		expect(path.endsWith(`.${kind}`)).toBe(true);
	});

	test("quotes nothing too long to be read on the demo's page", () => {
		for (const { code } of quotes) expect(code.split("\n").length).toBeLessThanOrEqual(60);
	});
});

test("the README's pictures are there, and small", () => {
	const pictures = [...read("README.md").matchAll(/(?:src|srcset)="(docs\/[^"]+)"/g)].map(([, path = ""]) => path);
	expect(pictures.sort()).toEqual(["docs/screenshots/demo-dark.png", "docs/screenshots/demo-light.png"]);
	for (const path of pictures) expect(statSync(join(root, path)).size).toBeLessThan(150_000);
});
