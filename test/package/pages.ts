import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./pack.js";

/** The reference and the first steps: their code is compiled with what the first block of the README exports. */
export const reference = [
	"getting-started",
	"state",
	"commands",
	"hooks",
	"server-rendering",
	"tabs",
	"errors",
	"migrating",
	"troubleshooting",
	"proofs",
].map((name) => `docs/${name}.md`);

/** Pages whose code is compiled, and run where it is a test: as files beside each other, named in their first line. */
export const guides = [
	"docs/testing.md",
	"docs/statechart.md",
	"docs/inspector.md",
	"docs/operations.md",
	"docs/adding-accounts.md",
	"docs/element.md",
	"docs/connect.md",
	"docs/caches.md",
	"docs/limits.md",
];

/** Pages whose code is that of files which tests run. */
const pagesOf = (kind: "example" | "recipe") =>
	readdirSync(join(root, "docs"))
		.filter((name) => name.startsWith(`${kind}-`) && name.endsWith(".md"))
		.map((name) => `docs/${name}`);
export const recipePages = ["docs/recipes.md", ...pagesOf("recipe")];
export const examplePages = ["docs/examples.md", ...pagesOf("example")];
export const quoting = [...recipePages, ...examplePages, "docs/caches.md", "docs/guards.md"];
