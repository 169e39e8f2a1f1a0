import { expect, test } from "vitest";
import { eventually } from "../browser/switcher-page.js";
import { findings } from "./axe.js";
import { elementSite } from "./element-page.js";
import { inEachEngine } from "./engines.js";

const openElement = elementSite();

inEachEngine((openTab) => {
	test("a click opens it, another switches, and one beside it closes it", async () => {
		const page = await openElement(openTab, "names=Ada,Bob,Cy");
		await page.openPopup();
		expect(await page.rows()).toEqual(["Cy*", "Ada", "Bob"]);
		await page.click("account", "Bob");
		await page.sees("Cy", "Ada", "Bob*");
		await eventually(() => page.types()).toEqual(["account-select", "account-switched"]);
		await eventually(() => page.live()).toBe("Now using Bob");
		await page.tab.click(780, 580);
		await eventually(() => page.isOpen()).toBe(false);
		expect(await page.refused()).toEqual([]);
	});

	test("axe finds nothing while it is open, nor while accounts are managed", async () => {
		const page = await openElement(openTab, "names=Ada,Bob,Cy");
		await page.openPopup();
		expect(await findings(page.tab)).toEqual([]);
		await page.click("manage");
		expect(await findings(page.tab)).toEqual([]);
	});

	test("keys open it, move, switch, and close it", async () => {
		const page = await openElement(openTab, "names=Ada,Bob,Cy");
		await page.focus("trigger");
		await page.tab.press("Enter");
		await eventually(() => page.focused()).toBe("Cy");
		await page.tab.press("ArrowDown");
		await eventually(() => page.focused()).toBe("Ada");
		await page.tab.press("Enter");
		await page.sees("Cy", "Ada*", "Bob");
		await page.tab.press("End");
		await eventually(() => page.focused()).toBe("Sign out of all accounts");
		await page.tab.press("Home");
		await eventually(() => page.focused()).toBe("Cy");
		await page.tab.press("Escape");
		await eventually(() => page.isOpen()).toBe(false);
		await eventually(() => page.focused()).toBe("Account: Ada");
	});

	test("arrows show where the focus is, though a click has opened it", async () => {
		const page = await openElement(openTab, "names=Ada,Bob");
		await page.openPopup();
		await page.tab.press("ArrowDown");
		await eventually(() => page.focused()).toBe("Ada");
		expect(await page.outline()).toBe("solid");
	});
});
