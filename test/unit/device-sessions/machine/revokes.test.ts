import { expect, test } from "vitest";
import { isRevoking } from "../../../../src/device-sessions/machine/commands.js";
import * as on from "./events.js";
import { activeId, dataOf, errorOf, ids, outcomes, play, proceed } from "./play.js";
import { known } from "./situations.js";

const progress = ({ context: { command } }: ReturnType<typeof known>) =>
	isRevoking(command) ? [command.targets, command.revoked, command.failed.map(({ id }) => id)] : null;

test("revokes are never dropped: each goes, in the order of the clicks", () => {
	const first = proceed(known(), on.revoke("c", 1), on.revoke("b", 2), on.setActive("b", 3), on.setActive("a", 4));
	expect(outcomes(first)).toEqual({ 3: "superseded" });
	const second = proceed(first, on.revoked("c"), on.commandDone);
	expect([second.state, second.effects.at(-1)]).toEqual(["revoking", "+ revokeRows one b"]);
	expect(outcomes(proceed(second, on.revoked("b"), on.commandDone))).toMatchObject({
		1: "ok",
		2: "ok",
		3: "superseded",
	});
});

test("a revoke goes before the switch that waits", () => {
	const next = proceed(known(), on.setActive("b", 1), on.setActive("c", 2), on.revoke("a", 3), on.activated("b"));
	expect([next.state, next.effects.at(-1)]).toEqual(["revoking", "+ revokeRows one a"]);
	const last = proceed(next, on.revoked("a"), on.commandDone);
	expect([last.state, last.effects.at(-1)]).toEqual(["switching", "+ switchTo c"]);
});

test("the same revoke joins the one in flight", () => {
	const end = proceed(known(), on.revoke("c", 1), on.revoke("c", 2), on.revoked("c"), on.commandDone);
	expect(outcomes(end)).toEqual({ 1: "ok", 2: "ok" });
	expect([end.state, ids(end)]).toEqual(["idle", ["a", "b"]]);
});

test("the same revoke joins the one that waits", () => {
	const waiting = proceed(known(), on.setActive("b", 1), on.revoke("c", 2), on.revoke("c", 3));
	expect(waiting.context.queue).toHaveLength(1);
	const end = proceed(waiting, on.activated("b"), on.revoked("c"), on.commandDone);
	expect(outcomes(end)).toEqual({ 1: "ok", 2: "ok", 3: "ok" });
});

test("signOutOthers twice is one command, and so is signOutAll", () => {
	const others = proceed(
		known(),
		on.signOutOthers(1),
		on.signOutOthers(2),
		on.revoked("b"),
		on.revoked("c"),
		on.commandDone,
	);
	expect([others.state, outcomes(others)]).toEqual(["idle", { 1: "ok", 2: "ok" }]);
	const all = proceed(known(), on.signOutAll(1), on.signOutAll(2), on.signedOut());
	expect([all.state, outcomes(all)]).toEqual(["idle", { 1: "ok", 2: "ok" }]);
});

test("another survivor asked for is another revoke; that the row is gone by then is success", () => {
	const looking = proceed(known(), on.revoke("c", 1), on.revoke("c", 2, "b"), on.revoked("c"), on.commandDone);
	expect([looking.state, outcomes(looking)]).toEqual(["loading", { 1: "ok" }]);
	const end = proceed(looking, on.read("a", ["a", "b"]));
	expect(dataOf(end, 2)).toEqual({ revoked: "c", active: end.context.rows[0] });
});

test("a revoke of another account answers with the one that stayed active", () => {
	const end = proceed(known(), on.revoke("c", 1), on.revoked("c"), on.commandDone);
	expect(dataOf(end, 1)).toEqual({ revoked: "c", active: end.context.rows[0] });
	expect([ids(end), activeId(end)]).toEqual([["a", "b"], "a"]);
});

test("the session signal is fired once a revoke is through, so that nobody shows the account that is gone", () => {
	const done = proceed(known(), on.revoke("c", 1), on.revoked("c"), on.commandDone);
	expect(done.effects).toEqual(["- revokeRows", "world! signal", "1: ok"]);
});

test("where nothing was revoked, no signal is fired", () => {
	const done = proceed(known(), on.revoke("c", 1), on.rowFailed("c", "rate-limited"), on.commandDone);
	expect(done.effects).toEqual(["- revokeRows", "1: rate-limited"]);
	expect(ids(done)).toEqual(["a", "b", "c"]);
});

test("revoking the active account shows its survivor at once, with the one signal that is needed", () => {
	const survived = proceed(known(), on.revoke("a", 1), on.activated("b"));
	expect([survived.state, activeId(survived)]).toEqual(["revoking", "b"]);
	expect(survived.effects).toEqual(["world! signal", "remember b"]);
	const end = proceed(survived, on.revoked("a"), on.commandDone);
	expect(end.effects).not.toContain("world! signal");
	expect(dataOf(end, 1)).toEqual({ revoked: "a", active: end.context.rows[0] });
	expect([ids(end), activeId(end)]).toEqual([["b", "c"], "b"]);
});

