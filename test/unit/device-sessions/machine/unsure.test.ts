import { expect, test } from "vitest";
import * as on from "./events.js";
import { activeId, dataOf, errorOf, errors, ids, outcomes, proceed } from "./play.js";
import { known } from "./situations.js";

const lost = { unsure: true };
const unsureSwitch = () => proceed(known(), on.setActive("b", 1), on.notDone("timeout", lost));
const unsureRevoke = () => proceed(known(), on.revoke("c", 1), on.rowFailed("c", "timeout", lost), on.commandDone);
const unsureOthers = () =>
	proceed(known(), on.signOutOthers(1), on.revoked("b"), on.rowFailed("c", "network", lost), on.commandDone);
const unsureAll = () => proceed(known(), on.signOutAll(1), on.notDone("timeout", lost));

test.each([
	["a switch", unsureSwitch],
	["a revoke", unsureRevoke],
	["signOutOthers", unsureOthers],
	["signOutAll", unsureAll],
])("%s whose answer never came is looked up, and answers nothing before that", (_, moment) => {
	const now = moment();
	expect([now.state, now.effects.at(-1), now.answers]).toEqual(["loading", "+ readDevice certain", []]);
	expect(now.context.command).not.toBeNull();
});

test("a switch that has taken effect is success", () => {
	const end = proceed(unsureSwitch(), on.read("b"));
	expect([end.state, activeId(end), errors(end).command]).toEqual(["idle", "b", null]);
	expect(dataOf(end, 1)).toBe(end.context.rows[1]);
});

test("a switch that has not taken effect answers what went wrong with it", () => {
	const end = proceed(unsureSwitch(), on.read("a"));
	expect([end.state, activeId(end), outcomes(end)]).toEqual(["idle", "a", { 1: "timeout" }]);
});

test("a switch whose account is gone by then is no success", () => {
	const end = proceed(unsureSwitch(), on.read("a", ["a", "c"]));
	expect([end.state, dataOf(end, 1)]).toEqual(["idle", null]);
});

test("a switch whose look-up fails as well answers its own error, the state holds both", () => {
	const end = proceed(unsureSwitch(), on.notRead("network"));
	expect([end.state, outcomes(end)]).toEqual(["idle", { 1: "timeout" }]);
	expect(errors(end)).toEqual({ read: "network", command: "timeout" });
	expect(activeId(end)).toBe("a");
});

test("the same target clicked during the look-up shares its answer", () => {
	expect(outcomes(proceed(unsureSwitch(), on.setActive("b", 2), on.read("b")))).toEqual({ 1: "ok", 2: "ok" });
});

test("another target clicked during the look-up waits for it, then goes", () => {
	const waiting = proceed(unsureSwitch(), on.setActive("c", 2));
	expect([waiting.state, waiting.effects]).toEqual(["loading", []]);
	const next = proceed(waiting, on.read("a"));
	expect([next.state, outcomes(next), next.effects.at(-1)]).toEqual(["switching", { 1: "timeout" }, "+ switchTo c"]);
	expect(activeId(proceed(next, on.activated("c")))).toBe("c");
});

test("a refetch during the look-up is made after it, with the command kept", () => {
	const asked = proceed(unsureSwitch(), on.refetch(2));
	expect(asked.effects).toEqual([]);
	const again = proceed(asked, on.read("b"));
	expect([again.state, outcomes(again)]).toEqual(["loading", { 1: "ok" }]);
	expect(outcomes(proceed(again, on.read("b")))).toEqual({ 1: "ok", 2: "ok" });
});

test("a revoke that has taken effect is success", () => {
	const end = proceed(unsureRevoke(), on.read("a", ["a", "b"]));
	expect([end.state, ids(end), errors(end).command]).toEqual(["idle", ["a", "b"], null]);
	expect(dataOf(end, 1)).toEqual({ revoked: "c", active: end.context.rows[0] });
});

test("a revoke that has not taken effect answers what went wrong with it", () => {
	const end = proceed(unsureRevoke(), on.read("a"));
	expect([end.state, ids(end), outcomes(end)]).toEqual(["idle", ["a", "b", "c"], { 1: "timeout" }]);
});

test("a revoke whose look-up fails as well answers its own error", () => {
	const end = proceed(unsureRevoke(), on.notRead("server"));
	expect([end.state, outcomes(end)]).toEqual(["idle", { 1: "timeout" }]);
	expect(errors(end)).toEqual({ read: "server", command: "timeout" });
});

test("signOutOthers answers by what the server then holds", () => {
	const gone = proceed(unsureOthers(), on.read("a", ["a"]));
	expect(dataOf(gone, 1)).toEqual({ revoked: ["b", "c"] });
	const left = proceed(unsureOthers(), on.read("a", ["a", "c"]));
	expect(errorOf(left, 1)).toMatchObject({ kind: "partial", revoked: ["b"], failed: [{ id: "c" }] });
});

test("signOutOthers whose look-up fails as well counts the unsure ones as not revoked", () => {
	const end = proceed(unsureOthers(), on.notRead());
	expect(errorOf(end, 1)).toMatchObject({ kind: "partial", revoked: ["b"], failed: [{ id: "c" }] });
});

test("signOutAll answers by what the server then holds", () => {
	const gone = proceed(unsureAll(), on.read(null, []));
	expect(dataOf(gone, 1)).toEqual({ revoked: ["a", "b", "c"] });
	expect(outcomes(proceed(unsureAll(), on.read("a")))).toEqual({ 1: "timeout" });
	expect(outcomes(proceed(unsureAll(), on.notRead()))).toEqual({ 1: "timeout" });
});

test("a survivor that was made active is kept when the revoke behind it is looked up", () => {
	const looking = proceed(
		known(),
		on.revoke("a", 1),
		on.activated("b"),
		on.rowFailed("a", "timeout", lost),
		on.commandDone,
	);
	const end = proceed(looking, on.read("b", ["b", "c"]));
	expect([end.state, activeId(end), outcomes(end)]).toEqual(["idle", "b", { 1: "ok" }]);
});
