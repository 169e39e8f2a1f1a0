import { describe, expect, test } from "vitest";
import { createActor, fromCallback, fromPromise } from "xstate";
import type {
	DeviceSessionsEvent,
	JobInput,
	ReadInput,
	Reading,
	WorldEvent,
} from "../../../../src/device-sessions/events.js";
import { deviceSessionsMachine } from "../../../../src/device-sessions/machine.js";
import { OperationError, type Result } from "../../../../src/errors.js";
import {
	activated,
	activeId,
	broke,
	errorOf,
	errors,
	fail,
	ids,
	known,
	outcomes,
	proceed,
	read,
	reading,
	refetch,
	revoke,
	revoked,
	setActive,
	signOutOthers,
} from "./play.js";

const fault = new TypeError("undefined is not a function");

test.each([
	["a switch", setActive("b", 1), broke("b", fault)],
	["a switch", setActive("b", 1), { type: "xstate.error.actor.switchTo", error: fault } as const],
	["a revoke", revoke("c", 1), broke("c", fault)],
	["a revoke", revoke("c", 1), { type: "xstate.error.actor.revokeRows", error: fault } as const],
	["a read", refetch(1), { type: "xstate.error.actor.readDevice", error: fault } as const],
])("what is thrown under %s becomes its error, and the machine lives", (_, command, event) => {
	const end = proceed(known(), command, event);
	expect([end.state, ids(end), activeId(end)]).toEqual(["idle", ["a", "b", "c"], "a"]);
	expect(errorOf(end, 1)).toBeInstanceOf(OperationError);
	expect(errorOf(end, 1)).toMatchObject({ kind: "callback", cause: fault });
	expect(Object.values(errors(end))).toContain("callback");
	expect(outcomes(proceed(end, setActive("b", 2), activated("b")))).toEqual({ 1: "callback", 2: "ok" });
});

test("a fault in the middle of signOutOthers does not pass for success of any row", () => {
	const error = errorOf(proceed(known(), signOutOthers(1), revoked("b"), broke("", fault)), 1);
	// Either the fault itself, or what came of each row.
	expect(["callback", "partial"]).toContain(error?.kind);
	expect(error?.revoked ?? ["b"]).toEqual(["b"]);
});

test("an error that is ready to show is shown as it is", () => {
	const error = fail("refused");
	expect(errorOf(proceed(known(), setActive("b", 1), broke("b", error)), 1)).toBe(error);
});

test("commands that wait behind one that breaks still go", () => {
	const next = proceed(known(), setActive("b", 1), setActive("c", 2), broke("b", fault));
	expect([outcomes(next), next.effects.at(-1)]).toEqual([{ 1: "callback" }, "+ switchTo c"]);
});

test("rows that were revoked before a fault stay gone, and Better Auth's own session is told of them", () => {
	const end = proceed(known(), signOutOthers(1), revoked("b"), broke("", fault));
	expect(ids(end)).toEqual(["a", "c"]);
	expect(end.effects.some((effect) => effect === "world! signal" || effect === "+ readDevice fresh")).toBe(true);
});

test("the machine outlives a fault of the world", () => {
	const end = proceed(known(), { type: "xstate.error.actor.world", error: fault });
	expect(outcomes(proceed(end, refetch(1), read("a")))).toEqual({ 1: "ok" });
});

describe("an actor that nobody provides rejects where it would hang", () => {
	const readDevice = fromPromise<Reading, ReadInput>(() => Promise.resolve(reading("a", ["a", "b"])));

	/** Sends one event after another, each when the one before was answered; answers the last answer. */
	async function ask(machine: typeof deviceSessionsMachine, ...events: readonly DeviceSessionsEvent[]) {
		const actor = createActor(machine);
		const dead = new Promise<never>((_, reject) => actor.subscribe({ error: reject }));
		dead.catch(() => {});
		actor.start();
		let last: Result<unknown> | undefined;
		for (const event of events) {
			const answered = new Promise<Result<unknown>>((resolve) => {
				const { unsubscribe } = actor.on("answered", ({ tickets, result }) => {
					if (!("ticket" in event) || !tickets.includes(event.ticket)) return;
					unsubscribe();
					resolve(result);
				});
			});
			actor.send(event);
			if ("ticket" in event) last = await Promise.race([answered, dead]);
		}
		expect(actor.getSnapshot().status).toBe("active");
		actor.stop();
		return last?.error;
	}

	test("readDevice", async () => {
		const error = await ask(deviceSessionsMachine, refetch(1));
		expect(error).toMatchObject({ kind: "invalid-input", message: expect.stringContaining("readDevice") });
	});

	test.each([
		["switchTo", setActive("b", 2)],
		["revokeRows", revoke("b", 2)],
	])("%s", async (name, command) => {
		const machine = deviceSessionsMachine.provide({ actors: { readDevice } });
		const error = await ask(machine, refetch(1), command);
		expect(error).toMatchObject({ kind: "invalid-input", message: expect.stringContaining(name) });
	});

	test("world: the commands go on working", async () => {
		const switchTo = fromCallback<WorldEvent, JobInput>(({ input, sendBack }) => sendBack(activated(input.id)));
		const machine = deviceSessionsMachine.provide({ actors: { readDevice, switchTo } });
		expect(await ask(machine, { type: "wake", at: 0 }, refetch(1), setActive("b", 2))).toBeNull();
	});
});
