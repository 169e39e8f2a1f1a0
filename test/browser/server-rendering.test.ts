import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { password } from "../support/real-server.js";
import { launchChromium } from "./chromium.js";
import { temporaryFolder } from "./demo-process.js";
import { type Framework, frameworks, startSite } from "./server-rendering/site.js";
import { eventually } from "./switcher-page.js";

const folder = temporaryFolder();
let site: Awaited<ReturnType<typeof startSite>>;
let browser: Browser;

beforeAll(async () => {
	[site, browser] = await Promise.all([startSite(folder.path), launchChromium()]);
});
afterAll(async () => {
	await browser?.close();
	await site?.close();
	folder.remove();
});

/** A device of its own with two people signed in. It is closed after the test. */
async function newDevice() {
	const context = await browser.newContext();
	onTestFinished(() => context.close());
	const people = ["Ada", "Bob"];
	const device = crypto.randomUUID();
	for (const name of people) {
		const email = `${name}-${device}@example.com`.toLowerCase();
		const answer = await context.request.post(`${site.url}/api/auth/sign-up/email`, {
			data: { name, email, password },
			headers: { origin: site.url },
		});
		expect(answer.status()).toBe(200);
	}
	return { context, people };
}

/** Opens the page that the server rendered and waits for the first read; what the console said and what was asked for. */
async function open(context: BrowserContext, path: string) {
	const page = await context.newPage();
	const said: string[] = [];
	const asked: string[] = [];
	page.on("console", (message) => {
		if (message.type() === "warning" || message.type() === "error") said.push(message.text());
	});
	page.on("pageerror", (error) => said.push(String(error)));
	page.on("request", (request) => {
		const { pathname } = new URL(request.url());
		if (pathname.startsWith("/api/auth/")) asked.push(`${request.method()} ${pathname.slice("/api/auth".length)}`);
	});
	await page.goto(`${site.url}/${path}`);
	await page.locator("html[data-read=yes]").waitFor();
	return { page, said, asked };
}

const names = (page: Page) => page.locator("#app li").allInnerTexts();
/** Which rows are the very nodes that the server's page brought. */
const fromServer = (page: Page) =>
	page.locator("#app li").evaluateAll((rows) => rows.map((row) => "fromServer" in row));
const active = (page: Page) => page.locator("#app li[aria-current=true]").allInnerTexts();

/** With `@nanostores/…` and a store of its own, and by the plugin's own hook. */
const pages = (Object.keys(frameworks) as Framework[]).flatMap((framework) => [
	{ framework, path: framework, name: framework },
	{ framework, path: `plugin/${framework}`, name: `useDeviceSessions of better-auth/${framework}` },
]);

describe.each(pages)("$name", ({ framework, path }) => {
	let context: BrowserContext;
	let people: string[];

	beforeEach(async () => {
		({ context, people } = await newDevice());
	});

	test("the server's page shows the accounts without a token, and nothing was sent for it", async () => {
		const html = await (await context.request.get(`${site.url}/${path}`)).text();
		expect(html.match(/<li[^>]*aria-current="true"[^>]*>.*?(Ada|Bob)/s)?.[1]).toBe("Bob");
		expect(html).toContain("Ada");
		expect(html).not.toMatch(/token/i);
		for (const { token } of site.server.sessions()) expect(html.includes(String(token))).toBe(false);
		expect(site.sent).toEqual([]);
	});

	test("is hydrated without a warning; the rows stay, and the first read is one list and one get-session", async () => {
		const { page, said, asked } = await open(context, path);
		expect(said).toEqual([]);
		expect([await names(page), await active(page)]).toEqual([people, ["Bob"]]);
		expect(await fromServer(page)).toEqual([true, true]);
		expect(asked.sort()).toEqual(["GET /get-session", "GET /multi-session/list-device-sessions"]);
	});

	test("an account that came with the page can be switched to", async () => {
		const { page, said } = await open(context, path);
		await page.getByRole("button", { name: "Ada" }).click();
		await eventually(() => active(page)).toEqual(["Ada"]);
		expect(said).toEqual([]);
	});

	test("without the snapshot the rows are thrown away, with a warning where the framework has one: the test would notice", async () => {
		const { page, said } = await open(context, `${path}?without-snapshot`);
		await eventually(() => names(page)).toEqual(people);
		expect(await fromServer(page)).toEqual([false, false]);
		// Svelte and Solid mend such a page in silence.
		if (framework === "react" || framework === "vue") expect(said.join()).toMatch(/hydrat/i);
	});
});

