import assert from "node:assert/strict";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { listenTo } from "../browser/chromium.js";
import type { Example } from "./examples.js";

/** One device in an example, from its first visit until everybody is signed out. */
export class Visit {
	readonly url: string;
	readonly context: BrowserContext;
	readonly page: Page;
	/** What the example differs in. */
	readonly example: Example;
	readonly #said = new Map<Page, readonly string[]>();

	private constructor(example: Example, url: string, context: BrowserContext, page: Page) {
		this.example = example;
		this.url = url;
		this.context = context;
		this.page = page;
	}

	static async begin(browser: Browser, example: Example, url: string): Promise<Visit> {
		const context = await browser.newContext({ baseURL: url });
		context.setDefaultTimeout(15_000);
		const visit = new Visit(example, url, context, await context.newPage());
		visit.#said.set(visit.page, listenTo(visit.page));
		return visit;
	}

	async openTab(path: string): Promise<Page> {
		const page = await this.context.newPage();
		this.#said.set(page, listenTo(page));
		await page.goto(path);
		return page;
	}

	/** Nothing was said in any console, but that the server has refused what it should. */
	isQuiet(): void {
		const said = [...this.#said.values()].flat().filter((text) => !/status of 409/.test(text));
		assert.deepEqual(said, []);
	}

	/** A request as the device's cookies are, past every page. */
	async request(method: string, path: string, { account, data }: { account?: string; data?: string | object } = {}) {
		const headers = { origin: this.url, ...(account && { "x-account": account }) };
		return this.context.request.fetch(path, { method, headers, maxRedirects: 0, ...(data && { data }) });
	}

	async rows(): Promise<readonly { session: { token: string }; user: { id: string; name: string } }[]> {
		return (await this.request("GET", "/api/auth/multi-session/list-device-sessions")).json();
	}

	async rowOf(name: string) {
		const row = (await this.rows()).find(({ user }) => user.name === name);
		assert(row, `${name} is not on the device`);
		return row;
	}

	async createAccount(name: string): Promise<void> {
		const { page } = this;
		await page.goto("/sign-in");
		await trigger(page).waitFor();
		await page.getByLabel("Email").fill(`${name}-${crypto.randomUUID()}@example.com`.toLowerCase());
		await page.getByLabel("Password").fill("a long password");
		await page.getByLabel("Name").fill(name);
		await page.getByRole("button", { name: "Create account" }).click();
		await seesNotesOf(page, name);
	}
}

export const trigger = (page: Page): Locator => page.locator("account-switcher [part=trigger]");

/** The header and the page's own part say the same account. */
export async function seesNotesOf(page: Page, name: string): Promise<void> {
	await page.getByRole("heading", { name: `Notes of ${name}` }).waitFor();
	await trigger(page).filter({ hasText: name }).waitFor();
}

export const note = (page: Page, text: string): Locator => page.getByRole("listitem").filter({ hasText: text });

export async function switchTo(page: Page, name: string): Promise<void> {
	await trigger(page).click();
	await page.locator("account-switcher [part=account]", { hasText: name }).click();
	await trigger(page).filter({ hasText: name }).waitFor();
	await page.keyboard.press("Escape");
}

/** Presses something, and expects that the page's server refuses what is sent then. */
export async function isRefused(page: Page, press: () => Promise<void>): Promise<void> {
	const refusal = page.waitForResponse((answer) => answer.status() === 409);
	await press();
	await refusal;
}
