import { describe, expect, test } from "vitest";
import { checkFailed, judge } from "../../../../src/device-sessions/machine/check.js";
import { read, revoke, switchTo } from "./commands.js";
import { fail, row } from "./data.js";
import * as on from "./events.js";
import { activeId, dataOf, errors, ids, type Moment, outcomes, type Played, proceed } from "./play.js";
import { known } from "./situations.js";

const switched = () => proceed(known(), on.setActive("b", 1), on.activated("b"));
const secondSwitch = () => proceed(switched(), on.seen("a"));

test("a switch is answered before the check, and that the check finds the same ends it", () => {
	expect(outcomes(switched())).toEqual({ 1: "ok" });
	const end = proceed(switched(), on.seen("b"));
	expect([end.state, activeId(end), end.context.check]).toEqual(["idle", "b", null]);
});

test("a switch that is made once more is made for whoever waits for the same one, before all else", () => {
	const { context } = switched();
	const [others, waiting] = [revoke("c", 3), switchTo("b", 4)];
	const queue = [others, read(2), waiting];
	expect(judge({ ...context, queue }, "a", "read")).toMatchObject({
		queue: [{ ...waiting, tries: 1 }, others, { ...read(2), after: context.begun }],
		check: { id: "b", tries: 1, calls: [] },
	});
});

test("a read is a check as well", () => {
	const end = proceed(switched(), on.refetch(2), on.read("b"));
	expect([end.state, activeId(end), end.context.check]).toEqual(["idle", "b", null]);
});

test.each([
	["is dropped, since another tab has changed something", on.stale("v9")],
	["comes to nothing", on.notDone("session-gone")],
])("a read that was asked for is not answered from before a switch that is made once more, and then %s", (_, end) => {
	const again = proceed(switched(), on.refetch(2), on.read(null));
	expect([again.state, outcomes(again)]).toEqual(["switching", { 1: "ok" }]);
	const dropped = proceed(again, end);
	expect([dropped.state, outcomes(dropped)]).toEqual(["loading", { 1: "ok" }]);
	const over = proceed(dropped, on.readAt(dropped.context.version, null));
	expect([outcomes(over), activeId(over)]).toEqual([{ 1: "ok", 2: "ok" }, null]);
});

describe("where the session names the old account, and the list could not be read", () => {
	const { error, ...failed } = on.notYetRead();
	const notRead = { ...failed, error: { ...error, activeId: "a" } };

	test("the switch is made once more", () => {
		const again = proceed(switched(), on.refetch(2), notRead);
		expect([again.state, again.effects.at(-1), activeId(again)]).toEqual(["switching", "+ switchTo b", "b"]);
	});

	test("one to the same account that is answered with the failure is not taken for it", () => {
		const again = proceed(switched(), on.refetch(2), on.setActive("b", 3), notRead);
		expect([again.state, again.effects.at(-1)]).toEqual(["switching", "+ switchTo b"]);
		expect(outcomes(again)).toMatchObject({ 1: "ok", 3: "network" });
	});

	test("one to another account that is answered with the failure does not overtake it, and the pause is kept", () => {
		const moved = proceed(switched(), on.moved("v9"), on.knowing("v9", on.setActive("c", 3)));
		const again = proceed(moved, notRead);
		expect([moved.state, again.state, again.effects.at(-1)]).toEqual(["loading", "switching", "+ switchTo b"]);
		expect(outcomes(again)).toMatchObject({ 1: "ok", 3: "network" });
		expect(again.context.dueAt).toBe(200_000);
	});
});

