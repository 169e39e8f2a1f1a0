import { describe, expect, test } from "vitest";
import { toClock } from "../../../../src/device-sessions/page/clock.js";
import type { Page, PageLocks } from "../../../../src/device-sessions/page/environment.js";
import { createLock } from "../../../../src/device-sessions/tabs/lock.js";
import { createTestClock, settle } from "../../../../src/testing/clock.js";
import { createLocks } from "../../../../src/testing/page.js";

const timeout = 10_000;

function openDevice() {
	const time = createTestClock(0, () => 0);
	const clock = toClock(time);
	const locks = createLocks();
	const openTab = (navigator: Page["navigator"] = { locks: locks.of(new AbortController().signal) }) =>
		createLock(clock, timeout, { navigator });
	return { time, clock, openTab };
}

/** Work that ends when it is told to. */
function createWork() {
	let runs = 0;
	let end = () => {};
	const ended = new Promise<void>((resolve) => {
		end = resolve;
	});
	return {
		run: () => {
			runs += 1;
			return ended;
		},
		end,
		runs: () => runs,
	};
}
const never = () => new AbortController().signal;

test("two tabs are not at it at once: the second is told so, and runs nothing", async () => {
	const { openTab } = openDevice();
	const [one, other] = [openTab(), openTab()];
	const work = createWork();
	const first = one.tryRun(work.run);
	expect(await other.tryRun(async () => expect.unreachable())).toBe(false);
	work.end();
	expect(await first).toBe(true);
	const next = createWork();
	next.end();
	expect([await other.tryRun(next.run), next.runs()]).toEqual([true, 1]);
});

test("work that fails fails its caller, is not done twice, and lets the lock go", async () => {
	const { openTab } = openDevice();
	const tab = openTab();
	let runs = 0;
	const broken = async () => {
		runs += 1;
		throw new Error("no");
	};
	await expect(tab.tryRun(broken)).rejects.toThrow("no");
	expect(runs).toBe(1);
	expect(await openTab().tryRun(async () => {})).toBe(true);
});

const forbidden: PageLocks = { request: () => Promise.reject(new DOMException("denied", "SecurityError")) };
const broken: PageLocks = {
	request() {
		throw new DOMException("denied", "SecurityError");
	},
};

describe.each([
	["there is no navigator", undefined],
	["there are no locks", {}],
	["locks are forbidden", { locks: forbidden }],
	["asking for one throws", { locks: broken }],
])("where %s, every tab is on its own", (_, navigator) => {
	const open = () => {
		const { clock } = openDevice();
		return createLock(clock, timeout, navigator && { navigator });
	};
	test("work runs, once", async () => {
		const work = createWork();
		work.end();
		expect([await open().tryRun(work.run), work.runs()]).toEqual([true, 1]);
	});

	test("work that fails fails its caller", async () => {
		await expect(open().tryRun(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
	});
});

describe("a tab that waits for the lock", () => {
	async function openTwo() {
		const { time, openTab } = openDevice();
		const work = createWork();
		const holding = openTab().tryRun(work.run);
		await settle();
		return { time, work, holding, openTab, tab: openTab() };
	}

	test("hears when it is let go, and does not hold it then", async () => {
		const { time, work, holding, tab, openTab } = await openTwo();
		const released = tab.waitForRelease(never());
		work.end();
		expect([await released, await holding]).toEqual([true, true]);
		expect(time.pending).toBe(0);
		expect(await openTab().tryRun(async () => {})).toBe(true);
	});

	test("hears at once where nobody has it", async () => {
		expect(await openDevice().openTab().waitForRelease(never())).toBe(true);
	});

	test("gives up when it takes too long, and stands in nobody's way", async () => {
		const { time, work, holding, tab, openTab } = await openTwo();
		const released = tab.waitForRelease(never());
		await time.advance(timeout - 1);
		expect(time.pending).toBe(1);
		await time.advance(1);
		expect(await released).toBe(false);
		work.end();
		await holding;
		expect(await openTab().tryRun(async () => {})).toBe(true);
	});

	test("leaves the queue when it gives up", async () => {
		const { time, openTab } = openDevice();
		const queue = new Set<unknown>();
		const request: PageLocks["request"] = (_, { signal }) => {
			queue.add(signal);
			return new Promise((_, reject) => {
				signal?.addEventListener("abort", () => {
					queue.delete(signal);
					reject(signal.reason);
				});
			});
		};
		const released = openTab({ locks: { request } }).waitForRelease(never());
		await settle();
		expect(queue.size).toBe(1);
		await time.advance(timeout);
		expect([await released, queue.size]).toEqual([false, 0]);
	});

	test("gives up when it is stopped, then or before", async () => {
		const { tab, time } = await openTwo();
		const stop = new AbortController();
		const released = tab.waitForRelease(stop.signal);
		stop.abort();
		expect(await released).toBe(false);
		expect(await tab.waitForRelease(stop.signal)).toBe(false);
		expect(time.pending).toBe(0);
	});

	test.each([
		["there are none", {}],
		["they are forbidden", { locks: forbidden }],
	])("does not hear of locks where %s", async (_, navigator) => {
		const { openTab, time } = openDevice();
		expect(await openTab(navigator).waitForRelease(never())).toBe(false);
		expect(time.pending).toBe(0);
	});
});
