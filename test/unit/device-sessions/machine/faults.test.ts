import { describe, expect, test } from "vitest";
import { createActor, fromCallback, fromPromise } from "xstate";
import type {
	DeviceSessionsEvent,
	ReadInput,
	Reading,
	SwitchInput,
	WorldEvent,
} from "../../../../src/device-sessions/events.js";
import { deviceSessionsMachine } from "../../../../src/device-sessions/machine.js";
import { OperationError, type Result, toFault } from "../../../../src/errors.js";
import { fail, reading } from "./data.js";
import * as on from "./events.js";
import { activeId, errorOf, errors, ids, outcomes, proceed } from "./play.js";
import { known } from "./situations.js";

const fault = new TypeError("undefined is not a function");

test.each([
	["setActive", on.setActive("b", 1), on.broke("setActive", fault)],
	["setActive", on.setActive("b", 1), { type: "xstate.error.actor.switchTo", error: fault } as const],
	["revoke", on.revoke("c", 1), on.broke("revoke", fault)],
	["revoke", on.revoke("c", 1), { type: "xstate.error.actor.revokeRows", error: fault } as const],
	["signOutOthers", on.signOutOthers(1), { type: "xstate.error.actor.revokeRows", error: fault } as const],
	["signOutAll", on.signOutAll(1), { type: "xstate.error.actor.revokeRows", error: fault } as const],
	["refetch", on.refetch(1), { type: "xstate.error.actor.readDevice", error: fault } as const],
])("what is thrown under %s becomes its error, and the machine lives", (operation, command, event) => {
	const end = proceed(known(), command, event);
	expect([end.state, ids(end), activeId(end)]).toEqual(["idle", ["a", "b", "c"], "a"]);
	expect(errorOf(end, 1)).toBeInstanceOf(OperationError);
	expect(errorOf(end, 1)).toMatchObject({ kind: "server", operation });
	expect(Object.values(errors(end))).toContain("server");
	expect(outcomes(proceed(end, on.setActive("b", 2), on.activated("b")))).toEqual({ 1: "server", 2: "ok" });
});

test("a fault in the middle of signOutOthers does not pass for success of any row", () => {
	const error = errorOf(proceed(known(), on.signOutOthers(1), on.revoked("b"), on.broke("signOutOthers", fault)), 1);
	// Either the fault itself, or what came of each row.
	expect(["server", "partial"]).toContain(error?.kind);
	expect(error?.revoked ?? ["b"]).toEqual(["b"]);
});

test("an error that is ready to show is shown as it is", () => {
	const error = fail("refused");
	expect(errorOf(proceed(known(), on.setActive("b", 1), on.broke("setActive", error)), 1)).toBe(error);
});

test("commands that wait behind one that breaks still go", () => {
	const next = proceed(known(), on.setActive("b", 1), on.setActive("c", 2), on.broke("setActive", fault));
	expect([outcomes(next), next.effects.at(-1)]).toEqual([{ 1: "server" }, "+ switchTo c"]);
});

test("rows that were revoked before a fault stay gone, and Better Auth's own session is told of them", () => {
	const end = proceed(known(), on.signOutOthers(1), on.revoked("b"), on.broke("signOutOthers", fault));
	expect(ids(end)).toEqual(["a", "c"]);
	expect(end.effects.some((effect) => effect === "world! signal" || effect === "+ readDevice fresh")).toBe(true);
});

test("the machine outlives a fault of the world", () => {
	const end = proceed(known(), { type: "xstate.error.actor.world", error: fault });
	expect(outcomes(proceed(end, on.refetch(1), on.read("a")))).toEqual({ 1: "ok" });
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
		const error = await ask(deviceSessionsMachine, on.refetch(1));
		expect(error).toMatchObject({ kind: "invalid-input", message: expect.stringContaining("readDevice") });
	});

	test.each([
		["switchTo", on.setActive("b", 2)],
		["revokeRows", on.revoke("b", 2)],
	])("%s", async (name, command) => {
		const machine = deviceSessionsMachine.provide({ actors: { readDevice } });
		const error = await ask(machine, on.refetch(1), command);
		expect(error).toMatchObject({ kind: "invalid-input", message: expect.stringContaining(name) });
	});

	test("world: the commands go on working", async () => {
		const switchTo = fromCallback<WorldEvent, SwitchInput>(({ input, sendBack }) => sendBack(on.activated(input.id)));
		const machine = deviceSessionsMachine.provide({ actors: { readDevice, switchTo } });
		expect(await ask(machine, on.wake(), on.refetch(1), on.setActive("b", 2))).toBeNull();
	});
});

test("what is thrown becomes an internal error, without its cause; one of ours stays itself", () => {
	const cause = new TypeError("x");
	expect(toFault("switch", cause)).toMatchObject({ kind: "server", operation: "switch" });
	const own = fail("refused");
	expect(toFault("switch", own)).toBe(own);
});

test("a fault of the world ends what was awaited of it, and it is listened to again when somebody comes", () => {
	const checking = proceed(known(), on.setActive("b", 1), on.activated("b"));
	const end = proceed(checking, { type: "xstate.error.actor.world", error: fault });
	expect([end.context.listening, end.context.check]).toEqual([false, null]);
	expect(proceed(end, on.wake(60_000)).effects).toContain("+ world");
});

test("a failure of the app's own callback is shown until the next command", () => {
	const end = proceed(known(), on.setActive("b", 1), on.callbackFailed, on.activated("b"));
	expect([errors(end).command, outcomes(end)]).toEqual(["callback", { 1: "ok" }]);
	expect(errors(proceed(end, on.setActive("c", 2))).command).toBeNull();
});
