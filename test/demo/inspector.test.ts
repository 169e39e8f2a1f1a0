import { join } from "node:path";
import { build } from "esbuild";
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { openDemo } from "../browser/open-demo.js";
import { eventually, SwitcherPage } from "../browser/switcher-page.js";

const [ada, grace, alan] = ["Ada Lovelace", "Grace Hopper", "Alan Turing"] as const;
const agent = "Mozilla/5.0 (a browser of nobody else)";
const personal = [ada, grace, alan].flatMap((name) => {
	const [first = "", last = ""] = name.split(" ");
	return [first, last, `${first.toLowerCase()}@`];
});

const demo = openDemo();
let context: BrowserContext;
let view: SwitcherPage;
/** A local page in the place of Stately's, which not every machine reaches. */
let script: string;

beforeAll(async () => {
	const receiver = build({
		entryPoints: [join(import.meta.dirname, "../browser/inspector/receiver.ts")],
		bundle: true,
		format: "esm",
		target: "es2022",
		write: false,
	});
	script = (await receiver).outputFiles[0]?.text ?? "";
});
beforeEach(async () => {
	context = await demo.newDevice({ userAgent: agent });
	await context.route("https://stately.ai/inspect", (route) =>
		route.fulfill({
			contentType: "text/html; charset=utf-8",
			body: `<!doctype html><title>Inspector</title><script type="module">${script}</script>`,
		}),
	);
	view = await SwitcherPage.open(context, demo.url);
});
interface Message {
	readonly type: string;
	readonly name?: string;
	readonly definition?: string;
	readonly event?: { readonly type: string };
	readonly snapshot?: { readonly value?: string };
}

/** In the inspector's page. */
declare const received: string[];

async function openInspector(): Promise<Page> {
	const opened = context.waitForEvent("page");
	await view.button("Open inspector").click();
	return opened;
}
const messagesOf = async (inspector: Page) =>
	(await inspector.evaluate(() => received)).map((text): Message => JSON.parse(text));
/** How often the machine has been told of. */
const machines = async (inspector: Page) =>
	(await messagesOf(inspector)).filter(({ name, type }) => type === "@xstate.actor" && name === "deviceSessions");

test("a late click on the button still shows the whole story: the machine, its states and its events", async () => {
	await view.signIn(ada, grace, alan);
	await view.switchTo(ada);
	await view.seesActive(ada);
	await view.signOut(grace);
	await view.seesAccounts(ada, alan);
	// More than an inspector keeps unless it is told to keep more.
	await view.button("Read now").evaluate((button) => {
		for (let count = 0; count < 200; count++) if (button instanceof HTMLElement) button.click();
	});
	await view.seesState("idle");
	// The inspector takes its events when the page has nothing else to do.
	await view.page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
	const inspector = await openInspector();
	await eventually(async () => (await messagesOf(inspector)).length).toBeGreaterThan(400);
	const messages = await messagesOf(inspector);
	const [machine] = await machines(inspector);
	expect(Object.keys(JSON.parse(machine?.definition ?? "{}").states).sort()).toEqual([
		"idle",
		"loading",
		"revoking",
		"switching",
	]);
	expect(new Set(messages.flatMap(({ snapshot }) => snapshot?.value ?? []))).toEqual(
		new Set(["idle", "loading", "switching", "revoking"]),
	);
	expect(messages.flatMap(({ event }) => event?.type ?? [])).toEqual(
		expect.arrayContaining(["wake", "command.switch", "row.activated", "command.revoke", "row.revoked"]),
	);
});

test("what is opened goes on live, and hears of no person and no token", async () => {
	await view.signIn(ada, grace);
	const inspector = await openInspector();
	await eventually(async () => (await machines(inspector)).length).toBe(1);
	await view.signIn(alan);
	await view.signOut(grace);
	await view.seesAccounts(ada, alan);
	await eventually(async () => (await messagesOf(inspector)).map(({ event }) => event?.type)).toContain("row.revoked");
	const text = (await inspector.evaluate(() => received)).join("\n");
	const tokens = (await context.cookies())
		.filter(({ name }) => name.includes("session_token"))
		.map(({ value }) => decodeURIComponent(value).split(".")[0] ?? "");
	expect(new Set(tokens).size).toBe(2);
	expect([...personal, agent, "127.0.0.1", ...tokens].filter((secret) => text.includes(secret))).toEqual([]);
});

test("a second click tells the story once more, and once", async () => {
	await view.signIn(ada);
	const inspector = await openInspector();
	await eventually(async () => (await machines(inspector)).length).toBe(1);
	await inspector.close();
	const again = await openInspector();
	await eventually(async () => (await machines(again)).length).toBe(1);
	await view.button("Read now").click();
	await eventually(async () => (await messagesOf(again)).map(({ event }) => event?.type)).toContain("command.read");
	expect(await machines(again)).toHaveLength(1);
});
