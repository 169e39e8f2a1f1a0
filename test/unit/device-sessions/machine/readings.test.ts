import { describe, expect, test } from "vitest";
import type { Context } from "../../../../src/device-sessions/machine/context.js";
import { toCommand } from "../../../../src/device-sessions/machine/job.js";
import * as reads from "../../../../src/device-sessions/machine/readings.js";
import { fail, reading } from "./data.js";
import * as on from "./events.js";
import { known } from "./situations.js";

const { context } = known();

describe("waking", () => {
	test.each([
		[999, null],
		[1000, null],
		[1999, null],
		[2000, "any"],
		[0, "any"],
	])("at %s ms, with a read that ended at 1000, owes %s", (at, owed) => {
		expect({ ...context, ...reads.woken({ context, event: on.wake(at) }) }).toMatchObject({ awake: true, owed });
	});

	test("never makes less of a read that is owed already", () => {
		const owing = { ...context, owed: "fresh" } as const;
		expect({ ...owing, ...reads.woken({ context: owing, event: on.wake(1500) }) }.owed).toBe("fresh");
		expect({ ...owing, ...reads.woken({ context: owing, event: on.wake(9000) }) }.owed).toBe("fresh");
	});
});

describe("how new a read's session must be", () => {
	test.each<[string, Partial<Context>, string]>([
		["a first read that somebody looking wants", { loadedAt: null, rows: [], owed: "any" }, "settled"],
		["a first read that is asked for", { loadedAt: null, rows: [], owed: "fresh" }, "joined"],
		["a refetch", { owed: "fresh" }, "fresh"],
		["a read after something was seen", { owed: "any" }, "settled"],
	])("%s", (_, more, freshness) => {
		expect(reads.readInput({ context: { ...context, ...more } }).freshness).toBe(freshness);
	});

	test("a read that a command waits for", () => {
		const waiting = { ...context, queue: [toCommand({ context, event: on.setActive("?", 1) })] };
		expect(reads.readInput({ context: waiting }).freshness).toBe("fresh");
		expect(reads.readInput({ context: { ...waiting, loadedAt: null } }).freshness).toBe("joined");
	});
});

describe("a read that ended", () => {
	test("owes nothing, and lets every command be decided", () => {
		const asked = [on.refetch(7), on.setActive("?", 8)].map((event) => toCommand({ context, event }));
		const { queue = [] } = reads.reading({ context: { ...context, queue: asked } });
		const after = reads.absorb({ ...context, owed: "fresh", queue }, reading("a", ["a", "b"], 5000));
		expect(after).toMatchObject({ owed: null, loadedAt: 5000, readError: null });
		expect(after.queue?.map(({ reads }) => reads)).toEqual([0, 0]);
	});

	test("in failure loses nothing", () => {
		const error = fail("network");
		const after = { ...context, ...reads.readFailed({ ...context, owed: "fresh" }, error) };
		expect(after).toMatchObject({ readError: error, owed: null, expected: null, loadedAt: 1000 });
		expect(after.rows).toBe(context.rows);
	});
});
