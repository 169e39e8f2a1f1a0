import { expect, test } from "vitest";
import * as on from "./events.js";
import { activeId, outcomes, type Played, play, proceed } from "./play.js";
import { known } from "./situations.js";

const asleep = () => proceed(known(), on.sleep);

test("waking watches the world, once, and reads", () => {
	const awake = play(on.wake());
	expect([awake.state, awake.effects]).toEqual(["loading", ["+ world", "+ readDevice settled"]]);
	expect(proceed(awake, on.wake()).effects).not.toContain("+ world");
});

test("asleep, the world is not watched", () => {
	expect(asleep().effects).toEqual(["- world"]);
	expect(proceed(asleep(), on.wake(1999)).effects).toEqual(["+ world"]);
});

test("waking less than a second after a read does not read again", () => {
	expect(proceed(asleep(), on.wake(1999)).state).toBe("idle");
	expect(proceed(asleep(), on.wake(2000)).state).toBe("loading");
});

test("a read that is under way when nobody looks any more ends, then the world is left alone", () => {
	const ending = proceed(known(), on.refetch(1), on.sleep);
	expect([ending.state, ending.effects]).toEqual(["loading", []]);
	const end = proceed(ending, on.read("a"));
	expect([end.state, end.effects.at(-1), outcomes(end)]).toEqual(["idle", "- world", { 1: "ok" }]);
});

test("the world is watched on for as long as a switch awaits its check", () => {
	const switched = proceed(known(), on.setActive("b", 1), on.activated("b"), on.sleep);
	expect([switched.state, switched.effects]).toEqual(["idle", []]);
	expect(proceed(switched, on.seen("b")).effects).toEqual(["- world"]);
});

test("the second look for a late cookie is awaited too", () => {
	const switched = proceed(known(), on.setActive("b", 1), on.activated("b", { crossed: [0] }), on.sleep, on.seen("b"));
	expect(switched.effects).not.toContain("- world");
	const looked = proceed(switched, { type: "cookie.late" });
	expect(looked.effects).toEqual(["world! look"]);
	expect(proceed(looked, on.seen("b")).effects).toContain("- world");
});

test("the second switch is made although nobody looks", () => {
	const again = proceed(known(), on.setActive("b", 1), on.activated("b"), on.sleep, on.seen("a"));
	expect(again.effects.at(-1)).toBe("+ switchTo b");
	expect(proceed(again, on.activated("b"), on.seen("b")).effects.at(-1)).toBe("- world");
});

test("asleep, what is owed is not read before somebody looks again", () => {
	const rest = proceed(known(), on.setActive("b", 1), on.activated("b"), on.sleep, on.unknownSeen());
	expect([rest.state, rest.effects]).toEqual(["idle", ["- world"]]);
	expect(proceed(rest, on.wake(1500)).state).toBe("loading");
});

test("a command asked for in sleep reads, goes, and watches the world until its check is in", () => {
	const waiting = play(on.setActive("b", 1));
	expect(waiting.effects).toEqual(["+ readDevice joined"]);
	const going = proceed(waiting, on.read("a"));
	expect(going.effects.at(-1)).toBe("+ switchTo b");
	const switched = proceed(going, on.activated("b"));
	expect(switched.effects).toEqual(["- switchTo", "+ world", "world! signal", "remember b", "1: ok"]);
	const end = proceed(switched, on.seen("b"));
	expect([end.state, activeId(end), end.effects.at(-1)]).toEqual(["idle", "b", "- world"]);
});

test("a revoke asked for in sleep fires the signal, and watches the world until its check is in", () => {
	const done = proceed(asleep(), on.revoke("c", 1), on.revoked("c"), on.commandDone);
	expect(done.effects).toEqual(["- revokeRows", "+ world", "world! signal", "1: ok"]);
	expect(proceed(done, on.seen("a")).effects.at(-1)).toBe("- world");
});

test("a refetch asked for in sleep reads and sleeps on", () => {
	const end = proceed(asleep(), on.refetch(1), on.read("a"));
	expect([end.state, end.effects, outcomes(end)]).toEqual(["idle", ["- readDevice", "1: ok"], { 1: "ok" }]);
});

test("signing out the device awaits nothing: its own signal tells everybody", () => {
	const end = proceed(asleep(), on.signOutAll(1), on.signedOut());
	expect([end.state, end.effects]).toEqual(["idle", ["- revokeRows", "remember null", "1: ok"]]);
});

test.each<[string, Played]>([
	["a switch that failed", [on.setActive("b", 1), ...on.notDone("rate-limited")]],
	["a revoke that failed", [on.revoke("c", 1), on.rowFailed("c", "rate-limited"), on.commandDone]],
	[
		"a revoke whose survivor is confirmed already",
		[on.revoke("a", 1), on.activated("b"), on.seen("b"), on.revoked("a"), on.commandDone],
	],
])("after %s there is nothing to check, so nothing keeps the world watched in sleep", (_, command) => {
	expect(proceed(known(), command, on.sleep).effects).toEqual(["- world"]);
});

test.each<[string, Played]>([
	["a second switch that fails", [on.seen("a"), ...on.notDone("rate-limited")]],
	[
		"a newer switch that fails after the check of the older one came",
		[on.setActive("c", 2), on.seen("b"), ...on.notDone("rate-limited")],
	],
])("%s in sleep does not keep the world watched for ever", (_, events) => {
	const end = proceed(known(), on.setActive("b", 1), on.activated("b"), on.sleep, events);
	// Either there is nothing to wait for any more, or a read is under way that ends it.
	const rest = end.state === "loading" ? proceed(end, on.read("b")) : end;
	expect([rest.state, rest.context.listening]).toEqual(["idle", false]);
});
