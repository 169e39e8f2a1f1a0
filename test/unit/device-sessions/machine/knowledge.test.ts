import { describe, expect, test } from "vitest";
import type { Call } from "../../../../src/device-sessions/events.js";
import {
	carry,
	counts,
	doubt,
	isChanging,
	isReadSince,
	type Knowledge,
	nothingKnown,
} from "../../../../src/device-sessions/machine/knowledge.js";

const reading = { number: 3, version: "v1", began: 990, at: 1000 };
const known: Knowledge = { ...nothingKnown, version: "v1", reading, begun: 3 };
const call = (effect: Call["effect"], overdue?: true): Call => ({
	id: 1,
	method: "POST",
	path: "/a-call",
	effect,
	...(overdue && { overdue }),
});

test.each<[boolean, string, Knowledge]>([
	[false, "nothing was read", nothingKnown],
	[true, "nothing has moved since it began", known],
	[false, "the device has another version since", { ...known, version: "v2" }],
	[false, "somebody was away when it had begun", { ...known, doubtedUntil: 991 }],
	[true, "somebody had come back before it began", { ...known, doubtedUntil: 990 }],
	[false, "something may have changed since", { ...known, doubted: 3 }],
	[false, "a change of this client's is under way", { ...known, calls: [call("change")] }],
	[true, "that change takes so long that nobody waits for it", { ...known, calls: [call("change", true)] }],
	[true, "a call is under way that changes nobody's being active", { ...known, calls: [call("data"), call("look")] }],
	[true, "a call is under way of which nothing is known until it ends", { ...known, calls: [call("unknown")] }],
])("that a reading counts is %s where %s", (is, _, knowledge) => {
	expect(counts(knowledge)).toBe(is);
});

test("only changes keep commands waiting, and only while they are waited for", () => {
	const changing = (...calls: Call[]) => isChanging({ ...known, calls });
	expect(changing()).toBe(false);
	expect(changing(call("data"), call("look"), call("harmless"), call("unknown"), call("change", true))).toBe(false);
	expect(changing(call("look"), call("change"))).toBe(true);
});

test("a read that began later is new enough, one that had begun by then is not", () => {
	expect([2, 3, 4].map((begun) => isReadSince(known, begun))).toEqual([true, false, false]);
	expect(isReadSince(nothingKnown, -1)).toBe(false);
});

test("doubt is of every read that has begun, the one under way too", () => {
	expect(doubt({ ...known, begun: 4 })).toEqual({ doubted: 4 });
});

describe("where this store has moved the version", () => {
	test("a reading of the version before goes along", () => {
		expect(carry(known, "v1", "v3")).toEqual({ version: "v3", reading: { ...reading, version: "v3" } });
	});

	test("doubt goes along with it", () => {
		const doubted = { ...known, ...doubt(known) };
		expect(counts({ ...doubted, ...carry(doubted, "v1", "v3") })).toBe(false);
	});

	test.each([["v2"], [null]])("a reading stays behind where the version before was %o", (from) => {
		expect(carry(known, from, "v3")).toEqual({ version: "v3", reading });
		expect(counts({ ...known, ...carry(known, from, "v3") })).toBe(false);
	});

	test("with nothing read only the version moves", () => {
		expect(carry(nothingKnown, "", "v3")).toEqual({ version: "v3", reading: null });
	});
});
