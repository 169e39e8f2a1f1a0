import { describe, expect, test } from "vitest";
import type { Context } from "../../../../src/device-sessions/machine/context.js";
import * as jobs from "../../../../src/device-sessions/machine/job.js";
import * as reads from "../../../../src/device-sessions/machine/readings.js";
import { toFault } from "../../../../src/errors.js";
import {
	fail,
	known,
	proceed,
	reading,
	refetch,
	revoke,
	setActive,
	signOutAll,
	signOutOthers,
	unlisted,
	wake,
} from "./play.js";

const { context } = known();
const queued = (event: ReturnType<typeof setActive> | ReturnType<typeof revoke>): Context => ({
	...context,
	queue: [jobs.toCommand({ context, event })],
});
const started = (event: Parameters<typeof queued>[0]): Context => {
	const before = queued(event);
	return { ...before, ...jobs.started({ context: before }) };
};

describe("waking", () => {
	test.each([
		[999, null],
		[1000, null],
		[1999, null],
		[2000, "any"],
		[0, "any"],
	])("at %s ms, with a read that ended at 1000, owes %s", (at, owed) => {
		expect({ ...context, ...reads.woken({ context, event: wake(at) }) }).toMatchObject({ awake: true, owed });
	});

	test("never makes less of a read that is owed already", () => {
		const owing = { ...context, owed: "fresh" } as const;
		expect({ ...owing, ...reads.woken({ context: owing, event: wake(1500) }) }.owed).toBe("fresh");
		expect({ ...owing, ...reads.woken({ context: owing, event: wake(9000) }) }.owed).toBe("fresh");
	});
});

describe("a command", () => {
	test("knows whether its row was there when it came", () => {
		expect(jobs.toCommand({ context, event: revoke("c", 1) }).known).toBe(true);
		expect(jobs.toCommand({ context, event: revoke("?", 1) }).known).toBe(false);
	});

	test("for the active account is confirmed by a read that ended less than a second before it came", () => {
		const confirmed = (id: string, at: number) =>
			jobs.toCommand({ context, event: setActive(id, 1, { at }) }).reads === 0;
		expect([confirmed("a", 1000), confirmed("a", 1999), confirmed("a", 2000)]).toEqual([true, true, false]);
		expect(confirmed("?", 1000)).toBe(false);
	});

	test("that starts leaves the queue and decides whom it signs out", () => {
		const targets = (event: Parameters<typeof queued>[0]) => started(event).command?.targets;
		expect(started(revoke("c", 1)).queue).toEqual([]);
		expect(targets(revoke("c", 1))).toEqual(["c"]);
		expect(targets(signOutOthers(1))).toEqual(["b", "c"]);
		expect(targets(signOutAll(1))).toEqual(["a", "b", "c"]);
	});
});

describe("what the actors are told", () => {
	const told = (event: Parameters<typeof queued>[0]) => jobs.jobInput({ context: started(event) });

	test("of a revoke, who may become active instead", () => {
		expect(told(revoke("a", 1))).toMatchObject({ active: "a", survivors: ["b", "c"], chosen: false });
	});

	test("of a revoke with a survivor asked for, that one alone", () => {
		expect(told(revoke("a", 1, "c"))).toMatchObject({ survivors: ["c"], chosen: true });
	});

	test("that the active account is not listed", () => {
		expect(told(setActive("b", 1)).unlisted).toBe(false);
		const leaving = proceed(unlisted(), setActive("a", 1, { leaveUnlisted: true }));
		expect(jobs.jobInput({ context: leaving.context })).toMatchObject({ id: "a", active: "x", unlisted: true });
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
		expect(reads.readInput({ context: queued(setActive("?", 1)) }).freshness).toBe("fresh");
		expect(reads.readInput({ context: { ...queued(setActive("?", 1)), loadedAt: null } }).freshness).toBe("joined");
	});
});

describe("a read that ended", () => {
	test("owes nothing, and lets every command be decided", () => {
		const asked = [refetch(7), setActive("?", 8)].map((event) => jobs.toCommand({ context, event }));
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

test("what is thrown becomes an error of ours, with its cause; one of ours stays itself", () => {
	const cause = new TypeError("x");
	expect(toFault("switch", cause)).toMatchObject({ kind: "callback", operation: "switch", cause });
	const own = fail("refused");
	expect(toFault("switch", own)).toBe(own);
});
