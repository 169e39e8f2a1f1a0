import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { launchChromium, listenTo } from "./chromium.js";
import type { Harness } from "./frameworks/page.js";
import { startSite } from "./frameworks/site.js";
import { eventually } from "./switcher-page.js";

declare const harness: Harness;

let site: Awaited<ReturnType<typeof startSite>>;
let browser: Browser;

beforeAll(async () => {
	[site, browser] = await Promise.all([startSite(), launchChromium()]);
});
afterAll(async () => {
	await browser?.close();
	await site?.close();
});

/** The recipe's page, mounted; a warning or an error in the console fails the test. */
async function open(framework: string, query = ""): Promise<Page> {
	const page = await browser.newPage();
	const said = listenTo(page);
	onTestFinished(async () => {
		await page.close();
		expect(said).toEqual([]);
	});
	await page.goto(`${site.url}/${framework}?${query}`);
	await page.locator("html[data-ready=yes]").waitFor();
	await page.evaluate(() => harness.mount());
	return page;
}

const names = (page: Page) => page.locator("li button:first-child").allInnerTexts();
const active = (page: Page) => page.locator("[aria-current=true]").allInnerTexts();
const busy = (page: Page) => page.locator("li[aria-busy=true] button:first-child").allInnerTexts();
const alerts = (page: Page) => page.getByRole("alert").filter({ visible: true }).allInnerTexts();
const account = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const setActive = "/multi-session/set-active";

