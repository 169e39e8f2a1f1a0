import { describe, expect, test } from "vitest";
import { createActor, fromCallback, fromPromise, SimulatedClock, waitFor } from "xstate";
import type { ReadInput, Reading, SwitchInput, WorldEvent } from "../../../../src/device-sessions/events.js";
import { deviceSessionsMachine } from "../../../../src/device-sessions/machine.js";
import { reading } from "./data.js";
import * as on from "./events.js";
import { proceed } from "./play.js";
import { known } from "./situations.js";

const lateSwitched = () => proceed(known(), on.setActive("b", 1), on.activated("b", { crossed: [0] }));

describe("where a get-session was under way when set-active went out", () => {
	test("one more look follows 300 ms after the first", () => {
		const waiting = proceed(lateSwitched(), on.seen("b"));
		expect(waiting.effects).toContain("cookie.late in 300 ms");
		expect(waiting.context.check).not.toBeNull();
		const looking = proceed(waiting, on.lateCookie);
		expect(looking.effects).toEqual(["world! look"]);
		expect(proceed(looking, on.seen("b")).context.check).toBeNull();
	});

	test("the late cookie of the old account is found by it, and the switch is made once more", () => {
		const again = proceed(lateSwitched(), on.seen("b"), on.lateCookie, on.seen("a"));
		expect([again.state, again.effects.at(-1)]).toEqual(["switching", "+ switchTo b"]);
	});

	test("a read that is the first check asks for the second look as well", () => {
		const waiting = proceed(lateSwitched(), on.refetch(2), on.read("b"));
		expect(waiting.effects).toContain("cookie.late in 300 ms");
	});

	test("so does a first check that fails: the wait for the old account has an end", () => {
		const failed = proceed(lateSwitched(), on.refetch(2), on.notRead());
		expect(failed.effects).toContain("cookie.late in 300 ms");
		expect(failed.context.check).not.toBeNull();
		const over = proceed(failed, on.lateCookie, on.seen("b"));
		expect([over.context.check, over.context.dueAt]).toEqual([null, null]);
	});

	test("it is made also where other data of the new account is seen and read in between", () => {
		const waiting = proceed(lateSwitched(), on.seen("b"), on.changeSeen(), on.read("b"));
		expect(proceed(waiting, on.lateCookie).effects).toEqual(["world! look"]);
	});

	test("the old account found by it after a read that failed in between is switched away from once more, too", () => {
		const failed = proceed(lateSwitched(), on.lookFailed(), on.notRead());
		const again = proceed(failed, on.refetch(2), on.read("a"));
		expect([again.state, again.effects.at(-1)]).toEqual(["switching", "+ switchTo b"]);
	});

	test("after the last look a read that fails ends the wait for the old account", () => {
		const failed = proceed(lateSwitched(), on.seen("b"), on.lateCookie, on.lookFailed(), on.notRead());
		expect(proceed(failed, on.refetch(2), on.read("a")).state).toBe("idle");
	});

	test("it is made once only", () => {
		const end = proceed(lateSwitched(), on.seen("b"), on.lateCookie, on.seen("b"), on.lateCookie);
		expect([end.state, end.effects]).toEqual(["idle", []]);
	});

	test("the old account found before it needs no second look: the switch is made at once", () => {
		expect(proceed(lateSwitched(), on.seen("a")).effects.at(-1)).toBe("+ switchTo b");
	});

	test("of a newer switch, the look comes 300 ms after its own check, not after the older one's", async () => {
		const clock = new SimulatedClock();
		const told: string[] = [];
		const actors = {
			readDevice: fromPromise<Reading, ReadInput>(() => Promise.resolve(reading("a", ["a", "b", "c"]))),
			switchTo: fromCallback<WorldEvent, SwitchInput>(() => {}),
			world: fromCallback<WorldEvent>(({ receive }) => receive(({ type }) => told.push(type))),
		};
		const actor = createActor(deviceSessionsMachine.provide({ actors }), { clock }).start();
		actor.send(on.wake());
		await waitFor(actor, ({ context }) => context.loadedAt !== null);
		for (const event of [on.setActive("b", 1), on.activated("b", { crossed: [0] }), on.seen("b")]) actor.send(event);
		clock.increment(200);
		for (const event of [on.setActive("c", 2), on.activated("c", { crossed: [0] }), on.seen("c")]) actor.send(event);
		clock.increment(299);
		expect(told).toEqual(["signal", "signal"]);
		clock.increment(1);
		expect(told).toEqual(["signal", "signal", "look"]);
		actor.stop();
	});
});

test("without a get-session under way there is no second look", () => {
	expect(proceed(known(), on.setActive("b", 1), on.activated("b"), on.seen("b")).effects).toEqual([]);
});
