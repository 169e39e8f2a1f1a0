import { describe, expect, test } from "vitest";
import { openElements, Switcher } from "./element/open.js";
import type { Harness } from "./element/page.js";
import { eventually } from "./switcher-page.js";

declare const harness: Harness;

const { openPage, openElement } = openElements();

describe("before it is defined", () => {
	test("its children show; what was set is kept, and the children make way", async () => {
		const page = await openPage("late&names=Ada,Bob");
		await page.evaluate(() => {
			const element = harness.mount();
			const link = document.createElement("a");
			link.href = "/sign-in";
			link.textContent = "Sign in here";
			element.append(link);
			Object.assign(element, { store: harness.store, addHref: "/add", showName: true, messages: { add: "One more" } });
		});
		await page.getByText("Sign in here").waitFor();
		await page.evaluate(() => {
			harness.defineAccountSwitcher();
		});
		const switcher = new Switcher(page);
		await eventually(() => switcher.label()).toContain("Bob");
		expect(await page.getByText("Sign in here").isVisible()).toBe(false);
		await switcher.trigger.click();
		expect(await switcher.element.getByRole("link", { name: "One more" }).getAttribute("href")).toBe("/add");
	});
});

describe("defineAccountSwitcher", () => {
	test("does nothing where the tag is ours, of another version too, and throws where it is somebody else's", async () => {
		const page = await openPage();
		const found = await page.evaluate(() => {
			const { defineAccountSwitcher, AccountSwitcher } = harness;
			customElements.define("x-other", class extends HTMLElement {});
			const Older = Object.assign(class extends HTMLElement {}, {
				[Symbol.for("device-sessions/account-switcher")]: true,
			});
			customElements.define("x-older", Older);
			let message = "";
			try {
				defineAccountSwitcher("x-other");
			} catch (error) {
				message = String(error);
			}
			const Mine = defineAccountSwitcher("x-mine");
			return {
				same: defineAccountSwitcher() === AccountSwitcher,
				again: defineAccountSwitcher("x-mine") === Mine,
				older: Object.is(defineAccountSwitcher("x-older"), Older),
				mine: document.createElement("x-mine") instanceof AccountSwitcher,
				made: new AccountSwitcher().localName,
				message,
			};
		});
		expect(found).toEqual({
			same: true,
			again: true,
			older: true,
			mine: true,
			made: "account-switcher",
			message: "Error: <x-other> is another element already.",
		});
	});
});

describe("its properties and attributes", () => {
	test("reflect each other", async () => {
		const page = await openPage();
		const html = await page.evaluate(() => {
			const element = document.createElement("account-switcher");
			const before = [element.addHref, element.manageHref, element.placement, element.showName, element.inline];
			Object.assign(element, { addHref: "/a", manageHref: "/m", placement: "end", showName: true, inline: true });
			const set = element.outerHTML;
			Object.assign(element, { addHref: null, manageHref: null, placement: "start", showName: false, inline: false });
			return {
				before,
				set,
				after: element.outerHTML,
				store: element.store,
				messages: element.messages,
				open: element.open,
			};
		});
		expect(html).toEqual({
			before: [null, null, "start", false, false],
			set: '<account-switcher add-href="/a" manage-href="/m" placement="end" show-name="" inline=""></account-switcher>',
			after: '<account-switcher placement="start"></account-switcher>',
			store: null,
			messages: {},
			open: false,
		});
	});

	test("open says whether the popup is there; show and hide open and close it", async () => {
		const switcher = await openElement();
		const opens = await switcher.page.evaluate(() => {
			const element = document.querySelector("account-switcher");
			if (!element) return [];
			const steps = [element.open];
			element.show();
			steps.push(element.open);
			element.hide();
			steps.push(element.open);
			return steps;
		});
		expect(opens).toEqual([false, true, false]);
	});
});

