import type { BrowserContext, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { FaultPanel } from "./fault-panel.js";

const patience = { timeout: 15_000 };
/** How long the element takes no press after something has moved under it, in ms, and a little more. */
const quiet = 550;

/** Polls what shows until the expectation holds. */
export const eventually = <T>(look: () => T) => expect.poll(look, patience);

/** The demo's page as a person sees it. */
export class SwitcherPage {
	readonly page: Page;
	/** The header's button, which names who is active. */
	readonly trigger: Locator;
	/** What the header's button opens. */
	readonly popup: Locator;
	readonly people: Locator;
	readonly email: Locator;
	readonly password: Locator;
	readonly code: Locator;
	/** What the server would send by email. */
	readonly mail: Locator;
	/** The subjects of the letters in the inbox. */
	readonly letters: Locator;
	/** The names of the active account's organizations. */
	readonly organizations: Locator;
	readonly log: Locator;
	/** What the machine is doing, in words. */
	readonly detail: Locator;
	readonly faults: FaultPanel;
	readonly #live: Locator;
	/** How many accounts there were at the last press in the popup. */
	#count = 0;

	constructor(page: Page) {
		page.setDefaultTimeout(patience.timeout);
		this.page = page;
		const switcher = page.locator("#switcher");
		this.trigger = switcher.locator("[part=trigger]");
		this.popup = switcher.locator("[part=popup]");
		this.people = page.getByRole("group", { name: "Try it as one of these people" });
		this.email = page.getByLabel("Email", { exact: true });
		this.password = page.getByLabel("Password", { exact: true });
		this.code = page.getByLabel("Code", { exact: true });
		this.mail = page.getByRole("region", { name: "Sent to you", exact: true });
		this.letters = page.locator("#letters .subject");
		this.organizations = page.getByRole("list", { name: "Organizations" }).locator(".name");
		this.log = page.getByRole("list", { name: "Requests" });
		this.detail = page.locator("#detail");
		this.faults = new FaultPanel(page);
		this.#live = switcher.getByRole("status");
	}

	/** The page with "Under the hood" open, where most of what the tests look at is. */
	static async open(context: BrowserContext, url: string): Promise<SwitcherPage> {
		const page = await context.newPage();
		await page.goto(url);
		const view = new SwitcherPage(page);
		await view.openHood();
		return view;
	}

	async openHood(): Promise<void> {
		await this.page.locator("#hood:not([open]) > summary").click();
	}

	/** A button of the page's own: the frameworks' small switchers have some of the same names. */
	button(name: string | RegExp): Locator {
		return this.page
			.getByRole("button", { name, exact: typeof name === "string" })
			.and(this.page.locator(":not(.pane button)"));
	}

	/** The small switcher of a framework. */
	pane(framework: string): Locator {
		return this.page.getByRole("region", { name: framework, exact: true });
	}

	/** The button that switches to somebody, in the popup. */
	account(name: string): Locator {
		return this.popup.locator("[part=account]").filter({ hasText: name });
	}

	async openPopup(): Promise<void> {
		if ((await this.trigger.getAttribute("aria-expanded")) !== "true") await this.trigger.click();
	}

	async switchTo(name: string): Promise<void> {
		await this.#press(() => this.account(name));
	}

	async signOut(name: string): Promise<void> {
		await this.openManagement();
		await this.#press(() => this.signOutOf(name));
	}

	/** The button that signs somebody out, where accounts are managed. */
	signOutOf(name: string): Locator {
		return this.popup.getByRole("button", { name: `Sign out ${name}`, exact: true });
	}

	/** Shows a sign-out button in each row. */
	async openManagement(): Promise<void> {
		await this.openPopup();
		const manage = this.popup.getByRole("button", { name: "Manage accounts" });
		if (await manage.isVisible()) await this.#press(() => manage);
	}

	/** Signs everybody out: where there are several, with the second press that is asked for. */
	async signOutAll(): Promise<void> {
		const isAsked = (await this.names()).length > 1;
		const button = this.popup.locator("[part~=sign-out-all]");
		await this.#press(() => button);
		if (!isAsked) return;
		await button.filter({ hasText: /^Sign out of all \d+ accounts\?$/ }).waitFor();
		await this.page.waitForTimeout(quiet);
		await button.click();
	}

	/** As a person does: once what has moved stands still. */
	async #press(target: () => Locator): Promise<void> {
		await this.openPopup();
		const count = (await this.names()).length;
		if (count < this.#count) await this.page.waitForTimeout(quiet);
		this.#count = count;
		await target().click();
	}

	async openForm(): Promise<void> {
		// While the device is read for the first time, there is neither.
		const known = this.email.filter({ visible: true }).or(this.popup.locator("[part=account]"));
		await known.first().waitFor({ state: "attached" });
		if (await this.email.isVisible()) return;
		const press = async () => {
			await this.#press(() => this.popup.getByRole("link", { name: "Add account" }));
			await this.email.waitFor({ timeout: 2_000 });
		};
		// Right after a row was replaced the element takes no press: a person presses once more.
		await press().catch(press);
	}

	/** Signs sample people in, one after the other. */
	async signIn(...names: readonly string[]): Promise<void> {
		for (const name of names) {
			await this.openForm();
			await this.people.getByRole("button", { name }).click();
			await this.seesActive(name);
		}
	}

	/** Who is active, by the header's element, whether or not it is open. */
	activeNames(): Promise<string[]> {
		return this.popup.locator("[aria-current=true] [part=name]").allTextContents();
	}

	/** Everybody whom the header's element lists, in alphabetical order: its own puts the active one first. */
	async names(): Promise<string[]> {
		return (await this.popup.locator("[part=row] [part=name]").allTextContents()).sort();
	}

	/** The store and Better Auth's own `useSession` come to agree on who is active. */
	async seesActive(name: string): Promise<void> {
		await eventually(() => this.activeNames()).toEqual([name]);
		await eventually(() => this.page.locator("#says-session").textContent()).toBe(name);
	}

	async seesAccounts(...names: readonly string[]): Promise<void> {
		await eventually(() => this.names()).toEqual([...names].sort());
	}

	/** The letters of somebody, and the address that they are for. */
	async seesLetters(address: string, ...subjects: readonly string[]): Promise<void> {
		await eventually(() => this.page.locator("#letters-of").textContent()).toBe(address);
		await eventually(() => this.letters.allTextContents()).toEqual(subjects);
	}

	async hears(words: string): Promise<void> {
		await eventually(() => this.#live.textContent()).toContain(words);
	}

	async seesAlert(words: string): Promise<void> {
		await this.page
			.getByRole("alert")
			.and(this.page.locator(":not(.pane [role=alert])"))
			.filter({ hasText: words, visible: true })
			.first()
			.waitFor();
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

	/** The accessible name of what has the focus, else its id; empty where nothing has it. */
	focused(): Promise<string> {
		return this.page.evaluate(() => {
			let element = document.activeElement;
			while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
			if (!element || element === document.body) return "";
			const name = element.getAttribute("aria-label") ?? element.querySelector("[part=name]")?.textContent;
			return name ?? (element.id || element.textContent);
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
