import { describe, expect, test } from "vitest";
import {
	activate,
	activateWith,
	activeOf,
	mergeRows,
	shownOf,
	without,
} from "../../../../src/device-sessions/machine/rows.js";
import { deepFreeze, equal } from "../../../../src/device-sessions/values.js";
import { row } from "./data.js";

const before = mergeRows([], [row("a"), row("b"), row("c")], "a");
const ids = (rows: typeof before) => rows.map(({ id }) => id);

describe("mergeRows", () => {
	test("a row keeps its place, whatever the server's order; new ones come last", () => {
		expect(ids(mergeRows(before, [row("d"), row("c"), row("e"), row("a")], "a"))).toEqual(["a", "c", "d", "e"]);
	});

	test("where nothing changed the same array comes back", () => {
		expect(mergeRows(before, [row("c"), row("a"), row("b")], "a")).toBe(before);
		expect(mergeRows(before, before, "a")).toBe(before);
	});

	test("where one row changed, the others stay the same objects", () => {
		const after = mergeRows(before, [row("a"), row("b", { name: "Bea" }), row("c")], "a");
		expect(after[0]).toBe(before[0]);
		expect(after[2]).toBe(before[2]);
		expect(after[1]).not.toBe(before[1]);
		expect(after[1]?.user.name).toBe("Bea");
	});

	test("of a row that changed, the part that did not stays the same object", () => {
		const after = mergeRows(before, [row("a"), row("b", { name: "Bea" }), row("c")], "a");
		expect(after[1]?.session).toBe(before[1]?.session);
		expect(after[1]?.user).not.toBe(before[1]?.user);
	});

	test("another active account changes two rows, and neither their session nor their user", () => {
		const after = mergeRows(before, before, "b");
		expect(after.map((one, index) => one === before[index])).toEqual([false, false, true]);
		expect(after[0]?.user).toBe(before[0]?.user);
		expect(after[1]?.session).toBe(before[1]?.session);
	});

	test("becoming unlisted changes the row", () => {
		const after = mergeRows(before, [row("a", { listed: false }), row("b"), row("c")], "a");
		expect(after.map(({ listed }) => listed)).toEqual([false, true, true]);
	});

	test("a row named twice shows once", () => {
		expect(ids(mergeRows([], [row("a"), row("a", { name: "again" })], null))).toEqual(["a"]);
	});

	test("the active id of no row makes none active", () => {
		expect(activeOf(mergeRows(before, before, "?"))).toBeNull();
	});

	test("everything in it is frozen, custom fields too", () => {
		const custom = { ...row("a"), user: { ...row("a").user, tags: [{ text: "x" }] } };
		const [first] = mergeRows([], [custom], "a");
		expect(Object.isFrozen(mergeRows([], [custom], "a"))).toBe(true);
		expect([first, first?.session, first?.user, custom.user.tags, custom.user.tags[0]].every(Object.isFrozen)).toBe(
			true,
		);
	});

	test("it holds the six fields of a row and nothing else", () => {
		const extra = { ...row("a"), secret: "x" };
		expect(Object.keys(mergeRows([], [extra], "a")[0] ?? {}).sort()).toEqual([
			"active",
			"id",
			"lastActiveAt",
			"listed",
			"session",
			"user",
		]);
	});
});

describe("activate", () => {
	test("moves the mark and nothing else", () => {
		const after = activate(before, "c");
		expect([ids(after), activeOf(after)?.id]).toEqual([["a", "b", "c"], "c"]);
		expect(activate(after, "c")).toBe(after);
	});

	test("nobody can be active", () => {
		expect(activeOf(activate(before, null))).toBeNull();
	});
});

describe("activateWith", () => {
	test("takes the row as the server just sent it, in its place", () => {
		const after = activateWith(before, row("b", { name: "Bea" }));
		expect([ids(after), activeOf(after)?.user.name]).toEqual([["a", "b", "c"], "Bea"]);
	});

	test("an account that was not there comes last", () => {
		expect(ids(activateWith(before, row("d")))).toEqual(["a", "b", "c", "d"]);
	});

	test("an account that is active already and unchanged changes nothing", () => {
		expect(activateWith(before, row("a"))).toBe(before);
	});
});

describe("without", () => {
	test("takes a row out and leaves the others as they are", () => {
		const after = without(before, "b");
		expect(ids(after)).toEqual(["a", "c"]);
		expect([after[0] === before[0], Object.isFrozen(after)]).toEqual([true, true]);
	});

	test("where it is not there the same array comes back", () => {
		expect(without(before, "?")).toBe(before);
	});
});

describe("equal", () => {
	const date = new Date("2026-11-01T00:00:00Z");
	test.each<[string, unknown, unknown]>([
		["numbers", 1, 1],
		["NaN", Number.NaN, Number.NaN],
		["dates of one moment", date, new Date(date)],
		["objects, whatever the order of their keys", { a: 1, b: [date] }, { b: [new Date(date)], a: 1 }],
		["lists", [1, { a: null }], [1, { a: null }]],
	])("%s are equal", (_, a, b) => {
		expect(equal(a, b)).toBe(true);
		expect(equal(b, a)).toBe(true);
	});

	test.each<[string, unknown, unknown]>([
		["another value", { a: 1 }, { a: 2 }],
		["a key more", { a: 1 }, { a: 1, b: undefined }],
		["another key", { a: undefined }, { b: undefined }],
		["a longer list", [1], [1, 2]],
		["a list and an object", [], {}],
		["null and an object", null, {}],
		["a date and its text", date, date.toISOString()],
		["a date and an object", date, {}],
		["a number and its text", 1, "1"],
	])("%s is not equal", (_, a, b) => {
		expect(equal(a, b)).toBe(false);
		expect(equal(b, a)).toBe(false);
	});
});

test("deepFreeze leaves what cannot be frozen as it is", () => {
	expect([deepFreeze(null), deepFreeze("x"), deepFreeze(undefined)]).toEqual([null, "x", undefined]);
});

describe("a row that is not shown", () => {
	const rows = mergeRows([], [row("a"), { ...row("b"), hidden: true }, row("c")], "a");

	test("is kept as such, and is in no list that is published, which is the same each time", () => {
		expect(rows.map(({ hidden }) => hidden)).toEqual([undefined, true, undefined]);
		expect(ids(shownOf(rows))).toEqual(["a", "c"]);
		expect(shownOf(rows)).toBe(shownOf(rows));
		expect(Object.isFrozen(shownOf(rows))).toBe(true);
	});

	test("where there is none, the rows themselves are published", () => {
		expect(shownOf(before)).toBe(before);
	});

	test("shows once it can be read", () => {
		expect(ids(shownOf(mergeRows(rows, [row("a"), row("b"), row("c")], "a")))).toEqual(["a", "b", "c"]);
	});
});

test("another session of the same user's takes the place of one that was signed out for a switch", () => {
	expect(ids(activateWith(before, row("b"), "a", row("a2")))).toEqual(["b", "c", "a2"]);
});
