import { createAuthClient } from "better-auth/client";
import { magicLink, multiSession } from "better-auth/plugins";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeviceSessionsOptions } from "../../../src/index.js";
import { navigate, type Provider, startProvider } from "../../support/oauth-provider.js";
import { openStore, until } from "../../support/open-store.js";
import { keepStorage, openPluginPage, type PluginPage } from "../../support/plugin-page.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";
import { mailOf } from "../../support/scenes.js";

const list = "GET /multi-session/list-device-sessions";
const look = "GET /get-session";
const urls = { callbackURL: "/inbox?back", errorCallbackURL: "/add?failed" };

let provider: Provider;
beforeAll(async () => {
	provider = await startProvider();
});
afterAll(() => provider.close());

/** These people are on a device, the last one active; Cy is signed in at the provider. */
async function openDevice(names: string[], { maximumSessions }: { maximumSessions?: number } = {}) {
	keepStorage();
	provider.signIn({ name: "Cy", email: mailOf("Cy") });
	const links: string[] = [];
	const server = createRealServer({
		plugins: [
			provider.plugin(),
			magicLink({ sendMagicLink: async ({ url }) => void links.push(url) }),
			multiSession(maximumSessions === undefined ? {} : { maximumSessions }),
		],
	});
	const browser = createBrowser(server);
	await signUp(browser, ...names);
	return { server, browser, links };
}
type Device = Awaited<ReturnType<typeof openDevice>>;
/** A client, with or without the plugin. */
interface Client {
	readonly signIn: {
		social(input: typeof urls & { provider: string }): Promise<{ data: { url?: unknown } | null; error: unknown }>;
	};
}

/** Where the provider is. */
async function leave({ signIn }: Client): Promise<string> {
	const { data, error } = await signIn.social({ provider: "local", ...urls });
	expect(error).toBeNull();
	expect(data).toMatchObject({ redirect: true, url: expect.stringContaining(`${provider.url}/authorize`) });
	return String(data?.url);
}

/** The page goes to the provider, who sends its person back. Returns the page that is opened then, and where it is. */
async function goAndReturn({ browser }: Pick<Device, "browser">, page: PluginPage, options?: DeviceSessionsOptions) {
	const url = await leave(page.client);
	await page.close();
	const path = await navigate(browser, url);
	browser.count();
	return { path, ...(await openPluginPage(browser, options)) };
}

describe("a page that sends somebody to an OAuth provider", () => {
	test("has changed nobody: it does not read, and says nothing", async () => {
		const device = await openDevice(["Ada", "Bob"]);
		const page = await openPluginPage(device.browser);
		device.browser.count();
		await leave(page.client);
		await page.rest();
		expect(device.browser.count()).toEqual({ "POST /sign-in/social": 1 });
		expect([page.shown(), page.from(), page.changes]).toEqual([["Ada", "Bob*"], null, []]);
		// Nor has it made what was known old: a switch goes out at once.
		expect((await page.store.setActive(page.row("Ada").id)).data?.user.name).toBe("Ada");
		expect(device.browser.count()).toMatchObject({ "POST /multi-session/set-active": 1 });
		expect(device.browser.requests).not.toContain(list);
	});

	test("leaves a sign-in that is half-way as it is", async () => {
		const device = await openDevice(["Ada", "Bob"]);
		const page = await openPluginPage(device.browser);
		const back = device.browser.answer("/sign-in/email", () => {
			// As the server does that asks for a code.
			device.browser.cookies.delete("better-auth.session_token");
			return Response.json({ twoFactorRedirect: true });
		});
		await page.client.signIn.email({ email: mailOf("Ada"), password: "any" });
		back();
		await until(page.store, ({ signingIn }) => signingIn !== null);
		await leave(page.client);
		await page.store.refetch();
		expect(page.from()).toBe("Bob");
	});
});

