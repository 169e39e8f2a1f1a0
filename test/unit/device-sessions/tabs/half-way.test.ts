import { expect, test } from "vitest";
import { createHalfWay } from "../../../../src/device-sessions/tabs/half-way.js";
import { openDevice } from "./device.js";

const key = "device-sessions:2:half-way";
function openTabs() {
	const device = openDevice();
	return { ...device, openTab: () => createHalfWay(device.openStorage(), device.clock) };
}

test("a sign-in that is half-way is known to every tab, after a reload too, until it is over", () => {
	const { openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	expect([one.isSigningIn(), other.isSigningIn()]).toEqual([false, false]);
	one.set(true);
	expect([one.isSigningIn(), other.isSigningIn(), openTab().isSigningIn()]).toEqual([true, true, true]);
	one.set(false);
	expect([one.isSigningIn(), other.isSigningIn(), openTab().isSigningIn()]).toEqual([false, false, false]);
});

test("it is given up after ten minutes", async () => {
	const { openTab, time } = openTabs();
	await time.advance(1_000);
	const tab = openTab();
	tab.set(true);
	await time.advance(599_999);
	expect(tab.isSigningIn()).toBe(true);
	await time.advance(1);
	expect(tab.isSigningIn()).toBe(false);
});

test("a clock that was set back does not keep it half-way for ever", async () => {
	const { openTab, texts, time } = openTabs();
	await time.advance(1_000);
	texts.set(key, String(3_600_000));
	expect(openTab().isSigningIn()).toBe(false);
});

test.each(["", "garbage", "NaN", "Infinity", "-1e99", "{}", "9".repeat(1_000_000)])(
	"a storage that holds other text (%#) says that none is",
	async (text) => {
		const { openTab, texts, time } = openTabs();
		await time.advance(1_000);
		texts.set(key, text);
		expect(openTab().isSigningIn()).toBe(false);
	},
);

// Written as a text, not as none: this tab's own memory stands in for an empty one.
test("the tab where it began hears that another tab has ended it", async () => {
	const { openTab, time } = openTabs();
	await time.advance(1_000);
	const [one, other] = [openTab(), openTab()];
	one.set(true);
	other.set(false);
	expect(one.isSigningIn()).toBe(false);
});
