import type { BrowserContext, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { FaultPanel } from "./fault-panel.js";

const patience = { timeout: 15_000 };

/** Polls what shows until the expectation holds. */
export const eventually = <T>(look: () => T) => expect.poll(look, patience);

/** The demo's page as a person sees it. */
export class SwitcherPage {
	readonly page: Page;
	readonly accounts: Locator;
	readonly people: Locator;
	readonly email: Locator;
	readonly password: Locator;
	readonly code: Locator;
	/** What the server would send by e-mail. */
	readonly mail: Locator;
	/** The names of the active account's organizations. */
	readonly organizations: Locator;
	readonly log: Locator;
	/** What the machine is doing, in words. */
	readonly detail: Locator;
	readonly faults: FaultPanel;
	readonly #active: Locator;
	readonly #live: Locator;

	constructor(page: Page) {
		page.setDefaultTimeout(patience.timeout);
		this.page = page;
		this.accounts = page.getByRole("list", { name: "Accounts on this device" });
		this.people = page.getByRole("group", { name: "Sign in with one click" });
		this.email = page.getByLabel("E-mail");
		this.password = page.getByLabel("Password", { exact: true });
		this.code = page.getByLabel("Code");
		this.mail = page.getByRole("region", { name: "Mail", exact: true });
		this.organizations = page.getByRole("list", { name: "Organizations" }).locator(".name");
		this.log = page.getByRole("list", { name: "Requests" });
		this.detail = page.locator("#detail");
		this.faults = new FaultPanel(page);
		this.#live = page.getByRole("region", { name: "Accounts" }).getByRole("status");
		this.#active = this.accounts.locator("[aria-current=true] .name");
	}

	static async open(context: BrowserContext, url: string): Promise<SwitcherPage> {
		const page = await context.newPage();
		await page.goto(url);
		return new SwitcherPage(page);
	}

	/** A button of the page's main part: the frameworks' small switchers have some of the same names. */
	button(name: string | RegExp): Locator {
		return this.page
			.getByRole("button", { name, exact: typeof name === "string" })
			.and(this.page.locator(":not(.pane button)"));
	}

	/** The small switcher of a framework. */
	pane(framework: string): Locator {
		return this.page.getByRole("region", { name: framework, exact: true });
	}

	row(name: string): Locator {
		return this.accounts.getByRole("listitem").filter({ hasText: name });
	}

	/** The button that switches to somebody. */
	account(name: string): Locator {
		return this.accounts.getByRole("button", { name: new RegExp(`^(?!Sign out).*${name}`) });
	}

	async openForm(): Promise<void> {
		// While the device is read for the first time, there is neither.
		await this.email.or(this.button("Add account")).filter({ visible: true }).first().waitFor();
		if (!(await this.email.isVisible())) await this.button("Add account").click();
	}

	/** Signs sample people in, one after the other. */
	async signIn(...names: readonly string[]): Promise<void> {
		for (const name of names) {
			await this.openForm();
			await this.people.getByRole("button", { name }).click();
			await this.seesActive(name);
		}
	}

	/** The store and Better Auth's own `useSession` come to agree on who is active. */
	async seesActive(name: string): Promise<void> {
		await eventually(() => this.#active.allInnerTexts()).toEqual([name]);
		await eventually(() => this.page.locator("#says-session").textContent()).toBe(name);
	}

	async seesAccounts(...names: readonly string[]): Promise<void> {
		await eventually(() => this.accounts.locator(".name").allInnerTexts()).toEqual(names);
	}

	async hears(words: string): Promise<void> {
		await eventually(() => this.#live.textContent()).toContain(words);
	}

	async seesAlert(words: string): Promise<void> {
		await this.page.locator(".card:not(.pane)").getByRole("alert").filter({ hasText: words, visible: true }).waitFor();
	}

	async seesNoAlert(): Promise<void> {
		await eventually(() => this.page.getByRole("alert").filter({ visible: true }).count()).toBe(0);
	}

	/** The machine's state that is lit. */
	async seesState(state: string): Promise<void> {
		await eventually(() => this.page.locator("#states [aria-current] b").textContent()).toBe(state);
	}

	/** Whatever the machine is said to be doing from now on: none of it passes by unseen. */
	async follow(): Promise<readonly string[]> {
		const said: string[] = [];
		this.page.on("console", (message) => {
			if (message.type() === "debug") said.push(message.text());
		});
		await this.detail.evaluate((detail) => {
			new MutationObserver(() => console.debug(detail.textContent)).observe(detail, { childList: true });
		});
		return said;
	}

	/** The accessible name of what has the focus; empty where nothing has it. */
	focused(): Promise<string> {
		return this.page.evaluate(() => {
			const element = document.activeElement;
			if (!element || element === document.body) return "";
			return element.getAttribute("aria-label") ?? element.querySelector(".name")?.textContent ?? element.id;
		});
	}

	async focusIsOn(name: string): Promise<void> {
		await eventually(() => this.focused()).toBe(name);
	}

	/** A still picture: what fades or turns has come to its end. */
	async photograph(path: string): Promise<void> {
		await this.page.screenshot({ path, fullPage: true, animations: "disabled" });
	}
}