describe.each([
	["the old account", "a"],
	["nobody", null],
])("where %s is found", (_, found) => {
	test("the switch is made once more, in silence", () => {
		const again = proceed(switched(), on.seen(found));
		expect([again.state, again.effects.at(-1)]).toEqual(["switching", "+ switchTo b"]);
		expect([activeId(again), errors(again).command]).toEqual(["b", null]);
		const end = proceed(again, on.activated("b"), on.seen("b"));
		expect([end.state, activeId(end), end.context.check]).toEqual(["idle", "b", null]);
		expect([outcomes(end), errors(end).command]).toEqual([{ 1: "ok" }, null]);
	});

	test("a second time, that is a conflict, and what the server says is followed", () => {
		const end = proceed(switched(), on.seen(found), on.activated("b"), on.seen(found), on.read(found));
		expect([errors(end).command, activeId(end), end.context.check]).toEqual(["conflict", found, null]);
		expect(outcomes(end)).toEqual({ 1: "ok" });
	});

	test("after a sign-in of the app's, the switch is not made again", () => {
		const after = proceed(switched(), on.began(5, "change", "v2"), on.ended(5, { version: "v3" }), on.seen(found));
		const end = proceed(after, on.readAt("v3", found));
		expect([after.state, end.state, activeId(end), end.context.check]).toEqual(["loading", "idle", found, null]);
	});

	test("where something else has come before the page was told of the switch, it is not made again", () => {
		const slow = proceed(known(), on.setActive("b", 1), on.locked("v2"), on.carried("v1", "v3"), on.moved("v4"));
		const after = proceed(slow, on.activated("b"), on.seen(found));
		const end = proceed(after, on.readAt("v4", found));
		expect([outcomes(after), after.state, end.state, activeId(end)]).toEqual([{ 1: "ok" }, "loading", "idle", found]);
	});

	test("by a read, it is the same", () => {
		const again = proceed(switched(), on.refetch(2), on.read(found));
		expect([again.state, again.effects.at(-1)]).toEqual(["switching", "+ switchTo b"]);
	});
});

test("a conflict is gone with the next command", () => {
	const conflict = proceed(secondSwitch(), on.activated("b"), on.seen("a"), on.read("a"));
	expect(errors(proceed(conflict, on.refetch(2), on.read("a"))).command).toBe("conflict");
	expect(errors(proceed(conflict, on.setActive("c", 3))).command).toBeNull();
});

test("a third account is another tab's doing and is followed", () => {
	const end = proceed(switched(), on.seen("c"), on.read("c"));
	expect([end.state, activeId(end), errors(end).command, end.context.check]).toEqual(["idle", "c", null, null]);
});

test("a third account found after the second switch is followed too", () => {
	const end = proceed(secondSwitch(), on.activated("b"), on.seen("c"), on.read("c"));
	expect([end.state, activeId(end), errors(end).command]).toEqual(["idle", "c", null]);
});

test("other data of the active account is read, with the session that was seen", () => {
	expect(proceed(known(), on.changeSeen()).effects).toEqual(["+ readDevice settled"]);
});

test("somebody unknown is read and followed", () => {
	const end = proceed(switched(), on.unknownSeen(), on.read("d", ["a", "b", "c", "d"]));
	expect([end.state, activeId(end), errors(end).command]).toEqual(["idle", "d", null]);
});

test("a check that fails is made by a read", () => {
	const looking = proceed(switched(), on.lookFailed());
	expect(looking.effects).toEqual(["+ readDevice settled"]);
	expect(proceed(looking, on.read("b")).context.check).toBeNull();
	expect(proceed(looking, on.read("a")).effects.at(-1)).toBe("+ switchTo b");
	const blind = proceed(looking, on.notRead());
	expect([blind.state, activeId(blind), blind.context.check]).toEqual(["idle", "b", null]);
});

test("the old account seen while the second switch is in flight is no conflict yet", () => {
	const now = proceed(secondSwitch(), on.seen("a"));
	expect([now.state, errors(now).command]).toEqual(["switching", null]);
});

/** Where a read is owed it is made, and finds the old account. */
const looked = (now: Moment): Moment => (now.state === "loading" ? proceed(now, on.read("a")) : now);

test.each<[string, Played]>([
	["is refused", on.notDone("rate-limited")],
	["breaks", on.broke("setActive", new Error("a fault"))],
	["finds its account gone", on.notDone("session-gone")],
])("a second switch that %s does not leave the page on an account that is not active", (_, failure) => {
	const end = looked(proceed(secondSwitch(), failure));
	expect([end.state, activeId(end)]).toEqual(["idle", "a"]);
});

test("a second switch whose answer never came is settled by a read, not sent a third time", () => {
	const looking = proceed(secondSwitch(), on.notDone("timeout", { unsure: true }));
	expect(looking.state).toBe("loading");
	const there = proceed(looking, on.read("b"));
	expect([there.state, activeId(there)]).toEqual(["idle", "b"]);
	const back = proceed(looking, on.read("a"));
	expect([back.state, activeId(back)]).toEqual(["idle", "a"]);
});

test("a newer switch is checked in the older one's place", () => {
	const next = proceed(switched(), on.setActive("c", 2), on.activated("c"));
	expect(proceed(next, on.seen("c")).context.check).toBeNull();
	expect(proceed(next, on.seen("b")).effects.at(-1)).toBe("+ switchTo c");
	const other = proceed(next, on.seen("a"), on.read("a"));
	expect([other.state, activeId(other), errors(other).command]).toEqual(["idle", "a", null]);
});