describe("the store", () => {
	test("can be replaced: the rows of the old one are gone, and it is let go", async () => {
		const switcher = await openElement("names=Ada,Bob", { inline: "" });
		await switcher.sees("Bob*", "Ada");
		await switcher.page.evaluate(() => {
			const element = document.querySelector("account-switcher");
			const [ada] = harness.store.get().sessions;
			if (element && ada) element.store = harness.still({ sessions: [{ ...ada, active: true }], active: ada });
		});
		await switcher.sees("Ada*");
		expect(await switcher.page.evaluate(() => harness.listeners())).toBe(0);
		expect(await switcher.types()).toEqual([]);
	});

	test("is let go when the element goes, and taken up again when it comes back or moves", async () => {
		const switcher = await openElement("names=Ada,Bob");
		const counts = await switcher.page.evaluate(() => {
			const element = document.querySelector("account-switcher");
			if (!element) return [];
			const counts = [harness.listeners()];
			for (let time = 0; time < 3; time += 1) {
				element.show();
				document.body.append(element);
				counts.push(harness.listeners());
			}
			element.show();
			element.remove();
			counts.push(harness.listeners());
			document.querySelector("main")?.append(element);
			counts.push(harness.listeners());
			return [...counts, element.open];
		});
		expect(counts).toEqual([1, 1, 1, 1, 0, 1, false]);
		await switcher.trigger.click();
		await switcher.sees("Bob*", "Ada");
	});
});

test("elements that have gone are collected", async () => {
	const page = await openPage("names=Ada,Bob");
	const left = await page.evaluate(async () => {
		const made: WeakRef<Element>[] = [];
		for (let time = 0; time < 20; time += 1) {
			const element = harness.mount();
			element.show();
			made.push(new WeakRef(element));
			element.remove();
		}
		return Object.assign(globalThis, { made }).made.length;
	});
	expect(left).toBe(20);
	const session = await page.context().newCDPSession(page);
	await eventually(async () => {
		await session.send("HeapProfiler.collectGarbage");
		return page.evaluate(() => {
			const made: WeakRef<Element>[] = Reflect.get(globalThis, "made");
			return made.filter((one) => one.deref()).length;
		});
	}).toBeLessThanOrEqual(1);
});

test("several on a page: one opens, and the other closes", async () => {
	const switcher = await openElement("names=Ada,Bob", { id: "one" });
	await switcher.page.evaluate(() => {
		harness.mount({ id: "two" });
	});
	const [one, two] = [new Switcher(switcher.page, "#one"), new Switcher(switcher.page, "#two")];
	await one.trigger.click();
	await one.popup.waitFor();
	await switcher.page.keyboard.press("Escape");
	await two.trigger.click();
	await two.popup.waitFor();
	expect(await one.popup.count()).toBe(0);
	// The popup of the other lies over its trigger.
	await one.trigger.dispatchEvent("pointerdown");
	await eventually(() => two.popup.count()).toBe(0);
});

test("in a shadow root it opens, closes by a press beside it, and its events come out", async () => {
	const page = await openPage("names=Ada,Bob");
	await page.evaluate(() => {
		const root = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
		const input = document.createElement("input");
		input.ariaLabel = "Beside";
		root.append(input);
		harness.mount({}, root);
		root.append(input);
	});
	const switcher = new Switcher(page);
	await switcher.trigger.click();
	await switcher.account("Ada").click();
	await switcher.sees("Bob", "Ada*");
	await eventually(() => switcher.types()).toEqual(["account-select", "account-switched"]);
	await page.mouse.click(470, 690);
	await eventually(() => switcher.popup.count()).toBe(0);
	await switcher.trigger.click();
	await page.getByLabel("Beside").focus();
	await eventually(() => switcher.popup.count()).toBe(0);
});

