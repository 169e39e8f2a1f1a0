import { atom, cleanStores, onMount, STORE_UNMOUNT_DELAY } from "nanostores";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { DeviceSessionsEvent } from "../../../../src/device-sessions/events.js";
import { toClock } from "../../../../src/device-sessions/page/clock.js";
import { sleepWhenNobodyLooks } from "../../../../src/device-sessions/store/sleep.js";
import { createTestClock } from "../../../../src/testing/clock.js";

beforeEach(() => {
	// nanostores lets a store go by a timer of the page.
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
});

function open(isPage = true) {
	const stores = [atom(1), atom(2)] as const;
	const events: DeviceSessionsEvent[] = [];
	const clock = toClock(createTestClock(0, () => 0));
	let version = "v1";
	sleepWhenNobodyLooks(stores, (event) => events.push(event), clock, { current: () => version }, isPage);
	onTestFinished(() => cleanStores(...stores));
	return {
		stores,
		told: () => events.splice(0),
		move: (to: string) => {
			version = to;
		},
	};
}
const woken = (version = "v1") => ({ type: "wake", at: 0, version });

test("whoever looks wakes the machine, a macrotask later: the first render equals the server's", async () => {
	const { stores, told, move } = open();
	stores[0].listen(() => {});
	await Promise.resolve();
	expect(told()).toEqual([]);
	move("v2");
	vi.advanceTimersByTime(0);
	expect(told()).toEqual([woken("v2")]);
});

test("whoever looks at another store, or as well, wakes nobody twice", () => {
	const { stores, told } = open();
	stores[0].listen(() => {});
	stores[0].listen(() => {});
	stores[1].listen(() => {});
	vi.advanceTimersByTime(0);
	expect(told()).toEqual([woken()]);
});

test("the machine sleeps when the last one has looked away from all of them", () => {
	const { stores, told } = open();
	const leave = [stores[0].listen(() => {}), stores[1].listen(() => {})];
	vi.advanceTimersByTime(0);
	told();
	leave[0]?.();
	vi.advanceTimersByTime(STORE_UNMOUNT_DELAY);
	expect(told()).toEqual([]);
	leave[1]?.();
	vi.advanceTimersByTime(STORE_UNMOUNT_DELAY - 1);
	expect(told()).toEqual([]);
	vi.advanceTimersByTime(1);
	expect(told()).toEqual([{ type: "sleep" }]);
});

test("whoever comes back within a second has not been away; later it wakes again", () => {
	const { stores, told } = open();
	const leave = stores[0].listen(() => {});
	vi.advanceTimersByTime(0);
	leave();
	const back = stores[0].listen(() => {});
	vi.advanceTimersByTime(STORE_UNMOUNT_DELAY);
	expect(told()).toEqual([woken()]);
	back();
	vi.advanceTimersByTime(STORE_UNMOUNT_DELAY);
	stores[0].listen(() => {});
	vi.advanceTimersByTime(0);
	expect(told()).toEqual([{ type: "sleep" }, woken()]);
});

test("on a server nobody wakes it", () => {
	const { stores, told } = open(false);
	stores[0].listen(() => {});
	vi.advanceTimersByTime(1_000);
	expect(told()).toEqual([]);
});

test("the stores are mounted by nobody but whoever looks", () => {
	const { stores } = open();
	const mounted = vi.fn();
	onMount(stores[0], mounted);
	expect(mounted).not.toHaveBeenCalled();
});
