import type { BrowserContext } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { openDemo } from "./open-demo.js";
import { SwitcherPage } from "./switcher-page.js";

// A page that was not running for a while, in a real Chromium. A thawed one has the same event, `resume`.

const [ada, grace] = ["Ada Lovelace", "Grace Hopper"] as const;

const demo = openDemo({ backForwardCache: true });
let context: BrowserContext;

beforeEach(async () => {
	context = await demo.newDevice();
});

/** Switches past every page, so that none of them is told. */
async function switchElsewhere(name: string): Promise<void> {
	const { url } = demo;
	const listed = await context.request.get(`${url}/api/auth/multi-session/list-device-sessions`);
	const rows: { session: { token: string }; user: { name: string } }[] = await listed.json();
	const sessionToken = rows.find(({ user }) => user.name === name)?.session.token;
	const answer = await context.request.post(`${url}/api/auth/multi-session/set-active`, {
		data: { sessionToken },
		headers: { origin: new URL(url).origin },
	});
	expect(answer.ok()).toBe(true);
}

const reads = ({ log }: SwitcherPage) => log.getByText("/multi-session/list-device-sessions").count();

async function open(): Promise<SwitcherPage> {
	const view = await SwitcherPage.open(context, demo.url);
	await view.signIn(ada, grace);
	await view.seesActive(grace);
	await view.seesState("idle");
	return view;
}

test("a page that comes out of the back-forward cache reads the device once, and hears the others again", async () => {
	const view = await open();
	await view.page.evaluate(() =>
		addEventListener("pageshow", ({ persisted }) => {
			document.title = persisted ? "came back" : "loaded anew";
		}),
	);
	const before = await reads(view);
	await view.page.goto(new URL("/favicon.ico", demo.url).href);
	await switchElsewhere(ada);
	// Nothing is loaded, so there is no `load` to wait for.
	await view.page.goBack({ waitUntil: "commit" });
	await view.seesActive(ada);
	expect(await view.page.title()).toBe("came back");
	await view.seesState("idle");
	expect((await reads(view)) - before).toBe(1);
	const other = await SwitcherPage.open(context, demo.url);
	await other.seesActive(ada);
	await other.switchTo(grace);
	await view.seesActive(grace);
});
