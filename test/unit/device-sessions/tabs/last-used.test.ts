import { expect, test } from "vitest";
import { createStorage } from "../../../../src/device-sessions/page/storage.js";
import { createLastUsed } from "../../../../src/device-sessions/tabs/last-used.js";

function openDevice() {
	const texts = new Map<string, string>();
	const localStorage = {
		getItem: (key: string) => texts.get(key) ?? null,
		setItem: (key: string, text: string) => void texts.set(key, text),
	};
	return { texts, openTab: () => createLastUsed(createStorage({ localStorage })) };
}

test("who was used last comes first; those never used stay behind, in their order", () => {
	const tab = openDevice().openTab();
	for (const id of ["a", "b", "c", "a"]) tab.remember(id);
	expect(tab.sort(["x", "a", "b", "y", "c"])).toEqual(["a", "c", "b", "x", "y"]);
});

test("sorting brings no id that was not asked for, and loses none", () => {
	const tab = openDevice().openTab();
	tab.remember("gone");
	expect(tab.sort(["b", "a"])).toEqual(["b", "a"]);
	expect(tab.sort([])).toEqual([]);
});

test("tabs share it, and it outlives them", () => {
	const { openTab } = openDevice();
	openTab().remember("a");
	openTab().remember("b");
	expect(openTab().sort(["x", "a", "b"])).toEqual(["b", "a", "x"]);
	expect(openTab().last(false).id).toBe("b");
});

test("somebody who stays active here does not take the place of whom another tab has used since", () => {
	const { openTab } = openDevice();
	const [one, other] = [openTab(), openTab()];
	one.remember("a");
	other.remember("b");
	one.remember("a");
	expect(one.last(false).id).toBe("b");
	one.remember(null);
	one.remember("a");
	expect(other.last(false).id).toBe("a");
});

test("nobody is not remembered", () => {
	const { texts, openTab } = openDevice();
	openTab().remember(null);
	expect([...texts]).toEqual([]);
	expect(openTab().last(false).id).toBe("");
});

test("whether it is another than when a tab had told before", () => {
	const { openTab } = openDevice();
	const [one, other] = [openTab(), openTab()];
	other.remember("a");
	expect(one.last(true)).toEqual({ id: "a", isNew: true });
	expect(one.last(true)).toEqual({ id: "a", isNew: false });
	other.remember("b");
	expect(one.last(false)).toEqual({ id: "b", isNew: true });
	expect(one.last(true)).toEqual({ id: "b", isNew: true });
	expect(one.last(false)).toEqual({ id: "b", isNew: false });
});

test("of a thousand accounts it keeps those used last", () => {
	const { texts, openTab } = openDevice();
	const tab = openTab();
	const ids = Array.from({ length: 1_000 }, (_, index) => `row-${index}`);
	for (const id of ids) tab.remember(id);
	expect(tab.sort(ids).slice(0, 2)).toEqual(["row-999", "row-998"]);
	expect([...texts.values()].join("").length).toBeLessThan(2_000);
});

test.each(["", "\n\n", "{garbage", "null"])("a storage that holds %o names nobody of this device", (garbage) => {
	const { texts, openTab } = openDevice();
	openTab().remember("a");
	for (const key of texts.keys()) texts.set(key, garbage);
	const tab = openTab();
	expect(tab.sort(["b", "a"])).toEqual(["b", "a"]);
	tab.remember("a");
	expect(tab.sort(["b", "a"])).toEqual(["a", "b"]);
});
