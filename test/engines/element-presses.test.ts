import { expect, test } from "vitest";
import type { Harness } from "../browser/element/page.js";
import { eventually } from "../browser/switcher-page.js";
import { elementSite } from "./element-page.js";
import { inEachEngine } from "./engines.js";

declare const harness: Harness;

const openElement = elementSite();

inEachEngine((openTab) => {
	test("one press signs one account out, and the next one at once does nothing", async () => {
		const page = await openElement(openTab, "names=Ada,Bob,Cy,Di");
		await page.openPopup();
		await page.click("manage");
		const { x, y } = await page.middleOf("sign-out", "Sign out Ada");
		// Bob is there by then. A few pixels away it is a click of its own, not the second of a double click.
		await page.tab.clicks({ x, y }, { x: x - 5, y });
		await page.rest();
		expect(await page.rows()).toEqual(["Di*", "Bob", "Cy"]);
		await page.click("sign-out", "Sign out Bob");
		await page.sees("Di*", "Cy");
		expect(await page.focused()).toBe("Cy");
	});

	test("Enter that is held signs one account out, and switches to nobody", async () => {
		const page = await openElement(openTab, "names=Ada,Bob,Cy,Di");
		await page.openPopup();
		await page.click("manage");
		await page.tab.run(() => {
			const keys: boolean[] = [];
			Object.assign(globalThis, { keys });
			document.addEventListener("keydown", ({ repeat }) => keys.push(repeat), true);
		});
		await page.focus("sign-out", "Sign out Ada");
		// Longer than a press does nothing because a row has gone. Bob has the focus by then.
		await page.tab.hold("Enter", 40);
		expect(await page.tab.run(() => Reflect.get(globalThis, "keys"))).toEqual([false, ...Array(40).fill(true)]);
		await page.rest();
		expect(await page.rows()).toEqual(["Di*", "Bob", "Cy"]);
		expect(await page.focused()).toBe("Bob");
		expect(await page.types()).toEqual(["account-sign-out", "account-signed-out"]);
	});

	test("a double click signs one account out, and so do two clicks in one place", async () => {
		const page = await openElement(openTab, "names=Ada,Bob,Cy,Di");
		await page.openPopup();
		await page.click("manage");
		const { x, y } = await page.middleOf("sign-out", "Sign out Ada");
		// A few pixels away it is a click of its own, not one more of the double click.
		await page.tab.clicks({ x, y, times: 2 }, { x: x - 5, y });
		await page.rest();
		expect(await page.signedIn()).toEqual(["Bob", "Cy", "Di"]);
		await page.tab.click(x, y);
		await page.sees("Di*", "Cy");
	});

	test("a double click on the trigger opens the popup", async () => {
		const page = await openElement(openTab, "names=Ada,Bob");
		await page.click("trigger", "", 2);
		expect(await page.isOpen()).toBe(true);
	});

	test("a press right after a row has gone in another tab does nothing", async () => {
		const page = await openElement(openTab, "names=Ada,Bob,Cy,Di");
		await page.openPopup();
		expect(await page.rows()).toEqual(["Di*", "Ada", "Bob", "Cy"]);
		const trigger = await page.middleOf("trigger");
		const bob = await page.middleOf("account", "Bob");
		await page.tab.press("Escape");
		await eventually(() => page.isOpen()).toBe(false);
		await page.tab.run(() => {
			const end = () => {
				harness.device.end("Ada");
				void harness.store.refetch();
			};
			document.addEventListener("click", end, { once: true });
		});
		// By the second click Cy is where Bob was. The first is away from where the popup was opened: else it may be a double click.
		await page.tab.clicks({ x: trigger.x - 10, y: trigger.y }, bob);
		await page.rest();
		expect(await page.types()).toEqual([]);
		expect(await page.rows()).toEqual(["Di*", "Bob", "Cy"]);
		await page.tab.clicks(bob);
		await page.sees("Di", "Bob", "Cy*");
	});

	test("signing out of all accounts takes two presses", async () => {
		const page = await openElement(openTab, "names=Ada,Bob");
		await page.openPopup();
		await page.click("sign-out-all");
		await eventually(() => page.focused()).toBe("Sign out of all 2 accounts?");
		await page.tab.press("Escape");
		await eventually(() => page.focused()).toBe("Sign out of all accounts");
		await page.rest();
		await page.click("sign-out-all");
		await page.rest();
		await page.click("sign-out-all", "Sign out of all 2 accounts?");
		await eventually(() => page.signedIn()).toEqual([]);
		await eventually(() => page.types()).toEqual(["account-sign-out", "account-signed-out"]);
	});

	test("signing out of all accounts is not done by a double click, a second press at once or a held key", async () => {
		const page = await openElement(openTab, "names=Ada,Bob,Cy");
		await page.openPopup();
		await page.click("sign-out-all", "", 2);
		await eventually(() => page.focused()).toBe("Sign out of all 3 accounts?");
		await page.tab.press("Enter");
		await page.rest();
		expect(await page.signedIn()).toHaveLength(3);
		await page.tab.press("Escape");
		await page.tab.hold("Enter", 40);
		await page.rest();
		expect(await page.signedIn()).toHaveLength(3);
		expect(await page.focused()).toBe("Sign out of all 3 accounts?");
	});
});
