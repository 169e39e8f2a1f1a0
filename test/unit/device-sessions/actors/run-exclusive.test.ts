import { describe, expect, test, vi } from "vitest";
import { runExclusive } from "../../../../src/device-sessions/actors/run-exclusive.js";
import type { SwitchChange } from "../../../../src/index.js";
import { settle } from "../../../../src/testing/index.js";
import { openDevice } from "./open-device.js";

describe("the version of the device", () => {
	test("moves before the requests and after them, and what was known goes along", async () => {
		const { device, events, job, locked, switchInput } = openDevice();
		const { version } = device;
		const before = version.current();
		let meanwhile = before;
		const sent = await runExclusive(job(switchInput("Bob")), undefined, async () => {
			meanwhile = version.current();
			return "sent";
		});
		expect(sent).toEqual({ data: "sent" });
		expect(new Set([before, meanwhile, version.current()]).size).toBe(3);
		expect(locked).toEqual([{ type: "command.locked", version: meanwhile }]);
		expect(events).toEqual([{ type: "version.carried", at: 0, from: before, to: version.current() }]);
	});

	test("that somebody else has moved meanwhile carries nothing over", async () => {
		const { device, events, job, switchInput } = openDevice();
		await runExclusive(job(switchInput("Bob")), undefined, async () => device.version.hear("another tab's"));
		expect(events).toMatchObject([{ type: "version.carried", from: null, to: device.version.current() }]);
	});

	test("moves on where the requests throw, too", async () => {
		const { device, events, job, switchInput } = openDevice();
		const fault = new Error("a fault");
		await expect(runExclusive(job(switchInput("Bob")), undefined, () => Promise.reject(fault))).rejects.toBe(fault);
		expect(events).toMatchObject([{ type: "version.carried", to: device.version.current() }]);
	});

	test("has moved since the command was decided: nothing is sent, and the machine hears of the new one", async () => {
		const { device, events, job, switchInput } = openDevice();
		const decidedFrom = device.version.current();
		device.version.hear("another tab's");
		const run = vi.fn();
		expect(await runExclusive(job(switchInput("Bob", { version: decidedFrom })), undefined, run)).toBeUndefined();
		expect(run).not.toHaveBeenCalled();
		expect(events).toEqual([{ type: "command.stale", version: "another tab's", asked: null }]);
	});

	test("has moved since, where nobody was active: the question is asked of nobody", async () => {
		const { device, events, job, read, switchInput, id } = openDevice();
		await read();
		const version = device.version.current();
		device.version.hear("another tab's");
		await runExclusive(job(switchInput("Bob", { version, active: null })), id("Bob"), vi.fn());
		expect(events).toMatchObject([{ type: "command.stale", asked: { from: null, to: id("Bob") } }]);
	});

	test("has moved too often: it is sent where the same account is still active, and not where another one is", async () => {
		const { device, events, job, read, switchInput } = openDevice();
		await read();
		const version = device.version.current();
		device.version.hear("another tab's");
		const run = vi.fn(async () => 1);
		const insisting = switchInput("Bob", { version, insists: true });
		expect(await runExclusive(job(insisting), undefined, run)).toEqual({ data: 1 });
		device.version.hear("another tab's, once more");
		events.length = 0;
		expect(await runExclusive(job({ ...insisting, active: insisting.id }), undefined, run)).toBeUndefined();
		expect([run.mock.calls.length, events.map(({ type }) => type)]).toEqual([1, ["command.stale"]]);
	});

	test("is the one that the command was decided from: it is sent", async () => {
		const { device, job, switchInput } = openDevice();
		const input = switchInput("Bob", { version: device.version.current() });
		expect(await runExclusive(job(input), undefined, async () => 1)).toEqual({ data: 1 });
	});
});

describe("the lock of the device", () => {
	function hold({ device }: ReturnType<typeof openDevice>) {
		let letGo = () => {};
		const held = new Promise<void>((resolve) => {
			letGo = resolve;
		});
		void device.lock.run(1, new AbortController().signal, () => held);
		return () => letGo();
	}

	test("is waited for; the version is compared once it has come", async () => {
		const page = openDevice();
		const letGo = hold(page);
		const run = vi.fn();
		const decidedFrom = page.device.version.current();
		const sent = runExclusive(page.job(page.switchInput("Bob", { version: decidedFrom })), undefined, run);
		await settle();
		expect(page.locked).toHaveLength(0);
		page.device.version.hear("another tab's");
		letGo();
		expect(await sent).toBeUndefined();
		expect(page.locked).toHaveLength(0);
		expect(run).not.toHaveBeenCalled();
		expect(page.events).toEqual([{ type: "command.stale", version: "another tab's", asked: null }]);
	});

	test("does not come in time: busy, nothing is sent and the version stays", async () => {
		const page = openDevice({ timeout: 5_000 });
		hold(page);
		const before = page.device.version.current();
		const run = vi.fn();
		const sent = runExclusive(page.job(page.switchInput("Bob")), undefined, run);
		await page.kit.clock.advance(4_999);
		expect(page.events).toEqual([]);
		await page.kit.clock.advance(1);
		expect(await sent).toBeUndefined();
		expect(run).not.toHaveBeenCalled();
		expect(page.events).toMatchObject([
			{ type: "command.failed", unsure: false, error: { kind: "busy", operation: "setActive" } },
			{ type: "command.done" },
		]);
		expect(page.device.version.current()).toBe(before);
	});

	test("is not waited for by a command that is stopped", async () => {
		const page = openDevice();
		hold(page);
		const run = vi.fn();
		const sent = runExclusive(page.job(page.switchInput("Bob")), undefined, run);
		page.stop();
		expect(await sent).toBeUndefined();
		expect(run).not.toHaveBeenCalled();
	});
});

