import { expect, test } from "vitest";
import { row } from "./data.js";
import * as on from "./events.js";
import { activeId, dataOf, errors, ids, type Moment, outcomes, proceed } from "./play.js";
import { unlisted } from "./situations.js";

/** One more look: its session may have come from the cookie cache. */
const looked = () => on.read("x", ["a", "b", row("x", { listed: false })]);

/** Where a read is owed it is made, and finds `a` active and `x` nowhere. */
const settled = (now: Moment): Moment => (now.state === "loading" ? proceed(now, on.read("a", ["a", "b"])) : now);

test("a switch away from an unlisted account is looked at once more, refused and does nothing", () => {
	const asked = proceed(unlisted(), on.setActive("a", 1));
	expect([asked.state, asked.effects]).toEqual(["loading", ["+ readDevice fresh"]]);
	const end = proceed(asked, looked());
	expect([end.state, outcomes(end)]).toEqual(["idle", { 1: "active-unlisted" }]);
	expect([activeId(end), ids(end), errors(end).command]).toEqual(["x", ["a", "b", "x"], "active-unlisted"]);
});

test("that it is active is not said on the word of a read that has just ended", () => {
	const asked = proceed(unlisted(), on.setActive("x", 1, { at: 1_500 }));
	expect([asked.state, outcomes(asked)]).toEqual(["loading", {}]);
	expect(outcomes(proceed(asked, looked()))).toEqual({ 1: "ok" });
});

test("leaveUnlisted looks once more, signs the unlisted account out, then switches", () => {
	const leaving = proceed(unlisted(), on.setActive("a", 1, { leaveUnlisted: true }), looked());
	expect(leaving.effects.at(-1)).toBe("+ switchTo a leaving x");
	const left = proceed(leaving, on.revoked("x"));
	expect([left.state, activeId(left), ids(left)]).toEqual(["switching", null, ["a", "b"]]);
	const end = proceed(left, on.activated("a"));
	expect([end.state, activeId(end), outcomes(end)]).toEqual(["idle", "a", { 1: "ok" }]);
});

test("where the switch fails after the unlisted account was signed out, nobody goes on showing that account", () => {
	const end = proceed(
		unlisted(),
		on.setActive("a", 1, { leaveUnlisted: true }),
		looked(),
		on.revoked("x"),
		on.notDone("rate-limited"),
	);
	expect([activeId(end), outcomes(end)]).toEqual([null, { 1: "rate-limited" }]);
	// Better Auth's own session is told, by the signal or by a read of its own.
	expect(end.effects.some((effect) => effect === "world! signal" || effect === "+ readDevice fresh")).toBe(true);
});

test("the unlisted account is confirmed like any other that is active, once it was looked at", () => {
	const end = proceed(unlisted(), on.setActive("x", 1, { at: 1_100 }), looked());
	expect(dataOf(end, 1)).toBe(end.context.rows.find(({ id }) => id === "x"));
});

test("the unlisted account itself is revoked before its survivor is made active", () => {
	const gone = proceed(unlisted(), on.revoke("x", 1), looked(), on.revoked("x"));
	expect([gone.state, activeId(gone), ids(gone)]).toEqual(["revoking", null, ["a", "b"]]);
	const end = proceed(gone, on.activated("b"), on.revoked("x"), on.commandDone);
	expect([end.state, activeId(end)]).toEqual(["idle", "b"]);
	expect(dataOf(end, 1)).toEqual({ revoked: "x", active: end.context.rows[1] });
});

test("where no survivor could be made active, that is no failure of the revoke, and who is active is read", () => {
	const end = proceed(
		unlisted(),
		on.revoke("x", 1),
		looked(),
		on.revoked("x"),
		on.unknownSeen(),
		on.revoked("x"),
		on.commandDone,
	);
	expect([end.state, outcomes(end)]).toEqual(["loading", { 1: "ok" }]);
	expect(dataOf(end, 1)).toEqual({ revoked: "x", active: null });
	expect(activeId(proceed(end, on.read("a", ["a", "b"])))).toBe("a");
});

test("an unlisted account keeps its place as the active one while the others are signed out", () => {
	expect(proceed(unlisted(), on.signOutOthers(1), looked()).effects.at(-1)).toBe("+ revokeRows others a,b");
});

test("an unlisted account that another tab has left is out of reach, and does not stay among the rows", () => {
	const end = settled(proceed(unlisted(), on.seen("a")));
	expect([activeId(end), ids(end)]).toEqual(["a", ["a", "b"]]);
});