describe.each(["react", "vue", "svelte", "solid", "plain"])("the recipe for %s", (framework) => {
	test("lists the accounts with the active one marked, or says that there is none", async () => {
		const page = await open(framework, "accounts=0");
		await eventually(() => page.getByText("Nobody is signed in.").isVisible()).toBe(true);
		const full = await open(framework);
		await eventually(() => names(full)).toEqual(["Person1", "Person2", "Person3"]);
		expect(await active(full)).toEqual(["Person3"]);
		expect(await full.getByText("Reading the accounts").filter({ visible: true }).count()).toBe(0);
	});

	test.each(["its own client of Better Auth", "the vanilla client"])(
		"switches and signs out with %s",
		async (which) => {
			const page = await open(framework, which.includes("vanilla") ? "vanilla" : "");
			await account(page, "Person1").click();
			await eventually(() => active(page)).toEqual(["Person1"]);
			if (!which.includes("vanilla")) await eventually(() => page.locator("#session").textContent()).toBe("Person1");
			await account(page, "Sign out Person1").click();
			await eventually(() => names(page)).toEqual(["Person2", "Person3"]);
			await eventually(() => active(page)).toEqual(["Person3"]);
			if (!which.includes("vanilla")) await eventually(() => page.locator("#session").textContent()).toBe("Person3");
		},
	);

	test("marks the row that a switch, or a sign-out, is on its way to", async () => {
		const page = await open(framework);
		await account(page, "Person1").waitFor();
		for (const [path, name] of [
			[setActive, "Person1"],
			["/multi-session/revoke", "Sign out Person2"],
		] as const) {
			await page.evaluate((held) => harness.hold(held), path);
			await account(page, name).click();
			await eventually(() => busy(page)).toEqual([name.replace("Sign out ", "")]);
			await eventually(() => page.evaluate(() => harness.isHeld())).toBe(true);
			await page.evaluate(() => harness.release());
			await eventually(() => busy(page)).toEqual([]);
		}
		await eventually(() => names(page)).toEqual(["Person1", "Person3"]);
	});

	test("shows in words what went wrong, until the next command", async () => {
		const page = await open(framework);
		await account(page, "Person1").waitFor();
		await page.evaluate((path) => harness.refuse(path), setActive);
		await account(page, "Person1").click();
		await eventually(() => alerts(page)).toHaveLength(1);
		expect((await alerts(page)).join()).toMatch(/server/i);
		expect(await active(page)).toEqual(["Person3"]);
		await account(page, "Person2").click();
		await eventually(() => active(page)).toEqual(["Person2"]);
		expect(await alerts(page)).toEqual([]);
	});

	test("only the last click is busy, and what came of it is said", async () => {
		const page = await open(framework);
		await account(page, "Person1").waitFor();
		expect(await page.locator("li small").allInnerTexts()).toEqual(
			["Person1", "Person2", "Person3"].map((name) => expect.stringContaining(name.toLowerCase())),
		);
		await page.evaluate((held) => harness.hold(held), setActive);
		await account(page, "Person1").click();
		await eventually(() => page.evaluate(() => harness.isHeld())).toBe(true);
		await account(page, "Person2").click();
		await eventually(() => busy(page)).toEqual(["Person2"]);
		await page.evaluate(() => harness.release());
		await eventually(() => active(page)).toEqual(["Person2"]);
		await eventually(() => busy(page)).toEqual([]);
		await eventually(() => page.getByRole("status").textContent()).toBe("Now using Person2");
	});

	test("shows names as they are: alike, blank, from right to left, an emoji, and 200 letters", async () => {
		const arabic = "محمد بن موسى";
		const [emoji, long] = ["👩‍👩‍👧 Kim", "x".repeat(200)];
		const page = await open(framework, "accounts=6");
		await account(page, "Person1").waitFor();
		await page.evaluate(
			(given) => {
				harness.rename(given);
				harness.refetch();
			},
			["Kim", "Kim", "  ", arabic, emoji, long],
		);
		await eventually(() => names(page)).toEqual(["Kim", "Kim", "person3@example.com", arabic, emoji, long]);
		for (const name of ["Kim (person1@example.com)", "Kim (person2@example.com)", "person3@example.com", arabic, emoji])
			expect(await account(page, `Sign out ${name}`).count(), name).toBe(1);
		// Two of one name are told apart beside it, and each can be switched to.
		await page
			.getByRole("listitem")
			.filter({ hasText: "person2@" })
			.getByRole("button", { name: "Kim", exact: true })
			.click();
		await eventually(() => page.locator("li", { has: page.locator("[aria-current=true]") }).allInnerTexts()).toEqual([
			expect.stringContaining("person2@"),
		]);
		await eventually(() => page.getByRole("status").textContent()).toBe("Now using Kim (person2@example.com)");
		await account(page, arabic).click();
		await eventually(() => active(page)).toEqual([arabic]);
	});

	test("a read that failed can be tried again", async () => {
		const page = await open(framework);
		await account(page, "Person1").waitFor();
		await page.evaluate((path) => harness.refuse(path), "/multi-session/list-device-sessions");
		await page.evaluate(() => harness.refetch());
		await page.getByRole("button", { name: "Try again" }).click();
		await eventually(() => alerts(page)).toEqual([]);
		expect(await page.getByRole("button", { name: "Try again" }).filter({ visible: true }).count()).toBe(0);
	});

	test("of fifty accounts a switch renders the two rows that change, and no other", async () => {
		// Solid copies what comes into a store of its own: there it is the page that is watched.
		const page = await open(framework, framework === "solid" ? "accounts=50" : "accounts=50&counted");
		await eventually(async () => (await names(page)).length).toBe(50);
		const follow = await page.evaluateHandle(() => harness.follow());
		await account(page, "Person7").click();
		await eventually(() => active(page)).toEqual(["Person7"]);
		await eventually(() => busy(page)).toEqual([]);
		const { rendered, written, kept } = await follow.evaluate((read) => read());
		expect(written.sort()).toEqual(["Person50", "Person7"]);
		if (framework !== "solid") expect(rendered.sort()).toEqual(["Person50", "Person7"]);
		expect(kept).toBe(true);
	});

	test("taken away, it leaves nothing: no listener, no timer, no channel; and it can come again", async () => {
		const page = await open(framework);
		for (const _ of [1, 2, 3]) {
			await account(page, "Person1").waitFor();
			await page.evaluate(() => harness.unmount());
			const gone = { listeners: 0, channels: 0, timers: 0, html: "" };
			await eventually(() => page.evaluate(() => harness.leftovers())).toEqual(gone);
			await page.evaluate(() => harness.mount());
		}
		await account(page, "Person1").click();
		await eventually(() => active(page)).toEqual(["Person1"]);
	});
});

test("the count would notice: rows without memo are all rendered", async () => {
	const page = await open("careless", "accounts=50&counted");
	await eventually(async () => (await names(page)).length).toBe(50);
	const follow = await page.evaluateHandle(() => harness.follow());
	await account(page, "Person7").click();
	await eventually(() => active(page)).toEqual(["Person7"]);
	const { rendered } = await follow.evaluate((read) => read());
	expect(rendered).toHaveLength(50);
});
