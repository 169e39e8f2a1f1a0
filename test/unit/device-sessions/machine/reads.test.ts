import { expect, test } from "vitest";
import { fail, reading } from "./data.js";
import * as on from "./events.js";
import { activeId, dataOf, errors, ids, outcomes, play, proceed } from "./play.js";
import { known } from "./situations.js";

test("a refetch answers the rows", () => {
	const end = proceed(known(), on.refetch(1), on.read("a", ["a", "b"], 2000));
	expect(dataOf(end, 1)).toBe(end.context.rows);
	expect([end.state, ids(end), end.context.loadedAt]).toEqual(["idle", ["a", "b"], 2000]);
});

test("refetches asked for in one go are one read", () => {
	const again = proceed(known(), on.refetch(1), on.refetch(2));
	expect([again.state, again.effects]).toEqual(["loading", []]);
	expect(outcomes(proceed(again, on.read("a")))).toEqual({ 1: "ok", 2: "ok" });
});

test("a refetch while a read is under way, which may be older, is made after it", () => {
	const later = { ...on.refetch(2), batch: 2 };
	const first = proceed(known(), on.refetch(1), later, on.read("a"));
	expect([first.state, outcomes(first), first.effects.at(-1)]).toEqual(["loading", { 1: "ok" }, "+ readDevice fresh"]);
	expect(outcomes(proceed(first, on.read("b")))).toEqual({ 1: "ok", 2: "ok" });
});

test("an id that a read under way may be too old to know is read again before it is called unknown", () => {
	const asked = proceed(known(), on.refetch(1), { ...on.setActive("d", 2), batch: 2 }, on.read("a"));
	expect([asked.state, outcomes(asked)]).toEqual(["loading", { 1: "ok" }]);
	const found = proceed(asked, on.read("a", ["a", "b", "c", "d"]));
	expect(found.state).toBe("switching");
});

test("a refetch while a command is under way is made after it", () => {
	const next = proceed(known(), on.setActive("b", 1), on.refetch(2), on.activated("b"));
	expect([next.state, next.effects.at(-1), outcomes(next)]).toEqual(["loading", "+ readDevice fresh", { 1: "ok" }]);
	expect(outcomes(proceed(next, on.read("b")))).toEqual({ 1: "ok", 2: "ok" });
});

test("a command whose row is known does not wait for a read: that is put back and made later", () => {
	const put = proceed(known(), on.refetch(1), on.setActive("b", 2));
	expect([put.state, put.effects]).toEqual(["switching", ["- readDevice", "+ switchTo b"]]);
	const later = proceed(put, on.activated("b"));
	expect([later.state, outcomes(later)]).toEqual(["loading", { 2: "ok" }]);
	expect(outcomes(proceed(later, on.read("b")))).toEqual({ 1: "ok", 2: "ok" });
});

test("a read is put back for a revoke as well, and made once however often that happens", () => {
	const put = proceed(known(), on.refetch(1), on.revoke("c", 2), on.setActive("b", 3), on.revoked("c"), on.commandDone);
	expect([put.state, outcomes(put)]).toEqual(["switching", { 2: "ok" }]);
	const later = proceed(put, on.activated("b"), on.read("b", ["a", "b"]));
	expect([later.state, outcomes(later)]).toEqual(["idle", { 1: "ok", 2: "ok", 3: "ok" }]);
});

test("before anything is known a command waits for the first read", () => {
	const waiting = play(on.wake(), on.setActive("b", 1));
	expect(waiting.state).toBe("loading");
	expect(proceed(waiting, on.read("a")).effects.at(-1)).toBe("+ switchTo b");
});

test("before anything is known everything waits for one read", () => {
	const waiting = play(on.setActive("?", 1), on.revoke("c", 2), on.refetch(3), on.signOutOthers(4));
	const next = proceed(waiting, on.read("a", ["a", "c"]));
	expect([next.state, next.effects.at(-1)]).toEqual(["revoking", "+ revokeRows one c"]);
	const end = proceed(next, on.revoked("c"), on.commandDone);
	expect([end.state, outcomes(end)]).toEqual(["idle", { 1: "unknown-session", 2: "ok", 3: "ok", 4: "ok" }]);
	expect(dataOf(end, 4)).toEqual({ revoked: [] });
});

test("an unknown id is read before it is refused", () => {
	const looking = proceed(known(), on.setActive("?", 1));
	expect([looking.state, outcomes(looking)]).toEqual(["loading", {}]);
	const end = proceed(looking, on.read("a"));
	expect([end.state, outcomes(end)]).toEqual(["idle", { 1: "unknown-session" }]);
});

test("an unknown id that the read finds is switched to", () => {
	const found = proceed(known(), on.setActive("d", 1), on.read("a", ["a", "b", "c", "d"]));
	expect([found.state, found.effects.at(-1)]).toEqual(["switching", "+ switchTo d"]);
});

test("an unknown id to revoke is read before it is refused", () => {
	const looking = proceed(known(), on.revoke("?", 1));
	expect([looking.state, outcomes(looking)]).toEqual(["loading", {}]);
	expect(outcomes(proceed(looking, on.read("a")))).toEqual({ 1: "unknown-session" });
	expect(proceed(looking, on.read("a", ["a", "?"])).effects.at(-1)).toBe("+ revokeRows one ?");
});

test("an unknown survivor is read before it is refused", () => {
	const looking = proceed(known(), on.revoke("a", 1, "d"));
	expect(looking.state).toBe("loading");
	expect(outcomes(proceed(looking, on.read("a")))).toEqual({ 1: "unknown-session" });
	expect(proceed(looking, on.read("a", ["a", "b", "c", "d"])).effects.at(-1)).toBe("+ revokeRows one a");
});

