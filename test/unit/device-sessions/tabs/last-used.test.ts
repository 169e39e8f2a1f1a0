import { expect, test, vi } from "vitest";
import { createLastUsed } from "../../../../src/device-sessions/tabs/last-used.js";
import { openDevice } from "./device.js";

function openTabs() {
	const device = openDevice();
	return { ...device, openTab: () => createLastUsed(device.openStorage(), device.clock) };
}

test("who was used last comes first; those never used stay behind, in their order", () => {
	const tab = openTabs().openTab();
	for (const id of ["a", "b", "c", "a"]) tab.remember(id, "v1");
	expect(tab.sort(["x", "a", "b", "y", "c"])).toEqual(["a", "c", "b", "x", "y"]);
});

test("sorting brings no id that was not asked for, and loses none", () => {
	const tab = openTabs().openTab();
	tab.remember("gone", "v1");
	expect(tab.sort(["b", "a"])).toEqual(["b", "a"]);
	expect(tab.sort([])).toEqual([]);
});

test("tabs share it, and it outlives them", () => {
	const { openTab } = openTabs();
	openTab().remember("a", "v1");
	openTab().remember("b", "v2");
	expect(openTab().sort(["x", "a", "b"])).toEqual(["b", "a", "x"]);
	expect(openTab().active()).toEqual({ version: "v2", id: "b" });
});

test("who is active is what any tab said last: an account, nobody, or nothing yet; and at which version", () => {
	const { openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	expect(one.active()).toBeUndefined();
	one.remember("a", "v1");
	expect(other.active()).toEqual({ version: "v1", id: "a" });
	other.remember(null, "v2");
	expect([one.active(), one.sort(["b", "a"])]).toEqual([{ version: "v2", id: null }, ["a", "b"]]);
	one.remember(null, "v3");
	expect(other.active()).toEqual({ version: "v3", id: null });
});

test.each(["a\nb", "a\n", "a\tb"])("who is active may have the id %j, of a server's own making", (id) => {
	const { openTab } = openTabs();
	openTab().remember(id, "v1");
	expect(openTab().active()).toEqual({ version: "v1", id });
});

test("when is kept as well: since when the active one is, until when another one was", async () => {
	const { openTab, time } = openTabs();
	const times = () => ["a", "b", "c"].map(openTab().times());
	await time.advance(2_000);
	openTab().remember("a", "v1");
	expect(times()).toEqual([null, null, null]);
	openTab().remember("b", "v3");
	expect(times()).toEqual([2_000, 2_000, null]);
	await time.advance(1_000);
	openTab().remember(null, "v4");
	await time.advance(1_000);
	openTab().remember(null, "v5");
	expect(times()).toEqual([2_000, 3_000, null]);
});

test("found active once more, at whatever version, it has been so since the first time", async () => {
	const { openTab, time } = openTabs();
	openTab().remember("a", "v1");
	await time.advance(1_000);
	openTab().remember("b", "v2");
	await time.advance(1_000);
	openTab().remember("b", "v3");
	expect([openTab().times()("b"), openTab().active()]).toEqual([1_000, { version: "v3", id: "b" }]);
});

test("what is known already is not written again: other tabs hear of each write", () => {
	const { clock, openStorage, openTab } = openTabs();
	openTab().remember("a", "v1");
	const write = vi.fn();
	createLastUsed({ ...openStorage(), write }, clock).remember("a", "v1");
	expect(write).not.toHaveBeenCalled();
});

test("a text of one line says nothing of who is active", () => {
	const { openTab, texts } = openTabs();
	texts.set("last-active", "garbage");
	expect(openTab().active()).toBeUndefined();
});

test("of a thousand accounts it keeps those used last", () => {
	const { texts, openTab } = openTabs();
	const tab = openTab();
	const ids = Array.from({ length: 1_000 }, (_, index) => `row-${index}`);
	for (const id of ids) tab.remember(id, "v1");
	expect(tab.sort(ids).slice(0, 2)).toEqual(["row-999", "row-998"]);
	expect([...texts.values()].join("").length).toBeLessThan(3_000);
});

test.each(["\n\n", "{garbage", "null", "z".repeat(1_000_000)])(
	"a storage that holds other text (%#) names nobody of this device",
	(garbage) => {
		const { texts, openTab } = openTabs();
		openTab().remember("a", "v1");
		for (const key of texts.keys()) texts.set(key, garbage);
		const tab = openTab();
		expect([tab.sort(["b", "a"]), tab.times()("a")]).toEqual([["b", "a"], null]);
		tab.remember("a", "v1");
		expect([tab.sort(["b", "a"]), tab.active()]).toEqual([["a", "b"], { version: "v1", id: "a" }]);
	},
);

test("a switch is overtaken by another tab's newer one, by none of its own, and nothing is where there was none", () => {
	const { openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	other.switched("v1");
	expect([one.isOvertaken(), other.isOvertaken()]).toEqual([false, false]);
	one.switched("v2");
	one.switched("v3");
	expect([one.isOvertaken(), other.isOvertaken()]).toEqual([false, true]);
});
