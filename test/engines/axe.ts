import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Tab } from "./engine.js";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** By the driver: a strict policy allows no further script. */
const install = new Function(source) as () => void;

/** What axe finds on a page, or on a part of it, as it is now: the rule, and where. */
export async function findings(tab: Tab, part = "html"): Promise<string[]> {
	await tab.run(install);
	return tab.run(async (part) => {
		// Safe: axe has just been put there.
		const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
		const { violations } = await axe.run(part, { resultTypes: ["violations"] });
		return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
	}, part);
}