test("a switch to the account that is active already is confirmed by a read", () => {
	const looking = proceed(known(), on.setActive("a", 1, { at: 2000 }));
	expect([looking.state, looking.effects]).toEqual(["loading", ["+ readDevice fresh"]]);
	const end = proceed(looking, on.read("a", ["a", "b", "c"], 2100));
	expect(dataOf(end, 1)).toBe(end.context.rows[0]);
});

test("a switch to the account that is active already sends it where the read finds another active", () => {
	const next = proceed(known(), on.setActive("a", 1), on.read("b"));
	expect([next.state, activeId(next), next.effects.at(-1)]).toEqual(["switching", "b", "+ switchTo a"]);
});

test("a switch to the account that is active already is not confirmed where the read fails", () => {
	const end = proceed(known(), on.setActive("a", 1), on.notRead());
	expect([end.state, outcomes(end)]).toEqual(["idle", { 1: "network" }]);
});

test("a read that ended less than a second ago is confirmation enough", () => {
	const end = proceed(known(), on.setActive("a", 1, { at: 1999 }));
	expect([end.state, end.effects]).toEqual(["idle", ["1: ok"]]);
	expect(dataOf(end, 1)).toBe(end.context.rows[0]);
});

test("a read that ended less than a second ago confirms nothing while the next one is under way, which may have told the app of somebody else", () => {
	const looking = proceed(known(), on.refetch(1), on.setActive("a", 2, { at: 1500 }));
	expect([looking.state, outcomes(looking)]).toEqual(["loading", {}]);
	expect(outcomes(proceed(looking, on.read("a")))).toEqual({ 1: "ok", 2: "ok" });
	expect(proceed(looking, on.read(null)).effects.at(-1)).toBe("+ switchTo a");
});

test("a read keeps what did not change: the rows, each of them, the array", () => {
	const before = known();
	expect(proceed(before, on.refetch(1), on.read("a", ["c", "b", "a"])).context.rows).toBe(before.context.rows);
});

test("a failed read keeps the rows and answers the error", () => {
	const before = known();
	const end = proceed(before, on.refetch(1), on.notRead());
	expect([end.state, outcomes(end), errors(end).read]).toEqual(["idle", { 1: "network" }, "network"]);
	expect(end.context.rows).toBe(before.context.rows);
	expect(end.context.loadedAt).toBe(1000);
});

test("a failed read is the answer of every command that could only wait for it", () => {
	const end = proceed(known(), on.setActive("?", 1), on.revoke("!", 2), on.refetch(3), on.notRead("server"));
	expect([end.state, outcomes(end)]).toEqual(["idle", { 1: "server", 2: "server", 3: "server" }]);
});

test("a command that must be looked up does not keep back one that can go", () => {
	const next = proceed(known(), on.revoke("?", 1), on.setActive("b", 2));
	expect([next.state, next.effects]).toEqual(["switching", ["- readDevice", "+ switchTo b"]]);
	const looking = proceed(next, on.activated("b"));
	expect([looking.state, outcomes(looking)]).toEqual(["loading", { 2: "ok" }]);
	expect(outcomes(proceed(looking, on.notRead()))).toEqual({ 1: "network", 2: "ok" });
});

test("a failed first read does not spin: the machine rests until somebody asks", () => {
	const rest = play(on.wake(), on.notRead());
	expect([rest.state, rest.effects, rest.context.loadedAt]).toEqual(["idle", ["- readDevice"], null]);
});

test("a malformed row is reported beside the rows that are fine", () => {
	const output = { ...reading("a", ["a", "b"]), error: fail("invalid-response") };
	const end = proceed(known(), on.refetch(1), { type: "xstate.done.actor.readDevice", output });
	expect([ids(end), outcomes(end), errors(end).read]).toEqual([["a", "b"], { 1: "ok" }, "invalid-response"]);
});

test("another tab's switch is read and followed, and a command that comes in between waits for that", () => {
	const moved = proceed(known(), on.seen("b"));
	expect([moved.state, activeId(moved)]).toEqual(["loading", "a"]);
	const waiting = proceed(moved, on.revoke("b", 1));
	expect(waiting.effects).toEqual([]);
	const next = proceed(waiting, on.read("b"));
	expect([activeId(next), next.effects.at(-1)]).toEqual(["b", "+ revokeRows one b"]);
});

test("a sign-in is read, and keeps the places of the others", () => {
	const end = proceed(known(), on.unknownSeen(), on.read("d", ["d", "c", "b", "a"]));
	expect([ids(end), activeId(end)]).toEqual([["a", "b", "c", "d"], "d"]);
});

test("an account that a put-back read would have brought is looked up, not shown as nobody", () => {
	const now = proceed(known(), on.seen("d"));
	expect(now.state).toBe("loading");
	expect(activeId(proceed(now, on.read("d", ["a", "b", "c", "d"])))).toBe("d");
});

test("another account seen while a switch is in flight is looked up when that has answered", () => {
	const next = proceed(known(), on.setActive("b", 1), on.seen("c"), on.activated("b"));
	expect([next.state, outcomes(next)]).toEqual(["loading", { 1: "ok" }]);
	const end = proceed(next, on.read("c"));
	expect([end.state, activeId(end), errors(end).command]).toEqual(["idle", "c", null]);
});

test("what the session atom still says of the old account, while a switch is in flight, means nothing", () => {
	const end = proceed(known(), on.setActive("b", 1), on.seen("a"), on.activated("b"));
	expect([end.state, activeId(end)]).toEqual(["idle", "b"]);
});
