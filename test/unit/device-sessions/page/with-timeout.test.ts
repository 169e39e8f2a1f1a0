import { AbortController as PlainAbortController } from "abort-controller";
import { expect, onTestFinished, test, vi } from "vitest";
import { toClock } from "../../../../src/device-sessions/page/clock.js";
import { withTimeout } from "../../../../src/device-sessions/page/with-timeout.js";
import { createTestClock } from "../../../../src/testing/clock.js";

function open(ms = 1_000) {
	const time = createTestClock(0, () => 0);
	const stop = new AbortController();
	return {
		time,
		stop,
		run: (run: (signal: AbortSignal) => unknown) =>
			withTimeout<unknown>(toClock(time), ms, stop.signal, run, ({ reason }) => ({ ended: reason })),
	};
}
const forever = () => new Promise(() => {});

test("what ends in time is answered, and no timer is left", async () => {
	const { time, run } = open();
	const answer = run(() => new Promise((resolve) => time.setTimeout(() => resolve("done"), 999)));
	await time.advance(999);
	expect(await answer).toBe("done");
	expect(time.pending).toBe(0);
});

test("what ends at once needs no promise", async () => {
	expect(await open().run(() => "done")).toBe("done");
});

test.each([
	[
		"throws",
		() => {
			throw new Error("no");
		},
	],
	["rejects", () => Promise.reject(new Error("no"))],
])("what %s fails as it does, and no timer is left", async (_, broken) => {
	const { time, run } = open();
	await expect(run(broken)).rejects.toThrow("no");
	expect(time.pending).toBe(0);
});

test("what takes too long is not waited for, although it does not heed its signal", async () => {
	const { time, run } = open();
	let signal: AbortSignal | undefined;
	const answer = run((own) => {
		signal = own;
		return forever();
	});
	await time.advance(999);
	expect(signal?.aborted).toBe(false);
	await time.advance(1);
	expect(await answer).toEqual({ ended: { name: "TimeoutError" } });
	expect(signal?.aborted).toBe(true);
});

test("a failure that comes too late is nobody's any more", async () => {
	const { time, run } = open();
	const answer = run(() => new Promise((_, reject) => time.setTimeout(() => reject(new Error("late")), 2_000)));
	await time.advance(3_000);
	expect(await answer).toMatchObject({ ended: { name: "TimeoutError" } });
});

test("it ends when it is stopped, for the reason that was given, and no timer is left", async () => {
	const { time, stop, run } = open();
	const answer = run(forever);
	stop.abort("destroyed");
	expect(await answer).toEqual({ ended: "destroyed" });
	expect(time.pending).toBe(0);
});

test("stopped beforehand, it has ended before it is run, whose signal says so", async () => {
	const { stop, run } = open();
	stop.abort("destroyed");
	let aborted: boolean | undefined;
	const answer = run((signal) => {
		aborted = signal.aborted;
		return forever();
	});
	expect(await answer).toEqual({ ended: "destroyed" });
	expect(aborted).toBe(true);
});

test("without a limit it waits until it is stopped", async () => {
	const { time, stop, run } = open(Number.POSITIVE_INFINITY);
	const answer = run(forever);
	await time.advance(2 ** 40);
	stop.abort("destroyed");
	expect(await answer).toEqual({ ended: "destroyed" });
});

test("nothing stays behind on the signal that stops it, however often it is used", async () => {
	const { stop, run } = open();
	const added = vi.spyOn(stop.signal, "addEventListener");
	const removed = vi.spyOn(stop.signal, "removeEventListener");
	for (const _ of [1, 2, 3]) await run(() => "done");
	expect(removed.mock.calls).toEqual(added.mock.calls);
	expect(added).toHaveBeenCalledTimes(3);
});

test("what takes too long ends for that reason on a platform whose signals know none", async () => {
	vi.stubGlobal("AbortController", PlainAbortController);
	onTestFinished(() => void vi.unstubAllGlobals());
	const { time, run } = open();
	const answer = run(forever);
	await time.advance(1_000);
	expect(await answer).toEqual({ ended: { name: "TimeoutError" } });
});
