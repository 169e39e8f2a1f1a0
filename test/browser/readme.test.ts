import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { password } from "../support/real-server.js";
import { launchChromium } from "./chromium.js";
import { startGuideSite } from "./guide-site.js";

let site: Awaited<ReturnType<typeof startGuideSite>>;
let browser: Browser;

beforeAll(async () => {
	[site, browser] = await Promise.all([startGuideSite("README.md", (blocks) => blocks[0] ?? ""), launchChromium()]);
});
afterAll(async () => {
	await browser?.close();
	await site?.close();
});

/** The page of the README's ten lines, where Ada and Bob are signed in and nobody is active. */
async function open(): Promise<Page> {
	const context = await browser.newContext();
	onTestFinished(() => context.close());
	for (const name of ["ada", "bob"]) {
		const data = { name, email: `${name}@${crypto.randomUUID()}.example`, password };
		await context.request.post(`${site.url}/api/auth/sign-up/email`, { data, headers: { origin: site.url } });
	}
	await context.clearCookies({ name: "better-auth.session_token" });
	const page = await context.newPage();
	page.on("pageerror", (error) => expect.unreachable(String(error)));
	await page.goto(site.url);
	await page.locator("option", { hasText: "bob@" }).waitFor({ state: "attached" });
	return page;
}

/** What a screen reader finds, addresses cut. */
const heard = async (page: Page) => (await page.locator("body").ariaSnapshot()).replace(/@\S+?example/g, "");
const hears = (page: Page, ...options: string[]) =>
	expect
		.poll(() => heard(page))
		.toBe(['- combobox "Account":', ...options.map((option) => `  - option ${option}`)].join("\n"));

test("the ten lines ask for an account where nobody is active, and the choice is made active", async () => {
	const page = await open();
	await hears(page, '"Choose one" [selected]', '"ada"', '"bob"');
	const select = page.getByRole("combobox", { name: "Account" });
	await select.selectOption({ index: 1 });
	await hears(page, '"ada" [selected]', '"bob"');
	await page.reload();
	await hears(page, '"ada" [selected]', '"bob"');
	await select.selectOption({ index: 1 });
	await hears(page, '"ada"', '"bob" [selected]');
});

test("the ten lines work by keyboard, and keep the focus where it is", async () => {
	const page = await open();
	await page.keyboard.press("Tab");
	await page.keyboard.press("b");
	await hears(page, '"ada"', '"bob" [selected]');
	const select = page.getByRole("combobox", { name: "Account" });
	await page.waitForLoadState("networkidle");
	expect(await select.evaluate((element) => element === document.activeElement)).toBe(true);
	await page.keyboard.press("ArrowUp");
	await hears(page, '"ada" [selected]', '"bob"');
	expect(await select.evaluate((element) => element === document.activeElement)).toBe(true);
});

test("the ten lines go back to who is active where the switch fails", async () => {
	const page = await open();
	const select = page.getByRole("combobox", { name: "Account" });
	await select.selectOption({ index: 1 });
	await hears(page, '"ada" [selected]', '"bob"');
	await page.route("**/multi-session/set-active", (route) => route.fulfill({ status: 403, json: {} }));
	await select.selectOption({ index: 1 });
	await hears(page, '"ada" [selected]', '"bob"');
});
