import { describe, expect, test } from "vitest";
import { due, fallDue, initialContext } from "../../../../src/device-sessions/machine/context.js";
import { untilDue } from "../../../../src/device-sessions/machine/timers.js";
import * as on from "./events.js";
import { activeId, proceed } from "./play.js";
import { known } from "./situations.js";

describe("when the store reads by itself", () => {
	const since = (lastDue: number, dueAt: number | null = null) => ({ ...initialContext, lastDue, dueAt });

	test.each<[string, object, object]>([
		["at once, where it has not done so for a second", due(since(4_000), 5_000), { dueAt: 0, lastDue: 5_000 }],
		["at the end of the second in which it last did", due(since(4_500), 5_000), { dueAt: 5_500 }],
		["when the wait is over", due(since(0), 5_000, 300), { dueAt: 5_300 }],
		["at the end of the second, where that is later than the wait", due(since(4_500), 5_000, 300), { dueAt: 5_500 }],
		["as was said before, where that is sooner", due(since(0, 5_200), 5_000, 300), {}],
		["as was said before, where that is at once", due(since(5_000, 0), 5_000), {}],
		["sooner than was said before", due(since(0, 9_000), 5_000, 300), { dueAt: 5_300 }],
		["at once, though later was said before", due(since(0, 9_000), 5_000), { dueAt: 0, lastDue: 5_000 }],
	])("is %s", (_, change, expected) => {
		expect(change).toEqual(expected);
	});

	test("is after the pause that follows a read that failed", () => {
		expect(due({ ...since(4_500), pausedUntil: 9_000 }, 5_000, 300)).toEqual({ dueAt: 9_000 });
	});

	test("the wait over, it is at once; where nothing was due any more, it is not", () => {
		expect([fallDue({ context: since(4_500, 5_500) }), fallDue({ context: since(4_500) })]).toEqual([
			{ dueAt: 0, lastDue: 5_500 },
			{},
		]);
	});

	test("the timer runs while somebody looks, or a check is awaited", () => {
		const context = { ...since(0, 5_000), awake: true };
		expect([untilDue(context, 4_000), untilDue(context, 6_000)]).toEqual([1_000, 0]);
		const check = { id: "b", tries: 0, calls: [] };
		expect(untilDue({ ...context, awake: false, check }, 4_000)).toBe(1_000);
		for (const never of [{ awake: false }, { dueAt: null }])
			expect(untilDue({ ...context, ...never }, 4_000)).toBe(Number.POSITIVE_INFINITY);
	});
});

test("what is heard within the second after a read is read at its end, once, however much it is", () => {
	const first = proceed(known(), on.moved("v2", 60_000), on.readAt("v2", "a"));
	const heard = proceed(first, on.moved("v3", 60_300), on.focused(60_400), on.changeSeen(60_500), on.online(60_600));
	expect([heard.state, heard.context.dueAt]).toEqual(["idle", 61_000]);
	const end = proceed(heard, on.readDue, on.readAt("v3", "b"));
	expect([end.state, activeId(end), end.context.dueAt]).toEqual(["idle", "b", null]);
});

test("a command does not wait for the end of that second", () => {
	const heard = proceed(known(), on.moved("v2", 60_000), on.readAt("v2", "a"), on.moved("v3", 60_300));
	expect(proceed(heard, on.knowing("v3", on.setActive("b", 1))).effects).toEqual(["+ readDevice fresh"]);
});

test("while another tab changes something it is not read; when that is over it is, or when it has taken too long", () => {
	const moving = proceed(known(), on.moving("v2", 60_000));
	expect([moving.state, moving.context.dueAt]).toEqual(["idle", 70_000]);
	expect(proceed(moving, on.moved("v3", 60_200)).state).toBe("loading");
	expect(proceed(moving, on.readDue).state).toBe("loading");
});

test("asleep, what is due is read once somebody looks", () => {
	const slept = proceed(known(), on.moving("v2", 60_000), on.sleep, on.readDue);
	expect(slept.state).toBe("idle");
	expect(proceed(slept, { ...on.wake(61_000), version: "v2" }).state).toBe("loading");
});

// The timer of `read.due` goes on when a read begins for another reason, and `fallDue` makes one due out of nothing.
test("a read that was due, and was made for a command meanwhile, is not made again", () => {
	const heard = proceed(known(), on.moved("v2", 60_000), on.readAt("v2", "a"), on.moved("v3", 60_300));
	const asked = proceed(heard, on.knowing("v3", on.refetch(1)), on.readAt("v3", "b"));
	expect([asked.state, asked.context.dueAt]).toEqual(["idle", null]);
	expect(proceed(asked, on.readDue).state).toBe("idle");
});

// The same timer: what came while the read was under way is to be read with the next try.
test("a read that was due while one failed for now waits for the next attempt", () => {
	const heard = proceed(known(), on.moved("v2", 60_000), on.moved("v3", 60_300));
	const failed = proceed(heard, on.notYetRead("network", 65_000, false));
	expect([failed.state, failed.context.dueAt]).toEqual(["idle", 65_000]);
});
