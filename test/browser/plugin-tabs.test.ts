import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openDevices } from "./open-devices.js";
import type { Tab } from "./plugin-tabs/page.js";
import { startSite } from "./plugin-tabs/site.js";

declare const tab: Tab;

const devices = openDevices(startSite);

/** A tab whose `useSession` has settled on Bob. */
async function open(query: string): Promise<Page> {
	const page = await devices.newTab();
	await page.goto(`${devices.site.url}/?${query}`);
	await page.locator("html[data-session=Bob]").waitFor();
	return page;
}

const isSignedOut = (page: Page) => page.locator("html[data-session=nobody]").waitFor();
const signOutAll = async (page: Page) => {
	const result = await page.evaluate(() => tab.deviceSessions?.signOutAll());
	expect(result).toMatchObject({ error: null });
};

test.each([
	["has the plugin too, and shows no accounts", ""],
	["has the plugin too, and shows the accounts", "accounts"],
	["has Better Auth's client alone", "without-plugin"],
])("a sign-out of all is followed by useSession in the tab itself and in one that %s", async (_, query) => {
	const [one, other] = [await open("accounts"), await open(query)];
	await one.locator("html[data-accounts='Ada,Bob']").waitFor();
	await signOutAll(one);
	await isSignedOut(one);
	await isSignedOut(other);
	const heard = await other.evaluate(() => tab.heard);
	expect(heard.map((text) => JSON.parse(text))).toEqual([
		{
			event: "session",
			data: { trigger: "signout" },
			clientId: expect.stringMatching(/^[a-z0-9]+$/),
			timestamp: expect.any(Number),
		},
	]);
	expect(await one.evaluate(() => tab.heard)).toEqual([]);
});

test("a sign-out of all is followed by useSession where neither tab shows the accounts", async () => {
	const [one, other] = [await open(""), await open("")];
	await signOutAll(one);
	await isSignedOut(one);
	await isSignedOut(other);
});
