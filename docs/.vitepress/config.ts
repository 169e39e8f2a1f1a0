import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { listed, pages } from "./pages.js";

/** A link to the sources leads somewhere on a code host only: on the site its text stands alone. */
const isOutside = (href: string): boolean => href.startsWith("../");

export default defineConfig({
	title: "device-sessions",
	description: "The accounts signed in on one device, as one reactive store over Better Auth's multi-session plugin.",
	cleanUrls: true,
	// Of the folders `api` alone has pages. A page is no folder, and has to be named all the same.
	srcExclude: ["!(api|*.md)/**"],
	buildEnd({ pages: built }) {
		const missing = listed.filter((page) => !built.includes(page));
		if (missing.length > 0) throw new Error(`These pages are not on the site: ${missing.join(", ")}.`);
	},
	themeConfig: {
		search: { provider: "local" },
		// `npm run docs` makes it from the sources.
		sidebar: [...pages, { text: "API", items: [{ text: "Every export", link: "/api/" }] }],
		outline: [2, 3],
		footer: { message: "MIT" },
	},
	vite: {
		resolve: {
			// The sources, the longest name first.
			alias: ["element", "testing", ""].map((subpath) => ({
				find: ["device-sessions", subpath].filter(Boolean).join("/"),
				replacement: fileURLToPath(new URL(`../../src/${subpath && `${subpath}/`}index.ts`, import.meta.url)),
			})),
		},
	},
	markdown: {
		config(md) {
			md.core.ruler.push("only within docs", ({ tokens }) => {
				for (const { children } of tokens) {
					if (!children) continue;
					let depth = 0;
					for (const token of children) {
						const isOpening = token.type === "link_open" && isOutside(token.attrGet("href") ?? "");
						if (isOpening) depth += 1;
						if (!isOpening && !(token.type === "link_close" && depth > 0)) continue;
						if (token.type === "link_close") depth -= 1;
						token.type = "text";
						token.tag = "";
						token.nesting = 0;
						token.content = "";
					}
				}
			});
		},
	},
});