describe("the app is asked", () => {
	async function open(answer: (change: SwitchChange) => unknown) {
		const changes: SwitchChange[] = [];
		const page = openDevice({
			onBeforeSwitch(change) {
				changes.push(change);
				return answer(change);
			},
		});
		await page.read();
		const run = vi.fn(async () => {});
		return { ...page, changes, run };
	}

	test("before another account becomes active, with both rows, frozen", async () => {
		const { changes, id, job, run, switchInput } = await open(() => true);
		await runExclusive(job(switchInput("Bob")), id("Bob"), run);
		expect(run).toHaveBeenCalledOnce();
		expect(changes).toMatchObject([
			{ from: { id: id("Ada"), active: true }, to: { id: id("Bob"), active: false }, reason: "setActive" },
		]);
		expect(Object.isFrozen(changes[0]?.to.user)).toBe(true);
	});

	test("with nobody to leave, where nobody is active", async () => {
		const { changes, id, job, run, switchInput } = await open(() => true);
		await runExclusive(job(switchInput("Bob", { active: null })), id("Bob"), run);
		expect(changes).toMatchObject([{ from: null }]);
	});

	test("before the lock is taken: it may take its time", async () => {
		let answer = (_: boolean) => {};
		const page = await open(() => new Promise((resolve) => (answer = resolve)));
		const sent = runExclusive(page.job(page.switchInput("Bob")), page.id("Bob"), page.run);
		await settle();
		expect(page.kit.isBusy()).toBe(false);
		answer(true);
		await sent;
		expect(page.run).toHaveBeenCalledOnce();
	});

	test("and may refuse: nothing is sent", async () => {
		const { events, id, job, run, switchInput } = await open(() => false);
		expect(await runExclusive(job(switchInput("Bob")), id("Bob"), run)).toBeUndefined();
		expect(run).not.toHaveBeenCalled();
		expect(events).toMatchObject([
			{ type: "command.failed", error: { kind: "refused", operation: "setActive" }, unsure: false },
			{ type: "command.done" },
		]);
	});

	test("and may throw: nothing is sent", async () => {
		const { events, id, job, run, switchInput } = await open(() => {
			throw new Error("a fault of the app's");
		});
		expect(await runExclusive(job(switchInput("Bob")), id("Bob"), run)).toBeUndefined();
		expect(run).not.toHaveBeenCalled();
		expect(events).toMatchObject([{ error: { kind: "callback" } }, { type: "command.done" }]);
	});

	test("not again of what it was asked before another tab came in between, and again where somebody else is active by then", async () => {
		const { changes, events, device, id, job, run, switchInput } = await open(() => true);
		const from = device.vault.row(id("Ada"))?.user.id ?? null;
		await runExclusive(job(switchInput("Bob", { version: "older" })), id("Bob"), run);
		const [asked] = events.splice(0).map((event) => (event.type === "command.stale" ? event.asked : undefined));
		expect([asked, changes.length]).toEqual([{ from, to: id("Bob") }, 1]);
		const version = device.version.current();
		await runExclusive(job(switchInput("Bob", { version, asked: asked ?? null })), id("Bob"), run);
		expect(changes.length).toBe(1);
		await runExclusive(job(switchInput("Bob", { asked: { from: "somebody else", to: id("Bob") } })), id("Bob"), run);
		await runExclusive(job(switchInput("Bob", { asked: { from, to: id("Cy") } })), id("Bob"), run);
		expect(changes.length).toBe(3);
	});

	test("never twice for one switch, nor where nobody else becomes active", async () => {
		const { changes, id, job, run, switchInput } = await open(() => false);
		await runExclusive(job(switchInput("Bob", { again: true })), id("Bob"), run);
		await runExclusive(job(switchInput("Ada")), id("Ada"), run);
		await runExclusive(job(switchInput("Bob")), undefined, run);
		expect([changes, run.mock.calls.length]).toEqual([[], 3]);
	});
});
