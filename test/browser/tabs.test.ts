import type { BrowserContext } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { openDemo } from "./open-demo.js";
import { eventually, SwitcherPage } from "./switcher-page.js";

// Real tabs of one profile: they share cookies, locks and what they say to each other.

const [ada, grace, alan] = ["Ada Lovelace", "Grace Hopper", "Alan Turing"] as const;

const demo = openDemo();
let context: BrowserContext;

beforeEach(async () => {
	context = await demo.newDevice();
});
/** Tabs of one device with these people signed in, the last one active. */
async function open(count: number, ...people: readonly string[]): Promise<SwitcherPage[]> {
	const first = await SwitcherPage.open(context, demo.url);
	await first.signIn(...people);
	const tabs = [first];
	while (tabs.length < count) tabs.push(await SwitcherPage.open(context, demo.url));
	for (const tab of tabs) await tab.seesActive(people.at(-1) ?? "");
	return tabs;
}

const reads = async ({ log }: SwitcherPage) => log.getByText("/multi-session/list-device-sessions").count();

test("a switch in one tab is followed by all the others, each with one read, and by the one itself with none", async () => {
	const tabs = await open(4, ada, grace);
	const before = await Promise.all(tabs.map(reads));
	await tabs[0]?.switchTo(ada);
	for (const tab of tabs) await tab.seesActive(ada);
	for (const tab of tabs) await tab.seesState("idle");
	const after = await Promise.all(tabs.map(reads));
	expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([0, 1, 1, 1]);
});

test("a sign-in through the app's own client is followed", async () => {
	const [one, other] = await open(2, ada);
	await one?.signIn(grace);
	await other?.seesActive(grace);
	await other?.seesAccounts(ada, grace);
});

test("a sign-out of another account, of the active one and of all are followed", async () => {
	const [one, other] = await open(2, ada, grace, alan);
	await one?.signOut(ada);
	await other?.seesAccounts(grace, alan);
	await other?.signOut(alan);
	await one?.seesActive(grace);
	await one?.seesAccounts(grace);
	await one?.signOutAll();
	await other?.seesAccounts();
});

test("clicks in two tabs at once end on one account, in both", async () => {
	const [one, other] = await open(2, ada, grace, alan);
	await Promise.all([one?.switchTo(ada), other?.switchTo(grace)]);
	const active = async (tab?: SwitcherPage) => (await tab?.activeNames())?.join();
	await one?.seesState("idle");
	await other?.seesState("idle");
	await eventually(async () => (await active(one)) === (await active(other))).toBe(true);
	const name = (await active(one)) ?? "";
	expect([ada, grace]).toContain(name);
	await one?.page.reload();
	await one?.seesActive(name);
});

test("a command waits while another tab has the lock, and goes when that tab is closed", async () => {
	const [one, other] = await open(2, ada, grace);
	await other?.page.evaluate(
		() =>
			new Promise<void>((held) => {
				void navigator.locks.request(`device-sessions:3:${location.origin}/api/auth:lock`, () => {
					held();
					return new Promise(() => {});
				});
			}),
	);
	await one?.switchTo(ada);
	await one?.seesState("switching");
	expect(await one?.log.getByText("/multi-session/set-active").count()).toBe(0);
	await other?.page.close();
	await one?.seesActive(ada);
	await one?.seesNoAlert();
});

test("a lock that does not come in time is an error with nothing sent, and the next click works", async () => {
	const [one, other] = await open(2, ada, grace);
	await other?.page.evaluate(
		() =>
			new Promise<void>((held) => {
				void navigator.locks.request(`device-sessions:3:${location.origin}/api/auth:lock`, () => {
					held();
					return new Promise(() => {});
				});
			}),
	);
	await one?.switchTo(ada);
	await one?.seesAlert("Another tab is changing accounts. Try again in a moment");
	expect(await one?.log.getByText("/multi-session/set-active").count()).toBe(0);
	await one?.seesActive(grace);
	await other?.page.close();
	await one?.switchTo(ada);
	await one?.seesActive(ada);
});

test("what is no message of ours is a reason to look, whatever it says", async () => {
	const [one] = await open(1, ada);
	const speaker = await context.newPage();
	// A page of the same origin without a store of its own.
	await speaker.goto(new URL("/favicon.ico", demo.url).href);
	const count = async () => (one ? await reads(one) : 0);
	// What is to be read on account of the sign-in has been by then: the store reads once a second at most.
	const rest = async () => {
		await speaker.waitForTimeout(2_500);
		await one?.seesState("idle");
		return count();
	};
	const before = await rest();
	await speaker.evaluate(() => {
		const channel = new BroadcastChannel(`device-sessions:3:${location.origin}/api/auth:channel`);
		for (const message of [null, "changed", { version: 2, isOver: true }, { version: "2" }, [], 5]) {
			channel.postMessage(message);
		}
	});
	await eventually(async () => (await count()) > before).toBe(true);
	const after = await rest();
	// A second one where some came while the first was on its way.
	expect(after - before).toBeLessThanOrEqual(2);
	await one?.seesAccounts(ada);
	await one?.seesNoAlert();

	await speaker.evaluate(() =>
		new BroadcastChannel(`device-sessions:3:${location.origin}/api/auth:channel`).postMessage({
			version: "another",
			isOver: true,
		}),
	);
	await eventually(count).toBe(after + 1);
	expect(await rest()).toBe(after + 1);
});
