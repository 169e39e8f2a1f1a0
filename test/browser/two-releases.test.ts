import type { Page } from "playwright-core";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { password } from "../support/real-server.js";
import { listenTo } from "./chromium.js";
import { openDevices } from "./open-devices.js";
import type { PluginTab } from "./plugin-tabs/page.js";
import { startSite } from "./plugin-tabs/site.js";
import { newEmail } from "./sign-up.js";
import { releases } from "./two-releases/releases.js";

// After a deploy a device has tabs of two releases until the last old one is closed.

declare const tab: PluginTab;

const devices = openDevices(() => startSite(releases));

type Release = "today's" | keyof typeof releases;

/** A tab of this release that shows Ada and Bob, Bob being active; it says nothing bad until the test ends. */
async function open(release: Release): Promise<Page> {
	const page = await devices.context.newPage();
	const said = listenTo(page);
	onTestFinished(() => expect(said).toEqual([]));
	await page.goto(`${devices.site.url}/${release === "today's" ? "" : release}?accounts`);
	await shows(page, { active: "Bob", session: "Bob", accounts: "Ada,Bob", status: "idle" });
	return page;
}

/** Waits until a tab shows all of this. */
const shows = async (page: Page, what: Readonly<Record<string, string>>): Promise<void> => {
	const wanted = Object.entries(what).map(([name, value]) => `[data-${name}='${value}']`);
	await page.locator(`html${wanted.join("")}`).waitFor();
};
/** Starts a switch, and does not wait for it. */
const startSwitch = (page: Page, name: string) =>
	page.evaluate((to) => void tab.deviceSessions.setActive(tab.idOf(to)), name);
/** Somebody turns to this tab. What it was told in the second before would do. */
async function turnTo(page: Page): Promise<void> {
	await page.waitForFunction(() => {
		const ends = performance.getEntriesByType("resource").map(({ startTime, duration }) => startTime + duration);
		return performance.now() - Math.max(...ends) > 1_000;
	});
	await page.evaluate(() => void dispatchEvent(new Event("focus")));
}

async function switchTo(page: Page, name: string): Promise<void> {
	const { error } = await page.evaluate((to) => tab.deviceSessions.setActive(tab.idOf(to)), name);
	expect(error).toBeNull();
}

/** A person signs in with the client of this tab. */
async function signIn(page: Page, name: string): Promise<void> {
	const email = newEmail(name);
	const elsewhere = await devices.browser.newContext();
	const answer = await elsewhere.request.post(`${devices.site.url}/api/auth/sign-up/email`, {
		data: { name, email, password },
		headers: { origin: devices.site.url },
	});
	expect(answer.status()).toBe(200);
	await elsewhere.close();
	const { error } = await page.evaluate((data) => tab.signIn.email(data), { email, password });
	expect(error).toBeNull();
}

/** Whose the cookies of the device are. */
async function nameOfCookie(): Promise<string> {
	const answer = await devices.context.request.get(`${devices.site.url}/api/auth/get-session`);
	return (await answer.json()).user.name;
}