test("inline, it is a part of the page: no trigger, no dialog, always open", async () => {
	const switcher = await openElement("names=Ada,Bob,Cy", { inline: "" });
	await switcher.element.getByRole("group", { name: "Accounts" }).waitFor();
	expect(await switcher.trigger.isVisible()).toBe(false);
	await switcher.sees("Cy*", "Ada", "Bob");
	await switcher.account("Bob").click();
	await switcher.sees("Cy", "Ada", "Bob*");
	await switcher.button("Sign out of all accounts").click();
	await switcher.page.keyboard.press("Escape");
	await switcher.button("Sign out of all accounts").waitFor();
	await switcher.page.mouse.click(470, 690);
	expect(await switcher.rows()).toHaveLength(3);
	await switcher.page.evaluate(() => {
		const element = document.querySelector("account-switcher");
		if (element) element.inline = false;
	});
	await switcher.trigger.click();
	await switcher.popup.waitFor();
	await switcher.page.keyboard.press("Escape");
	await eventually(() => switcher.popup.count()).toBe(0);
});

test("without popovers it is a box under the trigger, and works the same", async () => {
	const page = await openPage("late&names=Ada,Bob");
	await page.evaluate(() => {
		// As in a browser that has none.
		Reflect.deleteProperty(HTMLElement.prototype, "popover");
		harness.defineAccountSwitcher();
		const element = harness.mount();
		Object.assign(element, { store: harness.store });
	});
	const switcher = new Switcher(page);
	await switcher.trigger.click();
	await switcher.popup.waitFor();
	await switcher.account("Ada").click();
	await switcher.sees("Bob", "Ada*");
	await page.keyboard.press("Escape");
	await eventually(() => switcher.popup.count()).toBe(0);
	await switcher.trigger.click();
	const [trigger, popup] = [await switcher.trigger.boundingBox(), await switcher.popup.boundingBox()];
	expect(popup?.y).toBeGreaterThan(trigger?.y ?? 0);
	await page.mouse.click(470, 690);
	await eventually(() => switcher.popup.count()).toBe(0);
});

test("where no style sheet can be made it brings its own as an element, once", async () => {
	// As in a browser that has no constructor for one. There the policy has to let it in.
	const page = await openPage("late&names=Ada,Bob", { bypassCSP: true });
	await page.evaluate(() => {
		Object.assign(globalThis, { CSSStyleSheet: undefined });
		harness.defineAccountSwitcher();
		const element = harness.mount();
		Object.assign(element, { store: harness.store });
		document.body.append(element);
	});
	const switcher = new Switcher(page);
	await switcher.trigger.click();
	await switcher.popup.waitFor();
	expect(await switcher.element.locator("style").count()).toBe(1);
	const { width } = (await switcher.popup.boundingBox()) ?? {};
	expect(width).toBe(320);
});

test("slots are the app's: arrows reach what is in them, and its keys are its own", async () => {
	const switcher = await openElement("names=Ada,Bob");
	await switcher.page.evaluate(() => {
		const element = document.querySelector("account-switcher");
		const add = (tag: string, slot: string, text: string) => {
			const child = Object.assign(document.createElement(tag), { slot, textContent: text });
			element?.append(child);
			return child;
		};
		add("p", "header", "Mail of Example Inc.");
		add("a", "items", "Settings").setAttribute("href", "#settings");
		add("input", "footer", "").ariaLabel = "Status";
		add("span", "trigger", "Me");
	});
	expect(await switcher.trigger.locator("[part=name]").isVisible()).toBe(false);
	await switcher.page.getByText("Me", { exact: true }).click();
	await switcher.page.getByText("Mail of Example Inc.").waitFor();
	await switcher.account("Ada").focus();
	await switcher.page.keyboard.press("ArrowDown");
	await switcher.focusIsOn("Settings");
	await switcher.page.keyboard.press("ArrowDown");
	await switcher.focusIsOn("Add account");
	const status = switcher.page.getByLabel("Status");
	await status.focus();
	await switcher.page.keyboard.type("ab");
	await switcher.page.keyboard.press("Home");
	await switcher.page.keyboard.type("x");
	expect(await status.inputValue()).toBe("xab");
	await switcher.page.getByText("Settings").dblclick();
	expect(new URL(switcher.page.url()).hash).toBe("#settings");
});
