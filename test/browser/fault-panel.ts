import type { Locator, Page } from "playwright-core";

/** The demo's faults, as a person sets them. */
export class FaultPanel {
	/** Those that wait for their request. */
	readonly armed: Locator;
	readonly slow: Locator;
	/** What became of another device's deed. */
	readonly outcome: Locator;
	readonly #panel: Locator;

	constructor(page: Page) {
		this.#panel = page.getByRole("region", { name: "Faults" });
		this.armed = this.#panel.getByRole("list", { name: "Faults that wait" }).getByRole("listitem");
		this.slow = this.#panel.getByLabel("Slow network");
		this.outcome = this.#panel.getByRole("status");
	}

	async slowDown(requests: string, by: string): Promise<void> {
		await this.#choose("Slow for", requests);
		await this.#choose("Later by", by);
		await this.slow.check();
	}

	/** The next answer to such a request goes wrong in this way. */
	async arm(request: string, fault: string): Promise<void> {
		await this.#choose("To", request);
		await this.#choose("Is", fault);
		await this.button("Arm").click();
	}

	/** A session ends, or runs out, as seen from the server. */
	async elsewhere(name: string, deed: "End it" | "Expire it"): Promise<void> {
		await this.#choose("Whose session", name);
		await this.button(deed).click();
		await this.outcome.filter({ hasText: `${name}’s session` }).waitFor();
	}

	button(name: string): Locator {
		return this.#panel.getByRole("button", { name, exact: true });
	}

	/** What a link opens in a tab of its own. */
	async openTab(): Promise<Page> {
		const [tab] = await Promise.all([
			this.#panel.page().waitForEvent("popup"),
			this.#panel.getByRole("link", { name: "Second tab" }).click(),
		]);
		return tab;
	}

	async #choose(label: string, option: string): Promise<void> {
		await this.#panel.getByLabel(label, { exact: true }).selectOption({ label: option });
	}
}
