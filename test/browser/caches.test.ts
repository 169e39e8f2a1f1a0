import type { Page, Route } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { CachePage } from "./caches/page.js";
import { startSite } from "./caches/site.js";
import { openDevices } from "./open-devices.js";

declare const page: CachePage;

const devices = openDevices(startSite);

async function isShown(tab: Page, who: string) {
	await tab.locator("#who", { hasText: who }).waitFor();
	await tab.locator("#mail", { hasText: `mail of ${who}` }).waitFor();
}
async function open(kind: string) {
	const tab = await devices.newTab();
	await tab.goto(`${devices.site.url}/${kind}`);
	return tab;
}
const setActive = async (tab: Page, name: string) => {
	expect(await tab.evaluate((who) => page.setActive(who), name)).toMatchObject({ error: null });
};
/** Where one was shown the mail of another. */
const mixed = async (tab: Page) => {
	const shown = await tab.evaluate(() => page.shown);
	return shown.filter((pair) => /^(\w+): mail of (?!\1$)/.test(pair));
};
/** The next request for mail waits for its answer's release; by then the server has answered. */
async function hold(tab: Page) {
	let answer = (_release: () => Promise<void>): void => {};
	const answered = new Promise<() => Promise<void>>((resolve) => {
		answer = resolve;
	});
	await tab.route(
		/\/(api\/mail|graphql)$/,
		async (route: Route) => {
			const response = await route.fetch();
			answer(() => route.fulfill({ response }).catch(() => {})); // Aborted meanwhile.
		},
		{ times: 1 },
	);
	return () => answered;
}

describe.each(["tanstack", "tanstack-persisted", "swr", "apollo", "fetch"])("the recipe for %s", (kind) => {
	test("shows nobody another account's mail, before and after a switch and in the other tab", async () => {
		const [tab, other] = [await open(kind), await open(kind)];
		await isShown(tab, "Bob");
		await isShown(other, "Bob");
		for (const name of ["Ada", "Bob", "Ada"]) {
			await setActive(tab, name);
			await isShown(tab, name);
			await isShown(other, name);
		}
		expect(await mixed(tab)).toEqual([]);
		await other.bringToFront();
		await other.waitForFunction(() => page.shown.at(-1) === "Ada: mail of Ada");
		expect(await mixed(other)).toEqual([]);
	});

	test("shows nobody an answer that was on its way to another account", async () => {
		const tab = await devices.newTab();
		const answered = await hold(tab);
		await tab.goto(`${devices.site.url}/${kind}`);
		const release = await answered();
		await setActive(tab, "Ada");
		await isShown(tab, "Ada");
		await release();
		await setActive(tab, "Bob");
		await isShown(tab, "Bob");
		expect(await mixed(tab)).toEqual([]);
	});

	test("shows after a reload who is active by then", async () => {
		const tab = await open(kind);
		await isShown(tab, "Bob");
		await setActive(tab, "Ada");
		await isShown(tab, "Ada");
		await tab.reload();
		await isShown(tab, "Ada");
		expect(await mixed(tab)).toEqual([]);
	});
});

test("of accounts that are not active, the persisted recipe leaves nothing in the browser", async () => {
	const tab = await open("tanstack-persisted");
	const kept = (name: string) =>
		tab.waitForFunction((mail) => JSON.stringify(localStorage).includes(mail), `mail of ${name}`);
	await isShown(tab, "Bob");
	await kept("Bob");
	await setActive(tab, "Ada");
	await kept("Ada");
	expect(await tab.evaluate(() => JSON.stringify(localStorage))).not.toContain("mail of Bob");
});

describe("one client of TanStack Query for all accounts", () => {
	test.each(["nothing", "clear", "removeQueries", "invalidateQueries"])(
		"shows Ada the mail of Bob with %s in onIdentityChange",
		async (call) => {
			const tab = await open(`obvious?call=${call}`);
			await isShown(tab, "Bob");
			await hold(tab);
			await setActive(tab, "Ada");
			await tab.waitForFunction(() => page.shown.includes("Ada: mail of Bob"));
		},
	);
});
