import { expect, test } from "vitest";
import * as on from "./events.js";
import { activeId, dataOf, errors, ids, outcomes, proceed } from "./play.js";
import { dead, known } from "./situations.js";

test("a lost active session keeps its rows, is no error, and is read once", () => {
	const lost = proceed(known(), on.seen(null));
	expect([lost.state, activeId(lost), ids(lost)]).toEqual(["loading", "a", ["a", "b", "c"]]);
	const end = proceed(lost, on.read(null, ["b", "c"]));
	expect([end.state, activeId(end), ids(end)]).toEqual(["idle", null, ["b", "c"]]);
	expect(errors(end)).toEqual({ read: null, command: null });
	expect(proceed(end, on.seen(null)).state).toBe("idle");
});

test("with nobody active a switch goes", () => {
	const next = proceed(dead(), on.setActive("b", 1));
	expect([next.state, next.effects]).toEqual(["switching", ["+ switchTo b"]]);
	const end = proceed(next, on.activated("b"));
	expect([outcomes(end), activeId(end)]).toEqual([{ 1: "ok" }, "b"]);
});

test("with nobody active a revoke goes, and the survivor that it needs is active afterwards", () => {
	const end = proceed(dead(), on.revoke("c", 1), on.activated("b"), on.revoked("c"), on.commandDone);
	expect([activeId(end), ids(end)]).toEqual(["b", ["a", "b"]]);
	expect(dataOf(end, 1)).toEqual({ revoked: "c", active: end.context.rows[1] });
});

test("with nobody active signOutOthers answers unauthorized and sends nothing", () => {
	const end = proceed(dead(), on.signOutOthers(1));
	expect([end.state, end.effects]).toEqual(["idle", ["1: unauthorized"]]);
	expect(ids(end)).toEqual(["a", "b", "c"]);
});

test("with nobody active signOutAll goes", () => {
	expect(proceed(dead(), on.signOutAll(1)).effects).toEqual(["+ revokeRows all"]);
});
