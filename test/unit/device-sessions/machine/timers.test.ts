import { describe, expect, test } from "vitest";
import { type Context, initialContext } from "../../../../src/device-sessions/machine/context.js";
import { untilDue, untilExpiry } from "../../../../src/device-sessions/machine/timers.js";
import { rowsOf } from "./data.js";

// What each of the waits means for the machine: due.test.ts and expiry.test.ts.
const never = Number.POSITIVE_INFINITY;
const awake: Context = { ...initialContext, awake: true, rows: rowsOf("a", "a") };
const check = { id: "a", tries: 0, calls: [] };

describe("until the store reads by itself", () => {
	test.each<[number, string, Partial<Context>]>([
		[1_000, "it is due later", { dueAt: 6_000 }],
		[0, "it was due before", { dueAt: 4_000 }],
		[1_000, "nobody looks, and a check is awaited", { dueAt: 6_000, awake: false, check }],
		[never, "nobody looks", { dueAt: 6_000, awake: false }],
		[never, "nothing is due", { dueAt: null }],
		[never, "it is being read at once", { dueAt: 0 }],
	])("it takes %i ms where %s", (ms, _, more) => {
		expect(untilDue({ ...awake, ...more }, 5_000)).toBe(ms);
	});
});

describe("until a row runs out", () => {
	const end = +new Date("2026-12-01T00:00:00Z");

	test.each<[number, string, Partial<Context>, number]>([
		[10, "it has so long", {}, end - 10],
		[60_000, "it has just run out here: the clock may be ahead", {}, end],
		[never, "it has been looked at twice", {}, end + 60_000],
		[never, "nobody looks", { awake: false }, end - 10],
		[never, "there is none", { rows: [] }, end - 10],
		[5, "a sign-in that is half-way is given up before", { signingIn: { from: null, until: end - 5 } }, end - 10],
		[
			1,
			"a sign-in was given up while a command was under way",
			{ signingIn: { from: null, until: end - 99 } },
			end - 10,
		],
	])("it takes %i ms where %s", (ms, _, more, now) => {
		expect(untilExpiry({ ...awake, ...more }, now, 0)).toBe(ms);
	});
});
