import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Harness } from "../browser/frameworks/page.js";
import { startSite } from "../browser/frameworks/site.js";
import { eventually } from "../browser/switcher-page.js";
import { findings } from "./axe.js";
import type { Tab } from "./engine.js";
import { inEachEngine } from "./engines.js";

declare const harness: Harness;

let site: Awaited<ReturnType<typeof startSite>>;
beforeAll(async () => {
	site = await startSite();
});
afterAll(() => site?.close());

inEachEngine((openTab) => {
	async function open(framework: string): Promise<Tab> {
		const tab = await openTab(`${site.url}/${framework}`);
		await eventually(() => tab.run(() => document.documentElement.dataset["ready"])).toBe("yes");
		// As a page does it. Within a script of WebKit's driver Svelte loses its batch between two `mount`s.
		await tab.run(() => void setTimeout(() => harness.mount()));
		return tab;
	}
	/** The accounts that are shown, the active one with a star. */
	const rows = (tab: Tab) =>
		tab.run(() =>
			[...document.querySelectorAll("li")].map((row) => {
				const name = row.querySelector("button")?.textContent.trim() ?? "";
				return row.querySelector("[aria-current=true]") || row.ariaCurrent === "true" ? `${name}*` : name;
			}),
		);
	/** Clicks the middle of a button. */
	async function click(tab: Tab, name: string): Promise<void> {
		const { x, y } = await tab.run((name) => {
			const one = [...document.querySelectorAll("button")].find(
				(one) => (one.ariaLabel ?? one.textContent.trim()) === name,
			);
			const { x = 0, y = 0, width = 0, height = 0 } = one?.getBoundingClientRect() ?? {};
			return { x: x + width / 2, y: y + height / 2 };
		}, name);
		await tab.click(x, y);
	}

	describe.each(["react", "vue", "svelte", "solid", "plain"])("the recipe for %s", (framework) => {
		test("lists the accounts, switches and signs out", async () => {
			const tab = await open(framework);
			await eventually(() => rows(tab)).toEqual(["Person1", "Person2", "Person3*"]);
			expect(await findings(tab, "main")).toEqual([]);
			await click(tab, "Person1");
			await eventually(() => rows(tab)).toEqual(["Person1*", "Person2", "Person3"]);
			await click(tab, "Sign out Person1");
			await eventually(() => rows(tab)).toEqual(["Person2", "Person3*"]);
		});
	});
});
