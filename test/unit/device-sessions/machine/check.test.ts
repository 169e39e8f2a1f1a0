import { describe, expect, test } from "vitest";
import { createActor, fromCallback, fromPromise, SimulatedClock, waitFor } from "xstate";
import type { JobInput, ReadInput, Reading, WorldEvent } from "../../../../src/device-sessions/events.js";
import { deviceSessionsMachine } from "../../../../src/device-sessions/machine.js";
import {
	activated,
	activeId,
	broke,
	changeSeen,
	commandDone,
	dataOf,
	errors,
	ids,
	known,
	lateCookie,
	lookFailed,
	type Moment,
	notRead,
	notSwitched,
	outcomes,
	type Played,
	proceed,
	read,
	reading,
	refetch,
	revoke,
	revoked,
	row,
	seen,
	setActive,
	signedOut,
	signOutAll,
	sleep,
	unknownSeen,
	wake,
} from "./play.js";

const switched = () => proceed(known(), setActive("b", 1), activated("b"));
const lateSwitched = () => proceed(known(), setActive("b", 1), activated("b", { crossed: true }));
const secondSwitch = () => proceed(switched(), seen("a"));

test("a switch is answered before the check, and that the check finds the same ends it", () => {
	expect(outcomes(switched())).toEqual({ 1: "ok" });
	const end = proceed(switched(), seen("b"));
	expect([end.state, activeId(end), end.context.expected]).toEqual(["idle", "b", null]);
});

test("a read is a check as well", () => {
	const end = proceed(switched(), refetch(2), read("b"));
	expect([end.state, activeId(end), end.context.expected]).toEqual(["idle", "b", null]);
});

describe.each([
	["the old account", "a"],
	["nobody", null],
])("where %s is found", (_, found) => {
	test("the switch is made once more, in silence", () => {
		const again = proceed(switched(), seen(found));
		expect([again.state, again.effects.at(-1)]).toEqual(["switching", "+ switchTo b"]);
		expect([activeId(again), errors(again).command]).toEqual(["b", null]);
		const end = proceed(again, activated("b"), seen("b"));
		expect([end.state, activeId(end), end.context.expected]).toEqual(["idle", "b", null]);
		expect([outcomes(end), errors(end).command]).toEqual([{ 1: "ok" }, null]);
	});

	test("a second time, that is a conflict, and what the server says is followed", () => {
		const end = proceed(switched(), seen(found), activated("b"), seen(found), read(found));
		expect([errors(end).command, activeId(end), end.context.expected]).toEqual(["conflict", found, null]);
		expect(outcomes(end)).toEqual({ 1: "ok" });
	});

	test("by a read, it is the same", () => {
		const again = proceed(switched(), refetch(2), read(found));
		expect([again.state, again.effects.at(-1)]).toEqual(["switching", "+ switchTo b"]);
	});
});

test("a conflict is gone with the next command", () => {
	const conflict = proceed(secondSwitch(), activated("b"), seen("a"), read("a"));
	expect(errors(proceed(conflict, refetch(2), read("a"))).command).toBe("conflict");
	expect(errors(proceed(conflict, setActive("c", 3))).command).toBeNull();
});

test("a third account is another tab's doing and is followed", () => {
	const end = proceed(switched(), seen("c"), read("c"));
	expect([end.state, activeId(end), errors(end).command, end.context.expected]).toEqual(["idle", "c", null, null]);
});

test("a third account found after the second switch is followed too", () => {
	const end = proceed(secondSwitch(), activated("b"), seen("c"), read("c"));
	expect([end.state, activeId(end), errors(end).command]).toEqual(["idle", "c", null]);
});

test("other data of the active account is read, with the session that was seen", () => {
	expect(proceed(known(), changeSeen).effects).toEqual(["+ readDevice settled"]);
});

test("somebody unknown is read and followed", () => {
	const end = proceed(switched(), unknownSeen, read("d", ["a", "b", "c", "d"]));
	expect([end.state, activeId(end), errors(end).command]).toEqual(["idle", "d", null]);
});

test("a check that fails is made by a read", () => {
	const looking = proceed(switched(), lookFailed);
	expect(looking.effects).toEqual(["+ readDevice fresh"]);
	expect(proceed(looking, read("b")).context.expected).toBeNull();
	expect(proceed(looking, read("a")).effects.at(-1)).toBe("+ switchTo b");
	const blind = proceed(looking, notRead());
	expect([blind.state, activeId(blind), blind.context.expected]).toEqual(["idle", "b", null]);
});

