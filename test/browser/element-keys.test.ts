import { describe, expect, test } from "vitest";
import { openElements } from "./element/open.js";
import type { Harness } from "./element/page.js";
import { eventually } from "./switcher-page.js";

declare const harness: Harness;

const { openElement, openPopup } = openElements();
const people = "names=Ada Lovelace,Alan Turing,Bob Martin,Barbara Liskov,Grace Hopper";

describe("the keyboard", () => {
	test("opens the popup on the current account, and Escape returns to the trigger", async () => {
		const switcher = await openElement(people);
		await switcher.trigger.press("Enter");
		await switcher.focusIsOn("Grace Hopper");
		expect(await switcher.trigger.getAttribute("aria-expanded")).toBe("true");
		await switcher.page.keyboard.press("Escape");
		await switcher.focusIsOn("Account: Grace Hopper");
		expect(await switcher.popup.count()).toBe(0);
		expect(await switcher.trigger.getAttribute("aria-expanded")).toBe("false");
	});

	test("moves by arrows, Home and End through accounts and actions, and around", async () => {
		const switcher = await openPopup(people);
		const { keyboard } = switcher.page;
		const path: string[] = [];
		for (const key of ["ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown", "End", "Home", "ArrowDown"]) {
			await keyboard.press(key);
			path.push(await switcher.focused());
		}
		expect(path).toEqual([
			"Ada Lovelace",
			"Grace Hopper",
			"Sign out of all accounts",
			"Grace Hopper",
			"Sign out of all accounts",
			"Grace Hopper",
			"Ada Lovelace",
		]);
	});

	test("reaches everything by Tab, each row's sign-out too", async () => {
		const switcher = await openPopup("names=Ada,Bob");
		await switcher.button("Manage accounts").click();
		await switcher.account("Bob").focus();
		const path: string[] = [];
		for (let press = 0; press < 6; press += 1) {
			await switcher.page.keyboard.press("Tab");
			path.push(await switcher.focused());
		}
		expect(path).toEqual(["Sign out Bob", "Ada", "Sign out Ada", "Add account", "Done", "Sign out of all accounts"]);
		await switcher.button("Sign out Bob").focus();
		await switcher.page.keyboard.press("ArrowDown");
		await switcher.focusIsOn("Ada");
	});

	test("goes to a name by its first letters, and on with one letter again", async () => {
		const switcher = await openPopup(people);
		const { keyboard } = switcher.page;
		await keyboard.type("b");
		await switcher.focusIsOn("Bob Martin");
		await switcher.page.waitForTimeout(600);
		await keyboard.type("b");
		await switcher.focusIsOn("Barbara Liskov");
		await switcher.page.waitForTimeout(600);
		await keyboard.type("alan t");
		await switcher.focusIsOn("Alan Turing");
		// The space was typed, not pressed.
		expect(await switcher.types()).toEqual([]);
	});

	test("switches with Enter and with Space", async () => {
		const switcher = await openPopup("names=Ada,Bob,Cy");
		await switcher.page.keyboard.press("ArrowDown");
		await switcher.page.keyboard.press("Enter");
		await switcher.sees("Cy", "Ada*", "Bob");
		await switcher.page.keyboard.press("ArrowDown");
		await switcher.page.keyboard.press("Space");
		await switcher.sees("Cy", "Ada", "Bob*");
	});

	test("presses with Space in a page's first moments, too", async () => {
		const switcher = await openPopup("names=Ada,Bob,Cy");
		await switcher.page.evaluate(() => Object.defineProperty(Event.prototype, "timeStamp", { get: () => 100 }));
		await switcher.page.keyboard.press("ArrowDown");
		await switcher.page.keyboard.press("Space");
		await switcher.sees("Cy", "Ada*", "Bob");
	});

	test("leaves the popup, which closes and does not take the focus back", async () => {
		const switcher = await openElement("names=Ada,Bob");
		await switcher.page.evaluate(() => {
			const next = document.createElement("button");
			next.textContent = "Next";
			document.querySelector("main")?.append(next);
		});
		await switcher.trigger.click();
		await switcher.button("Sign out of all accounts").focus();
		await switcher.page.keyboard.press("Tab");
		await switcher.focusIsOn("Next");
		expect(await switcher.popup.count()).toBe(0);
	});

	test("closes the popup and not the dialog that it is in", async () => {
		const switcher = await openElement("names=Ada,Bob");
		await switcher.page.evaluate(() => {
			const dialog = document.createElement("dialog");
			document.body.append(dialog);
			dialog.append(...document.querySelectorAll("account-switcher"));
			dialog.showModal();
		});
		await switcher.trigger.click();
		await switcher.popup.waitFor();
		await switcher.page.keyboard.press("Escape");
		await eventually(() => switcher.popup.count()).toBe(0);
		expect(await switcher.page.evaluate(() => document.querySelector("dialog")?.open)).toBe(true);
		await switcher.page.keyboard.press("Escape");
		await eventually(() => switcher.page.evaluate(() => document.querySelector("dialog")?.open)).toBe(false);
	});
});

describe("many accounts", () => {
	test("scroll from six on", async () => {
		const scrolls = async (count: number) => {
			const switcher = await openPopup(`accounts=${count}`);
			await eventually(() => switcher.rows().then(({ length }) => length)).toBe(count);
			return switcher.element.locator("[part=list]").evaluate((list) => list.scrollHeight > list.clientHeight);
		};
		expect([await scrolls(5), await scrolls(6)]).toEqual([false, true]);
	});

	test("can be searched from ten on, by name and by email address", async () => {
		const few = await openPopup("accounts=9");
		expect(await few.search.count()).toBe(0);
		const switcher = await openPopup("accounts=20");
		await switcher.search.fill("PERSON1@");
		await switcher.sees("Person1");
		await switcher.search.press("ArrowDown");
		await switcher.focusIsOn("Person1");
		await switcher.search.fill("zed");
		await switcher.popup.getByText("No accounts found").waitFor();
		await switcher.search.press("Escape");
		await switcher.trigger.click();
		await eventually(() => switcher.rows().then(({ length }) => length)).toBe(20);
		expect(await switcher.search.inputValue()).toBe("");
	});

	test("keep their order while the popup is open; the current one is first when it opens again", async () => {
		const switcher = await openPopup("accounts=3");
		await switcher.sees("Person3*", "Person1", "Person2");
		await switcher.account("Person2").click();
		await switcher.sees("Person3", "Person1", "Person2*");
		await switcher.page.evaluate(async () => {
			harness.device.signIn("New");
			await harness.store.refetch();
		});
		await switcher.sees("Person3", "Person1", "Person2", "New*");
		await switcher.page.keyboard.press("Escape");
		await switcher.trigger.click();
		await switcher.sees("New*", "Person1", "Person2", "Person3");
	});
});
