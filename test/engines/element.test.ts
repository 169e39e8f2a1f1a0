import { afterAll, beforeAll, expect, test } from "vitest";
import type { Harness } from "../browser/element/page.js";
import { startSite } from "../browser/element/site.js";
import { eventually } from "../browser/switcher-page.js";
import { findings } from "./axe.js";
import type { Tab } from "./engine.js";
import { inEachEngine } from "./engines.js";

declare const harness: Harness;

let site: Awaited<ReturnType<typeof startSite>>;
beforeAll(async () => {
	site = await startSite();
});
afterAll(() => site?.close());

inEachEngine((openTab) => {
	/** A page with the element on it, whose accounts are known. */
	async function open(query: string): Promise<Tab> {
		const tab = await openTab(`${site.url}/?${query}`);
		await eventually(() => tab.run(() => document.documentElement.dataset["ready"])).toBe("yes");
		await tab.run(() => {
			Object.assign(globalThis, { violations: [] });
			document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => {
				Reflect.get(globalThis, "violations").push(violatedDirective);
			});
			harness.mount({ "show-name": "" });
		});
		await eventually(() => tab.run(() => harness.store.get().isPending)).toBe(false);
		return tab;
	}
	/** Clicks the middle of what has this part and this text. */
	async function click(tab: Tab, part: string, text = ""): Promise<void> {
		const find = () =>
			tab.run(
				(part, text) => {
					const all = document.querySelector("account-switcher")?.shadowRoot?.querySelectorAll(`[part~=${part}]`) ?? [];
					const one = [...all].find((one) => one.textContent?.includes(text) || one.ariaLabel === text);
					const { x = 0, y = 0, width = 0, height = 0 } = one?.getBoundingClientRect() ?? {};
					return width ? { x: x + width / 2, y: y + height / 2 } : null;
				},
				part,
				text,
			);
		await eventually(find).not.toBeNull();
		const { x, y } = (await find()) ?? { x: 0, y: 0 };
		await tab.click(x, y);
	}
	const rows = (tab: Tab) =>
		tab.run(() =>
			[...(document.querySelector("account-switcher")?.shadowRoot?.querySelectorAll("[part=account]") ?? [])].map(
				(row) => (row.querySelector("bdi")?.textContent ?? "") + (row.getAttribute("aria-current") ? "*" : ""),
			),
		);
	const isOpen = (tab: Tab) => tab.run(() => document.querySelector("account-switcher")?.open);
	/** The text of what has the focus: an account's name. */
	const focused = (tab: Tab) =>
		tab.run(() => {
			const inside = document.activeElement?.shadowRoot?.activeElement;
			return inside?.querySelector("bdi, [part=spoken]")?.textContent ?? inside?.textContent;
		});
	const types = (tab: Tab) => tab.run(() => harness.events.map(({ type }) => type));
	const live = (tab: Tab) =>
		tab.run(() => document.querySelector("account-switcher")?.shadowRoot?.querySelector("[role=status]")?.textContent);

	test("a click opens it, another switches, and one beside it closes it", async () => {
		const tab = await open("names=Ada,Bob,Cy");
		await click(tab, "trigger");
		expect(await isOpen(tab)).toBe(true);
		expect(await rows(tab)).toEqual(["Cy*", "Ada", "Bob"]);
		await click(tab, "account", "Bob");
		await eventually(() => rows(tab)).toEqual(["Cy", "Ada", "Bob*"]);
		await eventually(() => types(tab)).toEqual(["account-select", "account-switched"]);
		await eventually(() => live(tab)).toBe("Now using Bob");
		await tab.click(780, 580);
		await eventually(() => isOpen(tab)).toBe(false);
		expect(await tab.run(() => Reflect.get(globalThis, "violations"))).toEqual([]);
	});

	test("axe finds nothing while it is open, nor while accounts are managed", async () => {
		const tab = await open("names=Ada,Bob,Cy");
		await click(tab, "trigger");
		await eventually(() => isOpen(tab)).toBe(true);
		expect(await findings(tab)).toEqual([]);
		await click(tab, "manage");
		expect(await findings(tab)).toEqual([]);
	});

	test("keys open it, move, switch, and close it", async () => {
		const tab = await open("names=Ada,Bob,Cy");
		await tab.run(() => {
			const root = document.querySelector("account-switcher")?.shadowRoot;
			root?.querySelector<HTMLElement>("[part=trigger]")?.focus();
		});
		await tab.press("Enter");
		await eventually(() => focused(tab)).toBe("Cy");
		await tab.press("ArrowDown");
		await eventually(() => focused(tab)).toBe("Ada");
		await tab.press("Enter");
		await eventually(() => rows(tab)).toEqual(["Cy", "Ada*", "Bob"]);
		await tab.press("End");
		await eventually(() => focused(tab)).toBe("Sign out of all accounts");
		await tab.press("Home");
		await eventually(() => focused(tab)).toBe("Cy");
		await tab.press("Escape");
		await eventually(() => isOpen(tab)).toBe(false);
		await eventually(() => focused(tab)).toBe("Account: Ada");
	});

	test("one press signs one account out, and the next one at once does nothing", async () => {
		const tab = await open("names=Ada,Bob,Cy,Di");
		await click(tab, "trigger");
		await click(tab, "manage");
		await click(tab, "sign-out", "Sign out Ada");
		await eventually(() => rows(tab)).toEqual(["Di*", "Bob", "Cy"]);
		expect(await focused(tab)).toBe("Bob");
		await click(tab, "sign-out", "Sign out Bob");
		await tab.run(() => new Promise<void>((later) => setTimeout(later, 600)));
		expect(await rows(tab)).toEqual(["Di*", "Bob", "Cy"]);
	});

	test("signing out of all accounts takes two presses", async () => {
		const tab = await open("names=Ada,Bob");
		await click(tab, "trigger");
		await click(tab, "sign-out-all");
		await eventually(() => focused(tab)).toBe("Sign out of all 2 accounts?");
		await tab.press("Escape");
		await eventually(() => focused(tab)).toBe("Sign out of all accounts");
		await tab.run(() => new Promise<void>((later) => setTimeout(later, 600)));
		await click(tab, "sign-out-all");
		await tab.run(() => new Promise<void>((later) => setTimeout(later, 600)));
		await click(tab, "sign-out-all", "Sign out of all 2 accounts?");
		await eventually(() => tab.run(() => harness.device.rows().length)).toBe(0);
		await eventually(() => types(tab)).toEqual(["account-sign-out", "account-signed-out"]);
	});

	test("it is styled under a strict policy, and stays in the window from either side", async () => {
		for (const dir of ["ltr", "rtl"]) {
			const tab = await open("accounts=20");
			await tab.run((dir) => {
				document.documentElement.dir = dir;
			}, dir);
			await click(tab, "trigger");
			const found = await tab.run(() => {
				const popup = document.querySelector("account-switcher")?.shadowRoot?.querySelector("[part=popup]");
				const { left = -1, right = 0, top = -1, bottom = 0, width } = popup?.getBoundingClientRect() ?? {};
				return { width, fits: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight };
			});
			expect(found).toEqual({ width: 320, fits: true });
			expect(await tab.run(() => Reflect.get(globalThis, "violations"))).toEqual([]);
		}
	});
});
