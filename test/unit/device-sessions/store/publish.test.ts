import { describe, expect, onTestFinished, test, vi } from "vitest";
import { publish } from "../../../../src/device-sessions/store/publish.js";

const row = (id: string) => Object.freeze({ id });
/** Two stores, and what their listeners have heard since. */
function open() {
	const initial = {
		$state: { active: null as object | null, rows: [] as readonly object[] },
		$rows: [] as readonly object[],
	};
	const published = publish(initial);
	const heard: string[] = [];
	const { $rows, $state } = published.stores;
	onTestFinished($state.listen(() => heard.push("$state")));
	onTestFinished($rows.listen(() => heard.push("$rows")));
	return { ...published, initial, heard: () => heard.splice(0) };
}

test("a store has its value at once", () => {
	const { initial, stores } = open();
	expect([stores.$state.get(), stores.$rows.get()]).toEqual([initial.$state, initial.$rows]);
});

describe("a store is silent", () => {
	test("where its value is the very same", () => {
		const { heard, initial, set } = open();
		set(initial);
		expect(heard()).toEqual([]);
	});

	test("where every part of its value is the very same: it keeps the value that it has", () => {
		const { heard, initial, set, stores } = open();
		const before = stores.$state.get();
		set({ ...initial, $state: { ...initial.$state } });
		expect(heard()).toEqual([]);
		expect(stores.$state.get()).toBe(before);
	});

	test("where another one has changed", () => {
		const { heard, initial, set } = open();
		set({ ...initial, $state: { ...initial.$state, active: row("a") } });
		expect(heard()).toEqual(["$state"]);
	});
});

test("a list is news where it is another one, whatever is in it", () => {
	const { heard, initial, set } = open();
	set({ ...initial, $rows: [] });
	expect(heard()).toEqual(["$rows"]);
});

test("every value is in place before anybody is told", () => {
	const { initial, set, stores } = open();
	const rows = [row("a")];
	const seen: unknown[] = [];
	onTestFinished(stores.$state.listen(() => seen.push(stores.$rows.get())));
	set({ $state: { ...initial.$state, rows }, $rows: rows });
	expect(seen).toEqual([rows]);
});

test("a listener hears what was there before", () => {
	const { initial, set, stores } = open();
	const listener = vi.fn();
	onTestFinished(stores.$rows.listen(listener));
	const rows = [row("a")];
	set({ ...initial, $rows: rows });
	expect(listener.mock.calls.map(([now, before]) => [now, before])).toEqual([[rows, initial.$rows]]);
});

test("a listener that throws keeps the news from nobody, and its fault is thrown later", () => {
	const later = vi.spyOn(globalThis, "queueMicrotask").mockImplementation(() => {});
	onTestFinished(() => later.mockRestore());
	const { heard, initial, set, stores } = open();
	const fault = new Error("a fault of the app's");
	onTestFinished(
		stores.$state.listen(() => {
			throw fault;
		}),
	);
	set({ $state: { ...initial.$state, active: row("a") }, $rows: [row("a")] });
	expect(heard()).toEqual(["$state", "$rows"]);
	expect(later.mock.calls.map(([run]) => run)).toEqual([expect.any(Function)]);
	expect(later.mock.calls[0]?.[0]).toThrow(fault);
});

test("nobody but the store writes: not into a store, nor into what it holds", () => {
	const { stores, set } = open();
	// Safe: what a caller without types does.
	const $rows = stores.$rows as unknown as { set(value: unknown): void };
	expect(() => $rows.set([])).toThrow("read-only");
	set({ $state: { active: null, rows: [] }, $rows: [{ id: "b" }] });
	expect([Object.isFrozen(stores.$rows.get()), Object.isFrozen(stores.$state.get())]).toEqual([true, true]);
});