test("a click that is confirmed by a read is not confirmed by one that found the old account", () => {
	const next = proceed(switched(), on.setActive("b", 2), on.read("a"));
	expect([next.state, next.effects.at(-1)]).toEqual(["switching", "+ switchTo b"]);
	expect(outcomes(next)).toEqual({ 1: "ok" });
});

test("a click on an unknown account does not hide that the read found the old one", () => {
	const again = proceed(switched(), on.setActive("?", 2), on.read("a"));
	expect([again.effects.at(-1), outcomes(again)]).toEqual(["+ switchTo b", { 1: "ok" }]);
	const end = proceed(again, on.activated("b"), on.seen("b"));
	expect([end.state, activeId(end)]).toEqual(["idle", "b"]);
	expect(outcomes(end)).toEqual({ 1: "ok", 2: "unknown-session" });
});

test("a click on the account that a revoke has just signed out does not hide that nobody is active", () => {
	const revoked = proceed(known(), on.revoke("a", 1), on.activated("b"), on.setActive("a", 2), on.revoked("a"));
	const again = proceed(revoked, on.commandDone, on.read(null, ["b", "c"]));
	expect([again.effects.at(-1), outcomes(again)]).toEqual(["+ switchTo b", { 1: "ok" }]);
	const end = proceed(again, on.activated("b"), on.seen("b"));
	expect([end.state, activeId(end)]).toEqual(["idle", "b"]);
	expect(outcomes(end)).toEqual({ 1: "ok", 2: "unknown-session" });
});

test("a click back to the account from before, whose answer is lost, is not undone by the switch before it", () => {
	const back = proceed(switched(), on.doubted(), on.setActive("a", 2), on.read("a", undefined, 60_000));
	const end = proceed(back, on.notDone("network", { unsure: true }), on.read("a", undefined, 60_000));
	expect([end.state, activeId(end), outcomes(end)]).toEqual(["idle", "a", { 1: "ok", 2: "ok" }]);
});

describe("after a revoke", () => {
	const survived = () => proceed(known(), on.revoke("a", 1), on.activated("b"), on.revoked("a"), on.commandDone);

	test("the survivor is checked like any switch", () => {
		expect(proceed(survived(), on.seen("b")).context.check).toBeNull();
		expect(proceed(survived(), on.seen(null)).effects.at(-1)).toBe("+ switchTo b");
		expect(activeId(proceed(survived(), on.seen("c"), on.read("c", ["b", "c"])))).toBe("c");
	});

	test("a survivor confirmed while the revoke is still on its way is confirmed", () => {
		const end = proceed(known(), on.revoke("a", 1), on.activated("b"), on.seen("b"), on.revoked("a"), on.commandDone);
		expect([end.state, activeId(end)]).toEqual(["idle", "b"]);
	});

	test("of another account, the active one should have stayed; where it has not, the server is followed", () => {
		const stayed = proceed(known(), on.revoke("c", 1), on.revoked("c"), on.commandDone);
		expect(proceed(stayed, on.seen("a")).context.check).toBeNull();
		const other = proceed(stayed, on.seen("b"), on.read("b", ["a", "b"]));
		expect([other.state, activeId(other), other.context.check]).toEqual(["idle", "b", null]);
		const nobody = proceed(stayed, on.seen(null), on.read(null, ["b"]));
		expect([nobody.state, activeId(nobody), nobody.context.check]).toEqual(["idle", null, null]);
	});

	test("its answer says who is active after it, whoever is found later", () => {
		const end = proceed(survived(), on.seen("c"), on.read("c", ["b", "c"]));
		expect([ids(end), activeId(end)]).toEqual([["b", "c"], "c"]);
		expect(dataOf(end, 1)).toMatchObject({ revoked: "a", active: { id: "b" } });
	});
});