describe("the page that an OAuth provider sends back to", () => {
	test("finds who has come by its first read, which is no change", async () => {
		const device = await openDevice(["Ada", "Bob"]);
		const page = await goAndReturn(device, await openPluginPage(device.browser));
		await page.rest();
		expect(page.path).toBe("/inbox?back");
		expect(device.browser.count()).toEqual({ [list]: 1, [look]: 1 });
		expect([page.shown(), page.changes]).toEqual([["Ada", "Bob", "Cy*"], []]);
		expect(page.row("Cy").listed).toBe(true);
	});

	test.each(["report", "promote"] as const)("tells the other tabs, with %s", async (whenActiveLost) => {
		const device = await openDevice(["Ada", "Bob"]);
		const leaving = await openPluginPage(device.browser, { whenActiveLost });
		const other = await openPluginPage(device.browser, { whenActiveLost });
		await Promise.all([leaving.rest(), other.rest()]);
		const page = await goAndReturn(device, leaving, { whenActiveLost });
		await until(other.store, ({ active }) => active?.user.name === "Cy");
		await Promise.all([page.rest(), other.rest()]);
		expect([other.shown(), other.changes, page.changes]).toEqual([["Ada", "Bob", "Cy*"], [["Bob", "Cy"]], []]);
		expect(device.browser.requests).not.toContain("POST /multi-session/set-active");
	});

	test("tells a tab that was reading while it came back", async () => {
		const device = await openDevice(["Ada", "Bob"]);
		const leaving = await openPluginPage(device.browser);
		const other = await openPluginPage(device.browser);
		await Promise.all([leaving.rest(), other.rest()]);
		// The other tab has heard that something changes, and looks.
		const held = device.browser.hold("/get-session");
		const url = await leave(leaving.client);
		await leaving.close();
		const { act, release } = await held;
		await act();
		await navigate(device.browser, url);
		const page = await openPluginPage(device.browser);
		await page.rest();
		await release();
		await until(other.store, ({ active }) => active?.user.name === "Cy");
		await other.rest();
		expect([other.shown(), other.changes]).toEqual([["Ada", "Bob", "Cy*"], [["Bob", "Cy"]]]);
	});

	test("tells the other tabs without the plugin, too", async () => {
		const device = await openDevice(["Ada", "Bob"]);
		const [leaving, other] = [await openStore(device.browser), await openStore(device.browser)];
		const url = await leave(leaving.client);
		leaving.stop();
		await leaving.store.destroy();
		await navigate(device.browser, url);
		const page = await openStore(device.browser);
		await until(other.store, ({ active }) => active?.user.name === "Cy");
		expect([page.store.value?.active?.user.name, page.names(), other.names()]).toEqual([
			"Cy",
			["Ada", "Bob", "Cy"],
			["Ada", "Bob", "Cy"],
		]);
	});

	test("finds one row of somebody who was on the device before", async () => {
		const device = await openDevice(["Ada", "Bob"]);
		const cy = await goAndReturn(device, await openPluginPage(device.browser));
		await cy.store.setActive(cy.row("Ada").id);
		await cy.rest();
		const before = cy.store.value?.sessions.map(({ user }) => user.id) ?? [];
		const page = await goAndReturn(device, cy);
		expect(page.shown()?.toSorted()).toEqual(["Ada", "Bob", "Cy*"]);
		// So that it was no new account can be seen.
		expect(before).toContain(page.row("Cy").user.id);
	});

	test("with an error says so in its address: nobody has come, and nobody is told", async () => {
		const device = await openDevice(["Ada", "Bob"]);
		const [leaving, other] = [await openPluginPage(device.browser), await openPluginPage(device.browser)];
		provider.signIn(null);
		const page = await goAndReturn(device, leaving);
		expect(page.path).toBe("/add?failed&error=access_denied");
		await Promise.all([page.rest(), other.rest()]);
		expect([page.shown(), page.changes, other.shown(), other.changes]).toEqual([
			["Ada", "Bob*"],
			[],
			["Ada", "Bob*"],
			[],
		]);
	});

	test("on a device that is full shows the account as one that the server does not list", async () => {
		const device = await openDevice(["Ada", "Bob"], { maximumSessions: 2 });
		const page = await goAndReturn(device, await openPluginPage(device.browser), { maximumSessions: 2 });
		expect([page.shown(), page.row("Cy").listed]).toEqual([["Ada", "Bob", "Cy*"], false]);
		expect((await page.store.setActive(page.row("Ada").id)).error?.kind).toBe("active-unlisted");
	});
});

describe("a magic link", () => {
	async function sendLink({ browser, links }: Device) {
		const { magicLinkClient } = await import("better-auth/client/plugins");
		const client = createAuthClient({ ...browser.clientOptions, plugins: [magicLinkClient()] });
		const { error } = await client.signIn.magicLink({ email: mailOf("Cy"), name: "Cy", ...urls });
		expect(error).toBeNull();
		const link = new URL(links.at(-1) ?? "");
		return { client, link, token: link.searchParams.get("token") ?? "" };
	}

	test("that opens a new tab: who has come by its first read, and the other tabs are told", async () => {
		const device = await openDevice(["Ada", "Bob"]);
		const other = await openPluginPage(device.browser);
		await other.rest();
		const { link } = await sendLink(device);
		expect(await navigate(device.browser, link.href)).toBe("/inbox?back");
		device.browser.count();
		const page = await openPluginPage(device.browser);
		expect([page.shown(), page.changes]).toEqual([["Ada", "Bob", "Cy*"], []]);
		await until(other.store, ({ active }) => active?.user.name === "Cy");
		await Promise.all([page.rest(), other.rest()]);
		expect(other.changes).toEqual([["Bob", "Cy"]]);
		expect(device.browser.count()).toEqual({ [list]: 2, [look]: 2 });
	});

	test("that has been used says so in the address, and nobody is told", async () => {
		const device = await openDevice(["Ada", "Bob"]);
		const { link } = await sendLink(device);
		await navigate(device.browser, link.href);
		const before = await openPluginPage(device.browser);
		expect(await navigate(device.browser, link.href)).toBe("/add?failed=&error=INVALID_TOKEN");
		const page = await openPluginPage(device.browser);
		expect([page.shown(), page.changes, before.changes]).toEqual([["Ada", "Bob", "Cy*"], [], []]);
	});

	test("that is verified in the page: one change, and the other tabs are told", async () => {
		const device = await openDevice(["Ada", "Bob"]);
		const [page, other] = [await openPluginPage(device.browser), await openPluginPage(device.browser)];
		await Promise.all([page.rest(), other.rest()]);
		const { token } = await sendLink(device);
		const { data } = await page.client.$fetch<{ token: string }>("/magic-link/verify", { query: { token } });
		expect(data?.token).toEqual(expect.any(String));
		for (const { store } of [page, other]) await until(store, ({ active }) => active?.user.name === "Cy");
		await Promise.all([page.rest(), other.rest()]);
		for (const { changes, shown } of [page, other])
			expect([shown(), changes]).toEqual([["Ada", "Bob", "Cy*"], [["Bob", "Cy"]]]);
	});

	test("that is verified in a page without the plugin is known by a refetch, which tells the other tabs", async () => {
		const device = await openDevice(["Ada", "Bob"]);
		const [page, other] = [await openStore(device.browser), await openStore(device.browser)];
		const { token } = await sendLink(device);
		await page.client.$fetch("/magic-link/verify", { query: { token } });
		expect((await page.store.refetch()).data?.map(({ user }) => user.name)).toEqual(["Ada", "Bob", "Cy"]);
		await until(other.store, ({ active }) => active?.user.name === "Cy");
	});
});
