import { expect, test } from "vitest";
import { createHalfWay } from "../../../../src/device-sessions/tabs/half-way.js";
import { openDevice } from "./device.js";

const key = "half-way";
async function openTabs() {
	const device = openDevice();
	await device.time.advance(1_000);
	return { ...device, openTab: () => createHalfWay(device.openStorage(), device.clock) };
}

test("a sign-in that is half-way is known to every tab, after a reload too, until it is over", async () => {
	const { openTab } = await openTabs();
	const [one, other] = [openTab(), openTab()];
	const all = () => [one, other, openTab()].map((tab) => tab.current());
	expect(all()).toEqual([null, null, null]);
	one.begin("a");
	const halfWay = { from: "a", until: 601_000 };
	expect(all()).toEqual([halfWay, halfWay, halfWay]);
	one.end();
	expect(all()).toEqual([null, null, null]);
});

test("a sign-out of all takes with it the one that was there when it was sent, and none that has begun since", async () => {
	const { openTab, time } = await openTabs();
	const tab = openTab();
	tab.leaving = tab.current();
	tab.begin("a");
	tab.end(tab.leaving);
	expect(tab.current()?.from).toBe("a");
	tab.leaving = tab.current();
	await time.advance(1_000);
	tab.begin(null);
	tab.end(tab.leaving);
	expect(tab.current()?.from).toBe("a");
	tab.leaving = tab.current();
	tab.end(tab.leaving);
	expect(tab.current()).toBeNull();
});

test("nobody may have been active before", async () => {
	const { openTab } = await openTabs();
	openTab().begin(null);
	expect(openTab().current()).toEqual({ from: null, until: 601_000 });
});

test("started once more, it has its ten minutes again, and goes back to who was active before the first time", async () => {
	const { openTab, time } = await openTabs();
	openTab().begin("a");
	await time.advance(60_000);
	openTab().begin(null);
	expect(openTab().current()).toEqual({ from: "a", until: 661_000 });
});

test("it is given up after ten minutes", async () => {
	const { openTab, time } = await openTabs();
	const tab = openTab();
	tab.begin("a");
	await time.advance(599_999);
	expect(tab.current()).toEqual({ from: "a", until: 601_000 });
	await time.advance(1);
	expect(tab.current()).toBeNull();
});

test("a clock that was set back does not keep it half-way for ever", async () => {
	const { openTab, texts } = await openTabs();
	texts.set(key, "3600000\na");
	expect(openTab().current()).toBeNull();
});

test.each(["", "\na", "garbage", "NaN", "Infinity", "-1e99", "{}", "9".repeat(1_000_000)])(
	"a storage that holds other text (%#) says that none is",
	async (text) => {
		const { openTab, texts } = await openTabs();
		texts.set(key, text);
		expect(openTab().current()).toBeNull();
	},
);

// Written as a text, not as none: this tab's own memory stands in for an empty one.
test("the tab where it began hears that another tab has ended it", async () => {
	const { openTab } = await openTabs();
	const [one, other] = [openTab(), openTab()];
	one.begin("a");
	other.end();
	expect(one.current()).toBeNull();
});

test("what is not half-way is not ended: nothing is written", async () => {
	const { openTab, texts } = await openTabs();
	openTab().end();
	expect(texts.size).toBe(0);
});