test("the old account seen while the second switch is in flight is no conflict yet", () => {
	const now = proceed(secondSwitch(), seen("a"));
	expect([now.state, errors(now).command]).toEqual(["switching", null]);
});

/** Where a read is owed it is made, and finds the old account. */
const looked = (now: Moment): Moment => (now.state === "loading" ? proceed(now, read("a")) : now);

test.each<[string, Played]>([
	["is refused", notSwitched("b", "rate-limited")],
	["breaks", broke("b", new Error("a fault"))],
	["finds its account gone", notSwitched("b", "session-gone")],
])("a second switch that %s does not leave the page on an account that is not active", (_, failure) => {
	const end = looked(proceed(secondSwitch(), failure));
	expect([end.state, activeId(end)]).toEqual(["idle", "a"]);
});

test("a second switch whose answer never came is settled by a read, not sent a third time", () => {
	const looking = proceed(secondSwitch(), notSwitched("b", "timeout", { unsure: true }));
	expect(looking.state).toBe("loading");
	const there = proceed(looking, read("b"));
	expect([there.state, activeId(there)]).toEqual(["idle", "b"]);
	const back = proceed(looking, read("a"));
	expect([back.state, activeId(back)]).toEqual(["idle", "a"]);
});

test("a newer switch is checked in the older one's place", () => {
	const next = proceed(switched(), setActive("c", 2), activated("c"));
	expect(proceed(next, seen("c")).context.expected).toBeNull();
	expect(proceed(next, seen("b")).effects.at(-1)).toBe("+ switchTo c");
	const other = proceed(next, seen("a"), read("a"));
	expect([other.state, activeId(other), errors(other).command]).toEqual(["idle", "a", null]);
});

test("a click that is confirmed by a read is not confirmed by one that found the old account", () => {
	const next = proceed(switched(), setActive("b", 2), read("a"));
	expect([next.state, next.effects.at(-1)]).toEqual(["switching", "+ switchTo b"]);
	expect(outcomes(next)).toEqual({ 1: "ok" });
});

test("a click on an unknown account does not hide that the read found the old one", () => {
	const next = proceed(switched(), setActive("?", 2), read("a"));
	expect(outcomes(next)).toEqual({ 1: "ok", 2: "unknown-session" });
	const shown = next.state === "idle" ? activeId(next) : next.effects.at(-1);
	expect(["+ switchTo b", "+ readDevice settled", "a"]).toContain(shown);
});

describe("where a get-session was under way when set-active went out", () => {
	test("one more look follows 300 ms after the first", () => {
		const waiting = proceed(lateSwitched(), seen("b"));
		expect(waiting.effects).toContain("cookie.late in 300 ms");
		expect(waiting.context.expected).not.toBeNull();
		const looking = proceed(waiting, lateCookie);
		expect(looking.effects).toEqual(["world! refetch"]);
		expect(proceed(looking, seen("b")).context.expected).toBeNull();
	});

	test("the late cookie of the old account is found by it, and the switch is made once more", () => {
		const again = proceed(lateSwitched(), seen("b"), lateCookie, seen("a"));
		expect([again.state, again.effects.at(-1)]).toEqual(["switching", "+ switchTo b"]);
	});

	test("a read that is the first check asks for the second look as well", () => {
		const waiting = proceed(lateSwitched(), refetch(2), read("b"));
		expect(waiting.effects).toContain("cookie.late in 300 ms");
	});

	test("it is made also where other data of the new account is seen and read in between", () => {
		const waiting = proceed(lateSwitched(), seen("b"), changeSeen, read("b"));
		expect(proceed(waiting, lateCookie).effects).toEqual(["world! refetch"]);
	});

	test("it is made once only", () => {
		const end = proceed(lateSwitched(), seen("b"), lateCookie, seen("b"), lateCookie);
		expect([end.state, end.effects]).toEqual(["idle", []]);
	});

	test("the old account found before it needs no second look: the switch is made at once", () => {
		expect(proceed(lateSwitched(), seen("a")).effects.at(-1)).toBe("+ switchTo b");
	});

	test("of a newer switch, the look comes 300 ms after its own check, not after the older one's", async () => {
		const clock = new SimulatedClock();
		const told: string[] = [];
		const actors = {
			readDevice: fromPromise<Reading, ReadInput>(() => Promise.resolve(reading("a", ["a", "b", "c"]))),
			switchTo: fromCallback<WorldEvent, JobInput>(() => {}),
			world: fromCallback<WorldEvent>(({ receive }) => receive(({ type }) => told.push(type))),
		};
		const actor = createActor(deviceSessionsMachine.provide({ actors }), { clock }).start();
		actor.send(wake());
		await waitFor(actor, ({ context }) => context.loadedAt !== null);
		for (const event of [setActive("b", 1), activated("b", { crossed: true }), seen("b")]) actor.send(event);
		clock.increment(200);
		for (const event of [setActive("c", 2), activated("c", { crossed: true }), seen("c")]) actor.send(event);
		clock.increment(299);
		expect(told).toEqual(["signal", "signal"]);
		clock.increment(1);
		expect(told).toEqual(["signal", "signal", "refetch"]);
		actor.stop();
	});
});

