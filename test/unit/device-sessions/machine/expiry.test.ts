import { expect, test } from "vitest";
import { transition } from "xstate";
import { initialContext } from "../../../../src/device-sessions/machine/context.js";
import { mergeRows } from "../../../../src/device-sessions/machine/rows.js";
import { untilExpiry } from "../../../../src/device-sessions/machine/timers.js";
import { deviceSessionsMachine } from "../../../../src/device-sessions/machine.js";
import { row } from "./data.js";
import * as on from "./events.js";
import { play, proceed } from "./play.js";
import { known } from "./situations.js";

const at = (ms: number, id = "a") => {
	const data = row(id);
	return { ...data, session: { ...data.session, expiresAt: new Date(ms) } };
};
const context = (...rows: ReturnType<typeof at>[]) => ({
	...initialContext,
	awake: true,
	rows: mergeRows([], rows, null),
});

test("the row that runs out first is waited for", () => {
	expect(untilExpiry(context(at(5_000), at(3_000, "b")), 1_000, 0)).toBe(2_000);
});

test("one that is still there is looked at once more a minute later, and then left alone", () => {
	const rows = context(at(3_000));
	expect(untilExpiry(rows, 3_000, 0)).toBe(60_000);
	expect(untilExpiry(rows, 62_999, 0)).toBe(1);
	expect(untilExpiry(rows, 63_000, 0)).toBe(Number.POSITIVE_INFINITY);
});

test("asleep, without rows, or where nobody knows when, nothing is waited for", () => {
	expect(untilExpiry({ ...context(at(3_000)), awake: false }, 0, 0)).toBe(Number.POSITIVE_INFINITY);
	expect(untilExpiry(context(), 0, 0)).toBe(Number.POSITIVE_INFINITY);
	expect(untilExpiry(context(at(Number.NaN)), 0, 0)).toBe(Number.POSITIVE_INFINITY);
});

test("one that runs out in the second after a read of the store's own, or in a pause, is read at its end", () => {
	const rows = context(at(3_000));
	expect(untilExpiry({ ...rows, lastDue: 7_500 }, 2_900, 8_000)).toBe(500);
	expect(untilExpiry({ ...rows, pausedUntil: 20_000 }, 2_900, 8_000)).toBe(12_000);
});

test("a row that runs out is read", () => {
	expect(proceed(known(), on.expired).effects).toEqual(["+ readDevice settled"]);
	expect(proceed(known(), on.expired, on.read("a")).state).toBe("idle");
});

test("without a clock of the store's the machine waits no longer than a timer holds", () => {
	const [, actions] = transition(deviceSessionsMachine, known().snapshot, on.wake(1_001));
	const waits = actions.flatMap(({ type, params }) => (type === "xstate.raise" ? [params as { delay: number }] : []));
	expect(new Set(waits.map(({ delay }) => delay))).toEqual(new Set([2 ** 31 - 1]));
});

test("asleep it is not", () => {
	expect(proceed(known(), on.sleep, on.expired).state).toBe("idle");
	expect(play(on.expired).state).toBe("idle");
});
