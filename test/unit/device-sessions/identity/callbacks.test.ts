import { describe, expect, test } from "vitest";
import { type Callbacks, createCallbacks } from "../../../../src/device-sessions/identity/callbacks.js";
import { toClock } from "../../../../src/device-sessions/page/clock.js";
import type { DeviceSession, SwitchChange } from "../../../../src/device-sessions/types.js";
import { createTestClock } from "../../../../src/testing/clock.js";

const timeout = 10_000;
// Safe: callbacks hand a change on as it is.
const change: SwitchChange = { from: null, to: { id: "ada" } as DeviceSession, reason: "setActive" };

function open(given: Callbacks) {
	const time = createTestClock(0, () => 0);
	const closing = new AbortController();
	return { time, closing, ...createCallbacks(given, toClock(time), timeout, closing.signal) };
}

const never = () => new Promise(() => {});
const fault = new Error("the app's own");
const throws = () => {
	throw fault;
};
const rejects = () => Promise.reject(fault);

test("an app that hands in nothing lets everything pass", async () => {
	const { ask, tell } = open({});
	expect([await ask("setActive", change), await tell(change)]).toEqual([null, null]);
});

test("each is called once, with the change", async () => {
	const calls: unknown[] = [];
	const { ask, tell } = open({
		onBeforeSwitch: (given) => void calls.push(["ask", given]),
		onIdentityChange: (given) => void calls.push(["tell", given]),
	});
	await ask("setActive", change);
	await tell(change);
	expect(calls).toEqual([
		["ask", change],
		["tell", change],
	]);
});

describe("before a switch", () => {
	test.each([undefined, null, true, 0, "", Promise.resolve()])("%o lets go of the active account", async (answer) => {
		const { ask, time } = open({ onBeforeSwitch: () => answer });
		expect(await ask("setActive", change)).toBeNull();
		expect(time.pending).toBe(0);
	});

	test.each([
		["false", () => false],
		["a promise of false", async () => false],
	])("%s refuses, and the error names the command that was asked for", async (_, onBeforeSwitch) => {
		const { ask } = open({ onBeforeSwitch });
		expect(await ask("setActive", change)).toMatchObject({ kind: "refused", operation: "setActive" });
		expect(await ask("signOutAll", change)).toMatchObject({ kind: "refused", operation: "signOutAll" });
	});

	test("what is not answered in time is a failure", async () => {
		const { ask, time } = open({ onBeforeSwitch: never });
		const error = ask("setActive", change);
		await time.advance(timeout - 1);
		expect(time.pending).toBe(1);
		await time.advance(1);
		expect(await error).toMatchObject({ kind: "callback", operation: "onBeforeSwitch" });
		expect((await error)?.message).toContain(`${timeout} ms`);
	});

	test("a store that is destroyed does not wait for the answer", async () => {
		const { ask, closing } = open({ onBeforeSwitch: never });
		const error = ask("setActive", change);
		closing.abort();
		expect((await error)?.kind).toBe("destroyed");
	});
});

describe("between two identities", () => {
	test("false is no refusal: it is only told", async () => {
		expect(await open({ onIdentityChange: () => false }).tell(change)).toBeNull();
	});

	test("a page that does not come back from it in 5 s is not waited for", async () => {
		const { tell, time } = open({ onIdentityChange: never });
		const error = tell(change);
		await time.advance(4_999);
		expect(time.pending).toBe(1);
		await time.advance(1);
		expect(await error).toMatchObject({ kind: "callback", operation: "onIdentityChange" });
	});

	test("a store that is destroyed does not wait for it, and nobody hears of that", async () => {
		const { tell, closing } = open({ onIdentityChange: never });
		const error = tell(change);
		closing.abort();
		expect(await error).toBeNull();
	});
});

test.each([
	["throws", throws],
	["rejects", rejects],
])("one that %s is a failure of kind callback, with what it threw as the cause", async (_, callback) => {
	const { ask, tell, time } = open({ onBeforeSwitch: callback, onIdentityChange: callback });
	expect(await ask("setActive", change)).toMatchObject({ kind: "callback", operation: "onBeforeSwitch", cause: fault });
	expect(await tell(change)).toMatchObject({ kind: "callback", operation: "onIdentityChange", cause: fault });
	expect(time.pending).toBe(0);
});
