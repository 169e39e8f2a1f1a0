import { describe, expect, test } from "vitest";
import type { Page, PageLocks } from "../../../../src/device-sessions/page/environment.js";
import { createLock } from "../../../../src/device-sessions/tabs/lock.js";
import { settle } from "../../../../src/testing/clock.js";
import { openDevice } from "./device.js";

const limit = 10_000;
const never = () => new AbortController().signal;

function openTabs() {
	const { clock, page, time } = openDevice();
	const openTab = (navigator = page.navigator) => createLock(clock, navigator && { navigator }, "lock");
	return { time, openTab };
}

/** Work that ends when it is told to. */
function createWork<T>(answer: T) {
	let runs = 0;
	let end = () => {};
	const ended = new Promise<T>((resolve) => {
		end = () => resolve(answer);
	});
	const run = () => {
		runs += 1;
		return ended;
	};
	return { run, end: () => end(), runs: () => runs };
}

/** One tab that holds the lock, and another. */
async function openTwo() {
	const { time, openTab } = openTabs();
	const work = createWork("held");
	const holding = openTab().run(limit, never(), work.run);
	await settle();
	return { time, work, holding, openTab, tab: openTab() };
}

test("two tabs are not at it at once: the second waits until the first has ended", async () => {
	const { work, holding, tab, time } = await openTwo();
	const next = createWork("next");
	const waiting = tab.run(limit, never(), next.run);
	await settle();
	expect([work.runs(), next.runs()]).toEqual([1, 0]);
	work.end();
	next.end();
	expect([await holding, await waiting, next.runs()]).toEqual(["held", "next", 1]);
	expect(time.pending).toBe(0);
});

test("a lock that hangs is busy within the limit, and what was to be run never is, though it comes", async () => {
	const { time, work, holding, tab, openTab } = await openTwo();
	const next = createWork("next");
	let outcome: unknown;
	void tab.run(limit, never(), next.run).then((is) => {
		outcome = is;
	});
	await time.advance(limit - 1);
	expect(outcome).toBeUndefined();
	await time.advance(1);
	expect(outcome).toBe("busy");
	work.end();
	await holding;
	await settle();
	expect(next.runs()).toBe(0);
	expect(await openTab().run(limit, never(), async () => "free")).toBe("free");
});

test.each([
	["never answers", false],
	["answers after it was given up", true],
])("a lock that %s, whatever signal it was given, is busy as well", async (_, answers) => {
	let answer: () => unknown = () => {};
	const request = (_name: string, _options: object, take: () => void) =>
		new Promise((resolve) => {
			answer = () => resolve(take());
		});
	const { time, openTab } = openTabs();
	const work = createWork("late");
	// Safe: what a page's locks are to this lock.
	const outcome = openTab({ locks: { request } as PageLocks }).run(1, never(), work.run);
	await time.advance(1);
	expect(await outcome).toBe("busy");
	if (answers) answer();
	await settle();
	expect([work.runs(), time.pending]).toEqual([0, 0]);
});

test("a lock that is waited for no longer is not asked for any more", async () => {
	const signals: (AbortSignal | undefined)[] = [];
	const locks: PageLocks = {
		request: (_name, { signal }) => {
			signals.push(signal);
			return new Promise(() => {});
		},
	};
	const { time, openTab } = openTabs();
	const outcome = openTab({ locks }).run(limit, never(), createWork("late").run);
	expect(signals[0]?.aborted).toBe(false);
	await time.advance(limit);
	expect([await outcome, signals[0]?.aborted]).toEqual(["busy", true]);
});

test("once it runs it takes as long as it takes", async () => {
	const { time, work, holding } = await openTwo();
	await time.advance(limit * 10);
	work.end();
	expect(await holding).toBe("held");
});

test("told to stop while it waits, it is busy at once, and nothing runs", async () => {
	const { holding, tab, time, work } = await openTwo();
	const stop = new AbortController();
	const next = createWork("next");
	const waiting = tab.run(limit, stop.signal, next.run);
	stop.abort();
	expect([await waiting, next.runs()]).toEqual(["busy", 0]);
	work.end();
	await holding;
	await settle();
	expect([next.runs(), time.pending]).toEqual([0, 0]);
});

test.each([
	["with locks", true],
	["without", false],
])("told to stop before, nothing runs either (%s)", async (_, hasLocks) => {
	const stop = new AbortController();
	stop.abort();
	const work = createWork("ran");
	work.end();
	const { time, openTab } = openTabs();
	const outcome = await (hasLocks ? openTab() : openTab({})).run(limit, stop.signal, work.run);
	await settle();
	expect([outcome, work.runs(), time.pending]).toEqual(["busy", 0, 0]);
});

test("work that fails fails its caller, is not done twice, and lets the lock go", async () => {
	const { openTab } = openTabs();
	let runs = 0;
	const broken = async () => {
		runs += 1;
		throw new Error("no");
	};
	await expect(openTab().run(limit, never(), broken)).rejects.toThrow("no");
	expect(runs).toBe(1);
	expect(await openTab().run(limit, never(), async () => "free")).toBe("free");
});

const forbidden: PageLocks = { request: () => Promise.reject(new DOMException("denied", "SecurityError")) };
const broken: PageLocks = {
	request() {
		throw new DOMException("denied", "SecurityError");
	},
};
const unaskable = {
	get locks(): never {
		throw new DOMException("denied", "SecurityError");
	},
};
describe.each<[string, Page["navigator"] | undefined]>([
	["there is no navigator", undefined],
	["there are no locks", {}],
	["locks are forbidden", { locks: forbidden }],
	["locks cannot even be asked for", unaskable],
	["asking for one throws", { locks: broken }],
])("where %s, every tab is on its own", (_, navigator) => {
	const open = () => {
		const { clock, time } = openDevice();
		return { time, tab: createLock(clock, navigator && { navigator }, "lock") };
	};

	test("work runs, once, and no timer stays behind", async () => {
		const { tab, time } = open();
		const work = createWork("ran");
		work.end();
		expect([await tab.run(limit, never(), work.run), work.runs()]).toEqual(["ran", 1]);
		await settle();
		expect([work.runs(), time.pending]).toEqual([1, 0]);
	});

	test("work that fails fails its caller", async () => {
		await expect(open().tab.run(limit, never(), () => Promise.reject(new Error("no")))).rejects.toThrow("no");
	});
});
