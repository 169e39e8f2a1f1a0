import { afterAll, beforeAll } from "vitest";
import type { Harness } from "../browser/element/page.js";
import { startSite } from "../browser/element/site.js";
import { eventually } from "../browser/switcher-page.js";
import type { Setting, Tab } from "./engine.js";
import type { OpenTab } from "./engines.js";

declare const harness: Harness;

/** Longer than a press after a change does nothing, in ms. */
const quiet = 600;

/** Pages with the element, for the tests of a file. */
export function elementSite() {
	let site: Awaited<ReturnType<typeof startSite>>;
	beforeAll(async () => {
		site = await startSite();
	});
	afterAll(() => site?.close());

	/** A page with one element, whose accounts are known. */
	return async (
		openTab: OpenTab,
		query: string,
		{ setting, ...attributes }: { readonly setting?: Setting; readonly placement?: string } = {},
	): Promise<ElementPage> => {
		const tab = await openTab(`${site.url}/?${query}`, setting);
		await eventually(() => tab.run(() => document.documentElement.dataset["ready"])).toBe("yes");
		await tab.run((attributes) => {
			Object.assign(globalThis, { violations: [] });
			document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => {
				Reflect.get(globalThis, "violations").push(violatedDirective);
			});
			harness.mount({ "show-name": "", ...attributes });
		}, attributes);
		await eventually(() => tab.run(() => harness.store.get().isPending)).toBe(false);
		return new ElementPage(tab);
	};
}

/** The element as a person finds it, in any engine. */
export class ElementPage {
	readonly tab: Tab;

	constructor(tab: Tab) {
		this.tab = tab;
	}

	/** Where what has this part and this text is in the window; null where it does not show. */
	boxOf(part: string, text = "") {
		return this.tab.run(
			(part, text) => {
				const all = document.querySelector("account-switcher")?.shadowRoot?.querySelectorAll(`[part~=${part}]`) ?? [];
				const one = [...all].find((one) => one.textContent?.includes(text) || one.ariaLabel === text);
				const { x = 0, y = 0, width = 0, height = 0 } = one?.getBoundingClientRect() ?? {};
				return width ? { x, y, width, height } : null;
			},
			part,
			text,
		);
	}
	/** The middle of what has this part and this text, once it shows. */
	async middleOf(part: string, text?: string): Promise<{ x: number; y: number }> {
		await eventually(() => this.boxOf(part, text)).not.toBeNull();
		const { x, y, width, height } = (await this.boxOf(part, text)) ?? { x: 0, y: 0, width: 0, height: 0 };
		return { x: x + width / 2, y: y + height / 2 };
	}
	async click(part: string, text?: string, times?: number): Promise<void> {
		const { x, y } = await this.middleOf(part, text);
		await this.tab.click(x, y, times);
	}
	async focus(part: string, text = ""): Promise<void> {
		await this.tab.run(
			(part, text) => {
				const root = document.querySelector("account-switcher")?.shadowRoot;
				const all = [...(root?.querySelectorAll<HTMLElement>(`[part~=${part}]`) ?? [])];
				all.find((one) => one.textContent?.includes(text) || one.ariaLabel === text)?.focus();
			},
			part,
			text,
		);
	}
	async openPopup(): Promise<void> {
		await this.click("trigger");
		await eventually(() => this.isOpen()).toBe(true);
	}
	isOpen(): Promise<boolean | undefined> {
		return this.tab.run(() => document.querySelector("account-switcher")?.open);
	}
	/** Names in their order, the current one with a star. */
	rows(): Promise<string[]> {
		return this.tab.run(() =>
			[...(document.querySelector("account-switcher")?.shadowRoot?.querySelectorAll("[part=account]") ?? [])].map(
				(row) => (row.querySelector("bdi")?.textContent ?? "") + (row.getAttribute("aria-current") ? "*" : ""),
			),
		);
	}
	async sees(...rows: readonly string[]): Promise<void> {
		await eventually(() => this.rows()).toEqual(rows);
	}
	/** The text of what has the focus: an account's name. */
	focused(): Promise<string | null | undefined> {
		return this.tab.run(() => {
			const inside = document.activeElement?.shadowRoot?.activeElement;
			return inside?.querySelector("bdi, [part=spoken]")?.textContent ?? inside?.textContent;
		});
	}
	/** The line around what has the focus. */
	outline(): Promise<string | null> {
		return this.tab.run(() => {
			const inside = document.activeElement?.shadowRoot?.activeElement;
			return inside ? getComputedStyle(inside).outlineStyle : null;
		});
	}
	types(): Promise<string[]> {
		return this.tab.run(() => harness.events.map(({ type }) => type));
	}
	live(): Promise<string | null | undefined> {
		return this.tab.run(
			() => document.querySelector("account-switcher")?.shadowRoot?.querySelector("[role=status]")?.textContent,
		);
	}
	/** Who is signed in, as the server has it. */
	signedIn(): Promise<string[]> {
		return this.tab.run(() => harness.device.rows().map(({ name }) => name));
	}
	/** What the page's policy refused. */
	refused(): Promise<unknown> {
		return this.tab.run(() => Reflect.get(globalThis, "violations"));
	}
	/** Until a press is one that somebody means. */
	async rest(): Promise<void> {
		await this.tab.run((quiet) => new Promise<void>((later) => setTimeout(later, quiet)), quiet);
	}
}
