import { expect, test } from "vitest";
import {
	activated,
	activeId,
	commandDone,
	dataOf,
	dead,
	errors,
	ids,
	known,
	outcomes,
	proceed,
	read,
	revoke,
	revoked,
	seen,
	setActive,
	signOutAll,
	signOutOthers,
} from "./play.js";

test("a lost active session keeps its rows, is no error, and is read once", () => {
	const lost = proceed(known(), seen(null));
	expect([lost.state, activeId(lost), ids(lost)]).toEqual(["loading", "a", ["a", "b", "c"]]);
	const end = proceed(lost, read(null, ["b", "c"]));
	expect([end.state, activeId(end), ids(end)]).toEqual(["idle", null, ["b", "c"]]);
	expect(errors(end)).toEqual({ read: null, command: null });
	expect(proceed(end, seen(null)).state).toBe("idle");
});

test("with nobody active a switch goes", () => {
	const next = proceed(dead(), setActive("b", 1));
	expect([next.state, next.effects]).toEqual(["switching", ["+ switchTo b"]]);
	const end = proceed(next, activated("b"));
	expect([outcomes(end), activeId(end)]).toEqual([{ 1: "ok" }, "b"]);
});

test("with nobody active a revoke goes, and the survivor that it needs is active afterwards", () => {
	const end = proceed(dead(), revoke("c", 1), activated("b"), revoked("c"), commandDone);
	expect([activeId(end), ids(end)]).toEqual(["b", ["a", "b"]]);
	expect(dataOf(end, 1)).toEqual({ revoked: "c", active: end.context.rows[1] });
});

test("with nobody active signOutOthers answers unauthorized and sends nothing", () => {
	const end = proceed(dead(), signOutOthers(1));
	expect([end.state, end.effects]).toEqual(["idle", ["1: unauthorized"]]);
	expect(ids(end)).toEqual(["a", "b", "c"]);
});

test("with nobody active signOutAll goes", () => {
	expect(proceed(dead(), signOutAll(1)).effects).toEqual(["+ revokeRows all a,b,c"]);
});
