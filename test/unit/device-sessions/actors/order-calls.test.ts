import { describe, expect, test, vi } from "vitest";
import { orderCalls } from "../../../../src/device-sessions/actors/order-calls.js";
import { createLock } from "../../../../src/device-sessions/tabs/lock.js";
import { createWire, type Wire } from "../../../../src/device-sessions/wire/wire.js";
import { settle } from "../../../../src/testing/clock.js";
import { openDevice } from "../tabs/device.js";

type TakeTurn = Parameters<Wire["order"]>[0];

/** A page whose changes are ordered, and whose lock another tab can hold. */
function open(orders?: boolean) {
	const { clock, page: shared, time } = openDevice();
	const events = new EventTarget();
	const page = {
		...shared,
		addEventListener: vi.fn(events.addEventListener.bind(events)),
		removeEventListener: vi.fn(events.removeEventListener.bind(events)),
	};
	const wire = createWire();
	let takeTurn: TakeTurn | undefined;
	const order = (how: TakeTurn) => {
		takeTurn = how;
	};
	const settings = { orderCalls: orders, timeout: 10_000 };
	orderCalls({ clock, lock: createLock(clock, page, "lock"), page, settings, wire: { ...wire, order } });
	let sent = 0;
	return {
		time,
		page,
		leave: () => events.dispatchEvent(new Event("pagehide")),
		isOrdered: () => takeTurn !== undefined,
		sent: () => sent,
		/** A change of the app's; what it has come to so far. */
		call(path = "/sign-in/email", signal?: AbortSignal, hangs = false) {
			const outcomes: unknown[] = [];
			const send = (letGo?: () => void) => {
				sent += 1;
				outcomes.push("sent");
				if (!hangs) letGo?.();
			};
			takeTurn?.(path, signal).then(send, (error) => outcomes.push(error));
			return outcomes;
		},
		/** Another tab holds the lock until it is told to let it go. */
		async hold() {
			let letGo = () => {};
			const held = new Promise<void>((resolve) => {
				letGo = resolve;
			});
			void createLock(clock, page, "lock").run(1, new AbortController().signal, () => held);
			await settle();
			return async () => {
				letGo();
				await settle();
			};
		},
	};
}

test("a change goes at once where the lock is free, and no timer stays behind", async () => {
	const { call, time } = open();
	const outcomes = call();
	await settle();
	expect([outcomes, time.pending]).toEqual([["sent"], 0]);
});

test("a change waits until the lock comes", async () => {
	const { call, hold, sent, time } = open();
	const letGo = await hold();
	const outcomes = call();
	await time.advance(1_999);
	expect(sent()).toBe(0);
	await letGo();
	expect([outcomes, sent(), time.pending]).toEqual([["sent"], 1, 0]);
});

test.each([
	["/sign-in/email", 2_000],
	["/two-factor/verify-totp", 2_000],
	["/sign-out", 1_000],
])("%s waits %i ms at most, and then goes anyway, once", async (path, limit) => {
	const { call, hold, sent, time } = open();
	const letGo = await hold();
	const outcomes = call(path);
	await time.advance(limit - 1);
	expect(sent()).toBe(0);
	await time.advance(1);
	expect([outcomes, sent()]).toEqual([["sent"], 1]);
	await letGo();
	expect([outcomes, sent(), time.pending]).toEqual([["sent"], 1, 0]);
});

test("a change that waits when its page goes is sent at once, and once", async () => {
	const { call, hold, leave, sent, time } = open();
	const letGo = await hold();
	const outcomes = call();
	await settle();
	expect(sent()).toBe(0);
	leave();
	await settle();
	expect([outcomes, sent()]).toEqual([["sent"], 1]);
	await letGo();
	expect([sent(), time.pending]).toEqual([1, 0]);
});

test("what has been waited for is listened to no more", async () => {
	const { call, page } = open();
	const { signal } = new AbortController();
	const [added, removed] = [vi.spyOn(signal, "addEventListener"), vi.spyOn(signal, "removeEventListener")];
	call("/sign-in/email", signal);
	await settle();
	expect(page.removeEventListener.mock.calls).toEqual(page.addEventListener.mock.calls);
	expect(removed.mock.calls).toEqual(added.mock.calls);
	expect(removed).toHaveBeenCalledOnce();
});

test("a change that hangs lets the lock go once the time of a request is over", async () => {
	const { call, time } = open();
	call("/sign-in/email", undefined, true);
	await time.advance(9_000);
	const next = call();
	await time.advance(999);
	expect(next).toEqual([]);
	await time.advance(1);
	expect([next, time.pending]).toEqual([["sent"], 0]);
});

test("on a server, which has no page, a change goes as well", async () => {
	const { clock, page } = openDevice();
	let takeTurn: TakeTurn | undefined;
	const order = (how: TakeTurn) => {
		takeTurn = how;
	};
	const settings = { timeout: 10_000 };
	const lock = createLock(clock, page, "lock");
	orderCalls({ clock, lock, page: undefined, settings, wire: { ...createWire(), order } });
	await expect(takeTurn?.("/sign-in/email", undefined)).resolves.not.toThrow();
});

describe("given up", () => {
	const enough = new Error("enough");

	test("while it waits it is never sent, and fails with the reason at once", async () => {
		const { call, hold, sent, time } = open();
		const letGo = await hold();
		const controller = new AbortController();
		const outcomes = call("/sign-in/email", controller.signal);
		await time.advance(500);
		controller.abort(enough);
		await settle();
		expect(outcomes).toEqual([enough]);
		await letGo();
		await time.advance(10_000);
		expect([sent(), time.pending]).toEqual([0, 0]);
	});

	test("before, it is not sent either", async () => {
		const { call, sent } = open();
		const outcomes = call("/sign-in/email", AbortSignal.abort(enough));
		await settle();
		expect([outcomes, sent()]).toEqual([[enough], 0]);
	});
});

test.each([
	[undefined, true],
	[true, true],
	[false, false],
])("orderCalls: %s, changes wait for the lock: %s", (orders, isOrdered) => {
	expect(open(orders).isOrdered()).toBe(isOrdered);
});

test("a client without the plugin has no calls to order", () => {
	const { clock, page } = openDevice();
	const lock = createLock(clock, page, "lock");
	expect(() => orderCalls({ clock, lock, page, settings: { timeout: 10_000 }, wire: undefined })).not.toThrow();
});