describe.each(Object.keys(frameworks) as Framework[])(
	"a client of the whole module, of better-auth/%s",
	(framework) => {
		test("is rendered on the server as not known yet, with nothing sent, and hydrated without a warning", async () => {
			const { context, people } = await newDevice();
			const html = await (await context.request.get(`${site.url}/plugin/${framework}?unknown`)).text();
			expect(html).toContain("Who is here?");
			expect(site.sent).toEqual([]);
			const { page, said, asked } = await open(context, `plugin/${framework}?unknown`);
			await eventually(() => names(page)).toEqual(people);
			expect(said).toEqual([]);
			expect(asked.sort()).toEqual(["GET /get-session", "GET /multi-session/list-device-sessions"]);
		});
	},
);

test("with React, a part of the page that is hydrated when all is known already is what the server rendered first", async () => {
	for (const query of ["unknown&late", "late"]) {
		const { context, people } = await newDevice();
		const { page, said } = await open(context, `plugin/react?${query}`);
		await eventually(() => names(page)).toEqual(people);
		await page.getByRole("button", { name: "Ada" }).click();
		await eventually(() => active(page)).toEqual(["Ada"]);
		expect(said).toEqual([]);
	}
});

describe.each(Object.keys(frameworks) as Framework[])("the recipe for %s", (framework) => {
	test("is rendered on the server with who is here, and nothing was sent for it", async () => {
		const { context } = await newDevice();
		const html = await (await context.request.get(`${site.url}/recipe/${framework}`)).text();
		const app = /<div id="app">.*?<ul.*?<\/ul>/s.exec(html)?.[0].replaceAll(/<!--.*?-->/g, "");
		expect(app).toMatch(/Ada.*aria-current="true"[^>]*>\s*Bob/s);
		expect(app).not.toContain("Loading accounts");
		expect(site.sent).toEqual([]);
	});

	test("is hydrated without a warning; the rows stay, and an account can be switched to", async () => {
		const { context } = await newDevice();
		const { page, said, asked } = await open(context, `recipe/${framework}`);
		expect(said).toEqual([]);
		expect(await fromServer(page)).toEqual([true, true]);
		expect(asked.sort()).toEqual(["GET /get-session", "GET /multi-session/list-device-sessions"]);
		await page.getByRole("button", { name: "Ada", exact: true }).click();
		await eventually(() => page.locator("#app [aria-current=true]").allInnerTexts()).toEqual(["Ada"]);
		await eventually(() => page.getByRole("status").textContent()).toBe("Now using Ada");
		expect(said).toEqual([]);
	});
});

describe.each(Object.keys(frameworks) as Framework[])("the element in %s", (framework) => {
	test("is rendered on the server as its tag with its children, and nothing was sent for it", async () => {
		const { context } = await newDevice();
		const html = await (await context.request.get(`${site.url}/element/${framework}`)).text();
		const tag = /<account-switcher([^>]*)>.*?<\/account-switcher>/s.exec(html);
		expect(tag?.[0]).toContain("Sign in</a>");
		for (const attribute of ['add-href="/sign-in"', "show-name", 'class="header'])
			expect(tag?.[1]).toContain(attribute);
		// Svelte writes properties as attributes too, which the element does not look at.
		if (framework !== "svelte") expect(tag?.[1]).not.toMatch(/object|store=|messages=/);
		expect(site.sent).toEqual([]);
	});

	test("is hydrated without a warning: it has its store, its words and its listeners", async () => {
		const { context } = await newDevice();
		const { page, said, asked } = await open(context, `element/${framework}`);
		const trigger = page.locator("account-switcher [part=trigger]");
		await eventually(() => trigger.locator("[part=name]").textContent()).toBe("Bob");
		expect(asked.sort()).toEqual(["GET /get-session", "GET /multi-session/list-device-sessions"]);
		await trigger.click();
		expect(await page.getByRole("link", { name: "One more" }).getAttribute("href")).toBe("/sign-in");
		await page.locator("account-switcher [part=account]").filter({ hasText: "Ada" }).click();
		await eventually(() => page.locator("#switched").textContent()).toBe("Ada");
		await eventually(() => trigger.locator("[part=name]").textContent()).toBe("Ada");
		expect(said).toEqual([]);
	});
});
