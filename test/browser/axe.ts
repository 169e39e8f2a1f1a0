import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const path = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe finds on a page as it is now: the rule, and where. */
export async function violationsOf(page: Page): Promise<string[]> {
	await page.addScriptTag({ path });
	return page.evaluate(async () => {
		// A color that is half-way to another is nobody's. What is taken back before it ends rejects.
		const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
		await Promise.allSettled(ending.map(({ finished }) => finished));
		// Safe: axe has just been put there.
		const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
		const { violations } = await axe.run(document, { resultTypes: ["violations"] });
		return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
	});
}
