import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { violationsOf } from "../axe.js";
import { launchChromium, listenTo } from "../chromium.js";
import { eventually } from "../switcher-page.js";
import type { Harness } from "./page.js";
import { startSite } from "./site.js";

declare const harness: Harness;

/** Pages with the element, in Chromium, for the tests of a file. */
export function openElements() {
	let site: Awaited<ReturnType<typeof startSite>>;
	let browser: Browser;
	beforeAll(async () => {
		[site, browser] = await Promise.all([startSite(), launchChromium()]);
	});
	afterAll(async () => {
		await browser?.close();
		await site?.close();
	});

	/** A page without an element yet. What its console says of an error or a policy fails the test. */
	async function openPage(query = "", options: BrowserContextOptions = {}): Promise<Page> {
		const context = await browser.newContext({ viewport: { width: 480, height: 700 }, ...options });
		const page = await context.newPage();
		page.setDefaultTimeout(10_000);
		const said = listenTo(page);
		onTestFinished(async () => {
			await context.close();
			// A picture that is not there is said by the browser.
			expect(said.filter((text) => !text.includes("404"))).toEqual([]);
		});
		await page.goto(`${site.url}/?${query}`);
		await page.locator("html[data-ready=yes]").waitFor();
		return page;
	}

	/** A page with one element, whose accounts are known. */
	async function openElement(
		query = "",
		attributes: Readonly<Record<string, string>> = {},
		options: BrowserContextOptions = {},
	): Promise<Switcher> {
		const page = await openPage(query, options);
		await page.evaluate((given) => {
			harness.mount(given);
		}, attributes);
		const switcher = new Switcher(page);
		await eventually(() => page.evaluate(() => harness.store.get().isPending)).toBe(false);
		return switcher;
	}
	/** The same with the popup open. */
	async function openPopup(...given: Parameters<typeof openElement>): Promise<Switcher> {
		const switcher = await openElement(...given);
		await switcher.trigger.click();
		await switcher.popup.waitFor();
		return switcher;
	}
	return { openPage, openElement, openPopup };
}

/** The element as a person finds it: by roles and names. */
export class Switcher {
	readonly page: Page;
	readonly element: Locator;
	readonly trigger: Locator;
	readonly popup: Locator;
	readonly search: Locator;
	readonly alert: Locator;
	readonly live: Locator;

	constructor(page: Page, selector = "account-switcher") {
		this.page = page;
		this.element = page.locator(selector);
		this.trigger = this.element.locator("[part=trigger]");
		this.popup = this.element.getByRole("dialog", { name: "Accounts" });
		this.search = this.element.getByRole("searchbox", { name: "Search accounts" });
		this.alert = this.element.getByRole("alert");
		this.live = this.element.locator("[role=status]");
	}

	/** What a screen reader calls the trigger. */
	name(): Promise<string | null> {
		return this.trigger.evaluate((trigger) => {
			const [spoken, label] = [trigger.querySelector("[part=spoken]"), trigger.querySelector("[part=name]")];
			return spoken?.textContent || (label?.textContent ?? null);
		});
	}
	/** What shows in the trigger beside the avatar; empty where nothing does. */
	label(): Promise<string | null> {
		return this.trigger.locator("[part=name]").textContent();
	}
	button(name: string | RegExp): Locator {
		return this.element.getByRole("button", { name, exact: typeof name === "string" });
	}
	account(name: string): Locator {
		return this.element.locator("[part=account]").filter({ hasText: name });
	}
	/** Names in the order that shows, the current one with a star. */
	rows(): Promise<string[]> {
		return this.element
			.locator("[part=account]")
			.filter({ visible: true })
			.evaluateAll((rows) =>
				rows.map((row) => (row.querySelector("bdi")?.textContent ?? "") + (row.ariaCurrent === "true" ? "*" : "")),
			);
	}
	async sees(...rows: readonly string[]): Promise<void> {
		await eventually(() => this.rows()).toEqual(rows);
	}
	busy(): Promise<string[]> {
		return this.element.locator("[part=account][aria-busy=true] [part=name]").allInnerTexts();
	}
	/** What has the focus, by the name in it or by its text. */
	focused(): Promise<string> {
		return this.page.evaluate(() => {
			const host = document.activeElement;
			const inside = host?.shadowRoot?.activeElement ?? host;
			if (!inside || inside === document.body) return "";
			const name = inside.getAttribute("part") === "account" ? inside.querySelector("bdi")?.textContent : undefined;
			const spoken = inside.querySelector("[part=spoken]")?.textContent;
			return name ?? spoken ?? inside.getAttribute("aria-label") ?? inside.textContent ?? "";
		});
	}
	async focusIsOn(name: string): Promise<void> {
		await eventually(() => this.focused()).toBe(name);
	}
	events(): Promise<Harness["events"]> {
		return this.page.evaluate(() => harness.events);
	}
	types(): Promise<string[]> {
		return this.page.evaluate(() => harness.events.map(({ type }) => type));
	}
	/** Who is signed in, as the server has it. */
	signedIn(): Promise<string[]> {
		return this.page.evaluate(() => harness.device.rows().map(({ name }) => name));
	}
	sent(): Promise<readonly string[]> {
		return this.page.evaluate(() => harness.device.sent.filter((request) => request.startsWith("POST")));
	}
	/** What axe finds: the rule, and where. */
	violations(): Promise<string[]> {
		return violationsOf(this.page);
	}
}
