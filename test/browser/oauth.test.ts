import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { startSite } from "./oauth/site.js";
import { openDevices } from "./open-devices.js";
import { newEmail } from "./sign-up.js";

declare const guide: Record<"addWith" | "sendLink" | "useToken", (text: string) => Promise<string>>;

const devices = openDevices(startSite);
let cy: { name: string; email: string };

beforeEach(() => {
	cy = { name: "Cy", email: newEmail("Cy") };
	devices.site.provider.signIn(cy);
});

const shows = (page: Page, accounts: string) => page.locator(`html[data-accounts="${accounts}"]`).waitFor();
const says = (page: Page, text: string) => page.locator(`html[data-said="${text}"]`).waitFor();

/** A tab that shows Ada, and Bob, who is active. */
async function open(): Promise<Page> {
	const page = await devices.newTab();
	await page.goto(devices.site.url);
	await shows(page, "Ada,Bob*");
	await says(page, "nothing");
	return page;
}
/** Goes to the provider and comes back. */
async function add(page: Page): Promise<void> {
	devices.site.requests.length = 0;
	// The page may be gone by the time that it answers.
	await Promise.all([page.waitForURL(`${devices.site.url}/`), page.evaluate(() => void guide.addWith("local"))]);
}

test("an account is added at an OAuth provider: the page comes back and says so, and the other tab follows", async () => {
	const [one, other] = [await open(), await open()];
	await add(one);
	await says(one, `${cy.email} was added`);
	await shows(one, "Ada,Bob,Cy*");
	await shows(other, "Ada,Bob,Cy*");
	// It has not been loaded anew.
	await says(other, "nothing");
	expect(devices.site.requests).not.toContain("POST /multi-session/set-active");

	await one.reload();
	await says(one, "nothing");
	await shows(one, "Ada,Bob,Cy*");
});

test("one that is there already is not added once more", async () => {
	const page = await open();
	await add(page);
	await says(page, `${cy.email} was added`);
	expect(devices.site.requests).toEqual([
		"POST /sign-in/social",
		"GET /callback/local",
		expect.stringMatching(/^GET \/(get-session|multi-session\/list-device-sessions)$/),
		expect.stringMatching(/^GET \/(get-session|multi-session\/list-device-sessions)$/),
	]);
	await add(page);
	await says(page, `You were signed in as ${cy.email} already`);
});

test("a person who says no at the provider comes back as before, and no other tab changes", async () => {
	const [one, other] = [await open(), await open()];
	devices.site.provider.signIn(null);
	await add(one);
	await says(one, "The sign-in didn't work. Nothing has changed.");
	await shows(one, "Ada,Bob*");
	await shows(other, "Ada,Bob*");
});

test("a magic link opens a tab that says who was added, and the tab that asked for it follows", async () => {
	const page = await open();
	expect(await page.evaluate((email) => guide.sendLink(email), cy.email)).toBe("Open the link that we have sent you");
	const link = devices.site.links.at(-1) ?? "";
	const opened = await devices.context.newPage();
	await opened.goto(link);
	await says(opened, `${cy.email} was added`);
	await page.locator("html[data-accounts$='*']").waitFor();
	await page.waitForFunction(() => !document.documentElement.dataset["accounts"]?.includes("Bob*"));

	await opened.goto(link);
	await says(opened, "The sign-in didn't work. Nothing has changed.");
});

test("a magic link's token that the page has itself adds the account there, once", async () => {
	const [one, other] = [await open(), await open()];
	await one.evaluate((email) => guide.sendLink(email), cy.email);
	const token = new URL(devices.site.links.at(-1) ?? "").searchParams.get("token") ?? "";
	expect(await one.evaluate((text) => guide.useToken(text), token)).toBe("Account added");
	for (const page of [one, other]) {
		await page.waitForFunction(() => /^Ada,Bob,.*\*$/.test(document.documentElement.dataset["accounts"] ?? ""));
	}
	expect(await one.evaluate((text) => guide.useToken(text), token)).toBe("The link has been used, or is too old");
});
