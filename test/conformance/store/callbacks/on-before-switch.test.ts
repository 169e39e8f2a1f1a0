import { describe, expect, test, vi } from "vitest";
import type { SwitchChange } from "../../../../src/index.js";
import { gate, told } from "../../../support/callbacks.js";
import { openDevice } from "../../../support/open-store.js";
import { createClock } from "../../../support/simulated-clock.js";

const never = () => new Promise<never>(() => {});

describe("onBeforeSwitch", () => {
	test("is awaited with nothing sent, and sees who leaves and who comes", async () => {
		const { open, passed } = gate();
		const asked: SwitchChange[] = [];
		const onBeforeSwitch = (change: SwitchChange) => {
			asked.push(change);
			return passed;
		};
		const { browser, store, row } = await openDevice(["Ada", "Bob"], { onBeforeSwitch });
		const switched = store.setActive(row("Ada").id);
		await vi.waitFor(() => expect(asked).toHaveLength(1));
		expect([store.value?.status, browser.requests]).toEqual(["switching", []]);
		open();
		expect((await switched).data?.user.name).toBe("Ada");
		expect(asked).toMatchObject([
			{
				from: { user: { name: "Bob" }, active: true },
				to: { user: { name: "Ada" }, active: false },
				reason: "setActive",
			},
		]);
		expect(Object.isFrozen(asked[0]?.to.user)).toBe(true);
		expect(JSON.stringify(asked)).not.toContain("token");
	});

	test("refuses with false: nothing is sent, and the old account stays", async () => {
		const { browser, store, row } = await openDevice(["Ada", "Bob"], { onBeforeSwitch: async () => false });
		const { error } = await store.setActive(row("Ada").id);
		expect([error?.kind, store.value?.error?.kind, store.value?.active?.user.name]).toEqual([
			"refused",
			"refused",
			"Bob",
		]);
		expect(browser.requests).toEqual([]);
	});

	test.each([
		[
			"throws",
			() => {
				throw new Error("no draft");
			},
		],
		["rejects", () => Promise.reject(new Error("no draft"))],
	])("that %s is an error of kind callback, and the next command works", async (_, onBeforeSwitch) => {
		const { browser, store, row } = await openDevice(["Ada", "Bob"], { onBeforeSwitch });
		const { error } = await store.setActive(row("Ada").id);
		expect([error?.kind, error?.operation, error?.cause]).toEqual([
			"callback",
			"onBeforeSwitch",
			new Error("no draft"),
		]);
		expect(store.value?.error).toBe(error);
		expect(browser.requests).toEqual([]);
		expect((await store.refetch()).error).toBeNull();
	});

	test("that never ends fails after the time-out of a request", async () => {
		const clock = createClock();
		const onBeforeSwitch = vi.fn(never);
		const { browser, store, row } = await openDevice(["Ada", "Bob"], { onBeforeSwitch, clock, timeout: 3_000 });
		const switched = store.setActive(row("Ada").id);
		await vi.waitFor(() => expect(onBeforeSwitch).toHaveBeenCalled());
		clock.advance(2_999);
		expect(store.value?.status).toBe("switching");
		clock.advance(1);
		expect((await switched).error?.kind).toBe("callback");
		expect(browser.requests).toEqual([]);
	});

	test("is asked before the active account is signed out, where somebody takes its place; not otherwise", async () => {
		const { changes, note } = told();
		const { store, row } = await openDevice(["Ada", "Bob", "Cy"], { onBeforeSwitch: note });
		await store.setActive(row("Cy").id);
		await store.refetch();
		await store.revoke(row("Ada").id);
		expect(changes).toEqual([]);
		await store.revoke(row("Cy").id);
		expect(changes).toEqual(["Cy → Bob: revoke"]);
		await store.revoke(row("Bob").id);
		await store.signOutAll();
		expect(changes).toHaveLength(1);
	});
});