describe("where something else is asked for before the check is in", () => {
	test("a sign-out of the device ends it: nobody is switched to again", () => {
		const out = proceed(switched(), on.signOutAll(2), on.signedOut(), on.seen(null));
		expect(out.effects.filter((effect) => effect.startsWith("+ switchTo"))).toEqual([]);
		expect([activeId(out), ids(out)]).toEqual([null, []]);
		const early = proceed(switched(), on.signOutAll(2), on.seen(null), on.signedOut());
		expect(early.effects.filter((effect) => effect.startsWith("+ switchTo"))).toEqual([]);
	});

	test("a revoke of the account itself ends it", () => {
		const end = proceed(switched(), on.revoke("b", 2), on.activated("c"), on.revoked("b"), on.commandDone);
		expect(proceed(end, on.seen("c")).context.check).toBeNull();
		expect(proceed(end, on.seen("b")).effects.at(-1)).toBe("+ switchTo c");
	});

	test("a revoke of another account does not: the old account found after it is still the old one", () => {
		const end = proceed(switched(), on.revoke("c", 2), on.revoked("c"), on.commandDone);
		expect(proceed(end, on.seen("b")).context.check).toBeNull();
		expect(proceed(end, on.seen("a")).effects.at(-1)).toBe("+ switchTo b");
	});

	test("a newer switch that fails has it made up for by a read", () => {
		const looking = proceed(switched(), on.setActive("c", 2), on.seen("a"), on.notDone("rate-limited"));
		expect([looking.state, looking.effects.at(-1)]).toEqual(["loading", "+ readDevice settled"]);
		expect(proceed(looking, on.read("a")).effects.at(-1)).toBe("+ switchTo b");
		expect(proceed(looking, on.read("b")).state).toBe("idle");
	});
});

test("asleep, a check that fails is not made up for", () => {
	const end = proceed(switched(), on.sleep, on.lookFailed());
	expect([end.state, end.effects]).toEqual(["idle", ["- world"]]);
});

test("the old account is not kept beside the new one where the server has dropped it from its list", () => {
	const again = proceed(switched(), on.refetch(2), on.read("a", ["b", "c", row("a", { listed: false })]));
	expect(again.state).toBe("switching");
	expect(again.context.rows.map(({ id }) => id)).toEqual(["b", "c"]);
});

describe("while a command is under way", () => {
	test("its own account is what is looked for; anybody else, who is active by then, has it read when it is over", () => {
		const dueAt = (...events: readonly Parameters<typeof proceed>[1][]) => proceed(known(), ...events).context.dueAt;
		expect(dueAt(on.setActive("b", 1), on.seen("b"))).toBeNull();
		expect(dueAt(on.setActive("b", 1), on.seen("a"))).toBeNull();
		expect(dueAt(on.setActive("b", 1), on.seen("c"))).not.toBeNull();
		expect(dueAt(on.revoke("b", 1), on.seen("b"))).not.toBeNull();
	});
});

test("the old account seen again after a second switch is read first; what is read is a conflict, and says so", () => {
	const { context } = known();
	const twice = { ...context, check: { id: "b", from: ["a"], tries: 1, calls: [] } };
	expect(judge(twice, "a", 60_000)).toEqual({ doubted: context.begun, dueAt: 0 });
	expect(judge(twice, "a", "read")).toMatchObject({
		check: null,
		commandError: { kind: "conflict", operation: "setActive", message: expect.stringContaining("twice") },
	});
});

test("a look that fails is not made up for where a read has failed already: that one is made again anyway", () => {
	const { context } = known();
	const failed = { ...context, readError: fail("network") };
	expect(checkFailed({ context: failed, event: on.lookFailed() })).toEqual({ check: null });
	expect(checkFailed({ context, event: on.lookFailed() })).toHaveProperty("dueAt");
});

describe("a newer switch of another tab's", () => {
	const mine = () => proceed(known(), on.setActive("b", 1), on.activated("b"));

	test("is not undone, though the account from before is active again", () => {
		const looking = proceed(mine(), { ...on.seen("a"), isOvertaken: true });
		expect(looking.context.check).toBeNull();
		expect(looking.effects).not.toContain("+ switchTo b");
		const end = proceed(looking, { ...on.read("a"), output: { ...on.read("a").output, isOvertaken: true } });
		expect([end.state, end.context.queue, activeId(end)]).toEqual(["idle", [], "a"]);
	});

	test("is not undone by a read that finds it first", () => {
		const reading = on.read("a");
		const end = proceed(mine(), on.refetch(2), { ...reading, output: { ...reading.output, isOvertaken: true } });
		expect([end.state, end.context.check, activeId(end)]).toEqual(["idle", null, "a"]);
	});

	test("there is none where the last one is this store's own: the switch is made once more", () => {
		const again = proceed(mine(), { ...on.seen("a"), isOvertaken: false });
		expect(again.effects.at(-1)).toBe("+ switchTo b");
	});
});
