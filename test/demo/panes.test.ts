import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Locator } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { openDemo } from "../browser/open-demo.js";
import { eventually, SwitcherPage } from "../browser/switcher-page.js";

const [ada, grace, alan] = ["Ada Lovelace", "Grace Hopper", "Alan Turing"] as const;
const recipes = {
	React: "react/account-switcher.tsx",
	Vue: "vue/account-switcher.vue",
	Svelte: "svelte/account-switcher.svelte",
	Solid: "solid/account-switcher.tsx",
	TypeScript: "plain/account-switcher.ts",
} as const;
const frameworks = Object.keys(recipes) as (keyof typeof recipes)[];

const demo = openDemo();
let context: BrowserContext;
let view: SwitcherPage;

beforeEach(async () => {
	context = await demo.newDevice();
	view = await SwitcherPage.open(context, demo.url);
});
const active = (pane: Locator) => pane.locator("[aria-current=true]").allInnerTexts();
const busy = (pane: Locator) => pane.locator("li[aria-busy=true]").allInnerTexts();
const inEvery = async (look: (pane: Locator) => Promise<unknown>) =>
	Promise.all(frameworks.map((name) => look(view.pane(name))));
const five = <T>(value: T): T[] => frameworks.map(() => value);

test("five switchers stand under the hood; none of them lists anybody at first", async () => {
	await eventually(() => inEvery((pane) => pane.getByText("Nobody is signed in.").count())).toEqual(five(1));
	expect(await view.page.getByRole("heading", { level: 3 }).allInnerTexts()).toEqual(frameworks);
});

describe("all on one store", () => {
	test.each(frameworks)("a click in %s shows in all", async (framework) => {
		await view.signIn(ada, grace);
		await eventually(() => inEvery(active)).toEqual(five([grace]));
		await view.pane(framework).getByRole("button", { name: ada, exact: true }).click();
		await view.seesActive(ada);
		await eventually(() => inEvery(active)).toEqual(five([ada]));
		await view
			.pane(framework)
			.getByRole("button", { name: `Sign out ${ada}` })
			.click();
		await view.seesAccounts(grace);
		await eventually(() => inEvery(active)).toEqual(five([grace]));
	});

	test("what is under way and what went wrong shows in all", async () => {
		await view.signIn(ada, grace, alan);
		await view.page.getByLabel("Slow network").check();
		await view.pane("Vue").getByRole("button", { name: ada, exact: true }).click();
		await eventually(async () => (await inEvery(busy)).map((rows) => String(rows).split("\n")[0])).toEqual(five(ada));
		await eventually(() => inEvery(busy)).toEqual(five([]));
		await context.route("**/api/auth/**", (route) => route.abort());
		await view.pane("Solid").getByRole("button", { name: grace, exact: true }).click();
		await eventually(() => inEvery((pane) => pane.getByRole("alert").allInnerTexts())).toEqual(
			five(["Can't reach the server. Try again"]),
		);
	});
});

test("each switcher's source is the very file of its recipe, shown by a press and hidden by another", async () => {
	for (const [framework, file] of Object.entries(recipes)) {
		const button = view.page.getByRole("button", { name: `Source for ${framework}` });
		await button.click();
		await eventually(() => view.page.getByRole("heading", { name: `docs/recipes/${file}` }).count()).toBe(1);
		const text = readFileSync(join(import.meta.dirname, "../../docs/recipes", file), "utf8");
		await eventually(() => view.page.locator("#source code").textContent()).toBe(text);
		expect(await button.getAttribute("aria-expanded")).toBe("true");
	}
	expect(await view.page.locator("[aria-expanded=true][aria-controls=source]").count()).toBe(1);
	await view.page.getByRole("button", { name: "Source for TypeScript" }).click();
	expect(await view.page.locator("#source").isVisible()).toBe(false);
	expect(await view.page.locator("[aria-expanded=true][aria-controls=source]").count()).toBe(0);
});
