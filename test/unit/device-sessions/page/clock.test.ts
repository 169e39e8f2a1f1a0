import { expect, onTestFinished, test, vi } from "vitest";
import { toClock } from "../../../../src/device-sessions/page/clock.js";
import { createClock } from "../../../support/simulated-clock.js";

const longest = 2 ** 31 - 1;

test("a wait longer than a timer holds goes in steps", () => {
	const steps: number[] = [];
	const simulated = createClock();
	const clock = toClock({
		...simulated,
		setTimeout: (run: (...args: never[]) => void, ms: number) => {
			steps.push(ms);
			return simulated.setTimeout(run, ms);
		},
	});
	let runs = 0;
	clock.setTimeout(
		() => {
			runs += 1;
		},
		2 * longest + 5,
	);
	for (const ms of [longest, longest, 4]) simulated.advance(ms);
	expect([runs, steps]).toEqual([0, [longest, longest, 5]]);
	simulated.advance(1);
	expect(runs).toBe(1);
	expect(simulated.timers.size).toBe(0);
});

test("it can be called off in any of them", () => {
	const simulated = createClock();
	const clock = toClock(simulated);
	const timer = clock.setTimeout(() => expect.unreachable(), 3 * longest);
	simulated.advance(longest + 1);
	clock.clearTimeout(timer);
	expect(simulated.timers.size).toBe(0);
	simulated.advance(3 * longest);
});

test("Infinity is never, and nothing to call off is nothing", () => {
	const simulated = createClock();
	const clock = toClock(simulated);
	const timer = clock.setTimeout(() => expect.unreachable(), Number.POSITIVE_INFINITY);
	expect(simulated.timers.size).toBe(0);
	clock.clearTimeout(timer);
	clock.clearTimeout(undefined);
});

test("without a monotonic clock the steps forward of the time of day are the time that has passed", () => {
	let now = 5_000;
	const { monotonic } = toClock({ ...createClock(), now: () => now });
	const began = monotonic();
	const passed = [100, -3_600_000, 50, 0].map((step) => {
		now += step;
		return monotonic() - began;
	});
	expect(passed).toEqual([100, 100, 150, 150]);
});

test("a performance that tells no time is none", () => {
	vi.stubGlobal("performance", {});
	onTestFinished(() => void vi.unstubAllGlobals());
	expect(toClock(undefined).monotonic()).toBeGreaterThanOrEqual(0);
});