test("a survivor that turns out to be gone leaves the rows, and is not counted as revoked", () => {
	const end = proceed(known(), on.revoke("a", 1), on.revoked("b"), on.activated("c"), on.revoked("a"), on.commandDone);
	expect([ids(end), activeId(end)]).toEqual([["c"], "c"]);
	expect(dataOf(end, 1)).toEqual({ revoked: "a", active: end.context.rows[0] });
});

test("revoking the last account leaves nobody active", () => {
	const end = proceed(play(on.wake(), on.read("a", ["a"])), on.revoke("a", 1), on.revoked("a"), on.commandDone);
	expect(dataOf(end, 1)).toEqual({ revoked: "a", active: null });
});

test("signOutOthers shows its progress row by row", () => {
	const start = proceed(known(), on.signOutOthers(1));
	expect(progress(start)).toEqual([["b", "c"], [], []]);
	const half = proceed(start, on.revoked("b"));
	expect([progress(half), ids(half)]).toEqual([
		[["b", "c"], ["b"], []],
		["a", "c"],
	]);
	const all = proceed(half, on.rowFailed("c", "rate-limited"));
	expect([progress(all), ids(all)]).toEqual([
		[["b", "c"], ["b"], ["c"]],
		["a", "c"],
	]);
});

test("signOutOthers answers every row that went", () => {
	const end = proceed(known(), on.signOutOthers(1), on.revoked("c"), on.revoked("b"), on.commandDone);
	expect(dataOf(end, 1)).toEqual({ revoked: expect.arrayContaining(["b", "c"]) });
	expect([ids(end), activeId(end)]).toEqual([["a"], "a"]);
});

test("signOutOthers that went half way answers partial, with who went and who did not", () => {
	const failure = on.rowFailed("c", "rate-limited");
	const end = proceed(known(), on.signOutOthers(1), on.revoked("b"), failure, on.commandDone);
	expect(errorOf(end, 1)).toMatchObject({
		kind: "partial",
		revoked: ["b"],
		failed: [{ id: "c", error: failure.error }],
	});
	expect([end.state, ids(end)]).toEqual(["idle", ["a", "c"]]);
});

test("signOutOthers of which nothing went answers partial as well", () => {
	const end = proceed(
		known(),
		on.signOutOthers(1),
		on.rowFailed("b", "rejected"),
		on.rowFailed("c", "forbidden"),
		on.commandDone,
	);
	expect(errorOf(end, 1)).toMatchObject({ kind: "partial", revoked: [] });
});

test("signOutOthers whose active session has ended meanwhile answers unauthorized", () => {
	const ended = proceed(
		known(),
		on.signOutOthers(1),
		on.rowFailed("b", "unauthorized"),
		on.rowFailed("c", "unauthorized"),
	);
	const end = proceed(ended, on.commandDone);
	expect(outcomes(end)).toEqual({ 1: "unauthorized" });
	expect(end.effects.at(-1)).toBe("+ readDevice settled");
});

test("who the others are is decided when signOutOthers starts", () => {
	const next = proceed(known(), on.setActive("b", 1), on.signOutOthers(2), on.activated("b"));
	expect(next.effects.at(-1)).toBe("+ revokeRows others a,c");
});

test("with nobody else there, signOutOthers answers at once and sends nothing", () => {
	const end = proceed(play(on.wake(), on.read("a", ["a"])), on.signOutOthers(1));
	expect([end.state, end.effects]).toEqual(["idle", ["1: ok"]]);
	expect(dataOf(end, 1)).toEqual({ revoked: [] });
});

test("signOutAll empties the device and hands on where the browser should go", () => {
	const end = proceed(known(), on.signOutAll(1), on.signedOut("https://idp.example.com/end"));
	expect(dataOf(end, 1)).toEqual({ revoked: ["a", "b", "c"], url: "https://idp.example.com/end" });
	expect([end.state, ids(end)]).toEqual(["idle", []]);
	expect(dataOf(proceed(known(), on.signOutAll(1), on.signedOut()), 1)).toEqual({ revoked: ["a", "b", "c"] });
});

test("signOutAll that the server refuses leaves every row", () => {
	const end = proceed(known(), on.signOutAll(1), on.notDone("forbidden"));
	expect([end.state, outcomes(end), ids(end)]).toEqual(["idle", { 1: "forbidden" }, ["a", "b", "c"]]);
	expect(end.effects).not.toContain("world! signal");
});

test("a switch that waits for signOutAll looks for its row before it gives up", () => {
	const looking = proceed(known(), on.signOutAll(1), on.setActive("b", 2), on.signedOut());
	expect(looking.state).toBe("loading");
	expect(outcomes(proceed(looking, on.read(null, [])))).toEqual({ 1: "ok", 2: "unknown-session" });
});

test("a failure that calls the picture in question is followed by a read", () => {
	const end = proceed(known(), on.revoke("c", 1), on.rowFailed("c", "unauthorized"), on.commandDone);
	expect([end.state, end.effects.at(-1)]).toEqual(["loading", "+ readDevice settled"]);
});