test("without a get-session under way there is no second look", () => {
	expect(proceed(switched(), seen("b")).effects).toEqual([]);
});

describe("after a revoke", () => {
	const survived = () => proceed(known(), revoke("a", 1), activated("b"), revoked("a"), commandDone);

	test("the survivor is checked like any switch", () => {
		expect(proceed(survived(), seen("b")).context.expected).toBeNull();
		expect(proceed(survived(), seen(null)).effects.at(-1)).toBe("+ switchTo b");
		expect(activeId(proceed(survived(), seen("c"), read("c", ["b", "c"])))).toBe("c");
	});

	test("a survivor confirmed while the revoke is still on its way is confirmed", () => {
		const end = proceed(known(), revoke("a", 1), activated("b"), seen("b"), revoked("a"), commandDone);
		expect([end.state, activeId(end)]).toEqual(["idle", "b"]);
	});

	test("of another account, the active one should have stayed; where it has not, the server is followed", () => {
		const stayed = proceed(known(), revoke("c", 1), revoked("c"), commandDone);
		expect(proceed(stayed, seen("a")).context.expected).toBeNull();
		const other = proceed(stayed, seen("b"), read("b", ["a", "b"]));
		expect([other.state, activeId(other), other.context.expected]).toEqual(["idle", "b", null]);
		const nobody = proceed(stayed, seen(null), read(null, ["b"]));
		expect([nobody.state, activeId(nobody), nobody.context.expected]).toEqual(["idle", null, null]);
	});

	test("its answer says who is active after it, whoever is found later", () => {
		const end = proceed(survived(), seen("c"), read("c", ["b", "c"]));
		expect([ids(end), activeId(end)]).toEqual([["b", "c"], "c"]);
		expect(dataOf(end, 1)).toMatchObject({ revoked: "a", active: { id: "b" } });
	});
});

describe("where something else is asked for before the check is in", () => {
	test("a sign-out of the device ends it: nobody is switched to again", () => {
		const out = proceed(switched(), signOutAll(2), signedOut(), seen(null));
		expect(out.effects.filter((effect) => effect.startsWith("+ switchTo"))).toEqual([]);
		expect([activeId(out), ids(out)]).toEqual([null, []]);
		const early = proceed(switched(), signOutAll(2), seen(null), signedOut());
		expect(early.effects.filter((effect) => effect.startsWith("+ switchTo"))).toEqual([]);
	});

	test("a revoke of the account itself ends it", () => {
		const end = proceed(switched(), revoke("b", 2), activated("c"), revoked("b"), commandDone);
		expect(proceed(end, seen("c")).context.expected).toBeNull();
		expect(proceed(end, seen("b")).effects.at(-1)).toBe("+ switchTo c");
	});

	test("a revoke of another account does not: the old account found after it is still the old one", () => {
		const end = proceed(switched(), revoke("c", 2), revoked("c"), commandDone);
		expect(proceed(end, seen("b")).context.expected).toBeNull();
		expect(proceed(end, seen("a")).effects.at(-1)).toBe("+ switchTo b");
	});

	test("a newer switch that fails has it made up for by a read", () => {
		const looking = proceed(switched(), setActive("c", 2), seen("a"), notSwitched("c", "rate-limited"));
		expect([looking.state, looking.effects.at(-1)]).toEqual(["loading", "+ readDevice fresh"]);
		expect(proceed(looking, read("a")).effects.at(-1)).toBe("+ switchTo b");
		expect(proceed(looking, read("b")).state).toBe("idle");
	});
});

test("asleep, a check that fails is not made up for", () => {
	const end = proceed(switched(), sleep, lookFailed);
	expect([end.state, end.effects]).toEqual(["idle", ["- world"]]);
});

test("the old account is not kept beside the new one where the server has dropped it from its list", () => {
	const again = proceed(switched(), refetch(2), read("a", ["b", "c", row("a", { listed: false })]));
	expect(again.state).toBe("switching");
	expect(again.context.rows.map(({ id }) => id)).toEqual(["b", "c"]);
});