describe.each<[Release, Release]>([
	["earlier", "today's"],
	["today's", "earlier"],
])("what is done in a tab of the %s release shows in one of %s:", (acting, watching) => {
	let one: Page;
	let other: Page;
	beforeEach(async () => {
		[one, other] = [await open(acting), await open(watching)];
	});

	test("a switch", async () => {
		await switchTo(one, "Ada");
		await shows(other, { active: "Ada", session: "Ada", error: "" });
		expect(await nameOfCookie()).toBe("Ada");
	});

	test("a sign-in by the app's own client", async () => {
		await signIn(one, "Cy");
		await shows(other, { active: "Cy", session: "Cy", accounts: "Ada,Bob,Cy", error: "" });
	});

	test("a sign-out of another account, of the active one, and of all", async () => {
		await signIn(one, "Cy");
		await shows(other, { active: "Cy" });
		await one.evaluate(() => tab.deviceSessions.revoke(tab.idOf("Ada")));
		await shows(other, { active: "Cy", accounts: "Bob,Cy" });
		await one.evaluate(() => tab.deviceSessions.revoke(tab.idOf("Cy")));
		await shows(other, { active: "Bob", session: "Bob", accounts: "Bob" });
		await one.evaluate(() => tab.deviceSessions.signOutAll());
		await shows(other, { active: "nobody", session: "nobody", accounts: "", error: "" });
	});

	test("a command, by the lock for which one here waits", async () => {
		let release = () => {};
		const isReleased = new Promise<void>((resolve) => {
			release = resolve;
		});
		const isHeld = new Promise<void>((held) => {
			void one.route("**/multi-session/set-active", async (route) => {
				held();
				await isReleased;
				await route.continue();
			});
		});
		const sent: string[] = [];
		other.on("request", (request) => sent.push(request.method()));

		await startSwitch(one, "Ada");
		await isHeld;
		await startSwitch(other, "Ada");
		await other.waitForFunction(async () => (await navigator.locks.query()).pending?.length === 1);
		expect(sent).not.toContain("POST");

		release();
		await shows(one, { active: "Ada", session: "Ada", status: "idle", error: "" });
		await shows(other, { active: "Ada", session: "Ada", status: "idle", error: "" });
		expect(await nameOfCookie()).toBe("Ada");
	});

	test("switches in both at once, which end on one account in both", async () => {
		await signIn(one, "Cy");
		await shows(other, { active: "Cy", accounts: "Ada,Bob,Cy" });
		await Promise.all([switchTo(one, "Ada"), switchTo(other, "Bob")]);
		const name = await nameOfCookie();
		expect(["Ada", "Bob"]).toContain(name);
		for (const page of [one, other]) await shows(page, { active: name, session: name, status: "idle" });
	});
});

describe.each<[Release, Release]>([
	["other-protocol", "today's"],
	["today's", "other-protocol"],
])("of a tab of the %s release, one of %s with another protocol number hears nothing, and", (acting, watching) => {
	let one: Page;
	let other: Page;
	beforeEach(async () => {
		[one, other] = [await open(acting), await open(watching)];
	});

	test("shows a switch once somebody turns to it", async () => {
		await switchTo(one, "Ada");
		await turnTo(other);
		await shows(other, { active: "Ada", session: "Ada", error: "" });
	});

	test("decides a command from a new reading: whoever has signed in meanwhile stays", async () => {
		await signIn(one, "Cy");
		await turnTo(other);
		const { data, error } = await other.evaluate(() => tab.deviceSessions.signOutOthers());
		expect({ error, count: data?.revoked.length }).toEqual({ error: null, count: 2 });
		await shows(other, { active: "Cy", session: "Cy", accounts: "Cy" });
		expect(await nameOfCookie()).toBe("Cy");
		await turnTo(one);
		await shows(one, { active: "Cy", session: "Cy", accounts: "Cy", error: "" });
	});

	test("shows a sign-out of all at once: Better Auth's own client tells it", async () => {
		await one.evaluate(() => tab.deviceSessions.signOutAll());
		await shows(other, { active: "nobody", session: "nobody", error: "" });
	});

	test("ends on the account of the cookie where both have switched at once", async () => {
		await signIn(one, "Cy");
		await turnTo(other);
		await shows(other, { active: "Cy", accounts: "Ada,Bob,Cy" });
		// Each may find the other's account, and say so.
		await Promise.all([
			one.evaluate(() => tab.deviceSessions.setActive(tab.idOf("Ada"))),
			other.evaluate(() => tab.deviceSessions.setActive(tab.idOf("Bob"))),
		]);
		for (const page of [one, other]) await turnTo(page);
		const name = await nameOfCookie();
		expect(["Ada", "Bob"]).toContain(name);
		for (const page of [one, other]) await shows(page, { active: name, session: name, status: "idle" });
	});
});
