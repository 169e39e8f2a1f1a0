import { expect, test } from "vitest";
import {
	activated,
	activeId,
	commandDone,
	dataOf,
	errorOf,
	errors,
	ids,
	known,
	notRead,
	notSwitched,
	outcomes,
	proceed,
	read,
	refetch,
	revoke,
	revoked,
	rowFailed,
	setActive,
	signOutAll,
	signOutOthers,
} from "./play.js";

const lost = { unsure: true };
const unsureSwitch = () => proceed(known(), setActive("b", 1), notSwitched("b", "timeout", lost));
const unsureRevoke = () => proceed(known(), revoke("c", 1), rowFailed("c", "timeout", lost), commandDone);
const unsureOthers = () =>
	proceed(known(), signOutOthers(1), revoked("b"), rowFailed("c", "network", lost), commandDone);
const unsureAll = () => proceed(known(), signOutAll(1), rowFailed("", "timeout", lost), commandDone);

test.each([
	["a switch", unsureSwitch],
	["a revoke", unsureRevoke],
	["signOutOthers", unsureOthers],
	["signOutAll", unsureAll],
])("%s whose answer never came is looked up, and answers nothing before that", (_, moment) => {
	const now = moment();
	expect([now.state, now.effects.at(-1), now.answers]).toEqual(["loading", "+ readDevice fresh", []]);
	expect(now.context.command).not.toBeNull();
});

test("a switch that has taken effect is success", () => {
	const end = proceed(unsureSwitch(), read("b"));
	expect([end.state, activeId(end), errors(end).command]).toEqual(["idle", "b", null]);
	expect(dataOf(end, 1)).toBe(end.context.rows[1]);
});

test("a switch that has not taken effect answers what went wrong with it", () => {
	const end = proceed(unsureSwitch(), read("a"));
	expect([end.state, activeId(end), outcomes(end)]).toEqual(["idle", "a", { 1: "timeout" }]);
});

test("a switch whose account is gone by then is no success", () => {
	const end = proceed(unsureSwitch(), read("a", ["a", "c"]));
	expect([end.state, dataOf(end, 1)]).toEqual(["idle", null]);
});

test("a switch whose look-up fails as well answers its own error, the state holds both", () => {
	const end = proceed(unsureSwitch(), notRead("network"));
	expect([end.state, outcomes(end)]).toEqual(["idle", { 1: "timeout" }]);
	expect(errors(end)).toEqual({ read: "network", command: "timeout" });
	expect(activeId(end)).toBe("a");
});

test("the same target clicked during the look-up shares its answer", () => {
	expect(outcomes(proceed(unsureSwitch(), setActive("b", 2), read("b")))).toEqual({ 1: "ok", 2: "ok" });
});

test("another target clicked during the look-up waits for it, then goes", () => {
	const waiting = proceed(unsureSwitch(), setActive("c", 2));
	expect([waiting.state, waiting.effects]).toEqual(["loading", []]);
	const next = proceed(waiting, read("a"));
	expect([next.state, outcomes(next), next.effects.at(-1)]).toEqual(["switching", { 1: "timeout" }, "+ switchTo c"]);
	expect(activeId(proceed(next, activated("c")))).toBe("c");
});

test("a refetch during the look-up is made after it, with the command kept", () => {
	const asked = proceed(unsureSwitch(), refetch(2));
	expect(asked.effects).toEqual([]);
	const again = proceed(asked, read("b"));
	expect([again.state, outcomes(again)]).toEqual(["loading", { 1: "ok" }]);
	expect(outcomes(proceed(again, read("b")))).toEqual({ 1: "ok", 2: "ok" });
});

test("a revoke that has taken effect is success", () => {
	const end = proceed(unsureRevoke(), read("a", ["a", "b"]));
	expect([end.state, ids(end), errors(end).command]).toEqual(["idle", ["a", "b"], null]);
	expect(dataOf(end, 1)).toEqual({ revoked: "c", active: end.context.rows[0] });
});

test("a revoke that has not taken effect answers what went wrong with it", () => {
	const end = proceed(unsureRevoke(), read("a"));
	expect([end.state, ids(end), outcomes(end)]).toEqual(["idle", ["a", "b", "c"], { 1: "timeout" }]);
});

test("a revoke whose look-up fails as well answers its own error", () => {
	const end = proceed(unsureRevoke(), notRead("server"));
	expect([end.state, outcomes(end)]).toEqual(["idle", { 1: "timeout" }]);
	expect(errors(end)).toEqual({ read: "server", command: "timeout" });
});

test("signOutOthers answers by what the server then holds", () => {
	const gone = proceed(unsureOthers(), read("a", ["a"]));
	expect(dataOf(gone, 1)).toEqual({ revoked: ["b", "c"] });
	const left = proceed(unsureOthers(), read("a", ["a", "c"]));
	expect(errorOf(left, 1)).toMatchObject({ kind: "partial", revoked: ["b"], failed: [{ id: "c" }] });
});

test("signOutOthers whose look-up fails as well counts the unsure ones as not revoked", () => {
	const end = proceed(unsureOthers(), notRead());
	expect(errorOf(end, 1)).toMatchObject({ kind: "partial", revoked: ["b"], failed: [{ id: "c" }] });
});

test("signOutAll answers by what the server then holds", () => {
	const gone = proceed(unsureAll(), read(null, []));
	expect(dataOf(gone, 1)).toEqual({ revoked: ["a", "b", "c"] });
	expect(outcomes(proceed(unsureAll(), read("a")))).toEqual({ 1: "timeout" });
	expect(outcomes(proceed(unsureAll(), notRead()))).toEqual({ 1: "timeout" });
});

test("a survivor that was made active is kept when the revoke behind it is looked up", () => {
	const looking = proceed(known(), revoke("a", 1), activated("b"), rowFailed("a", "timeout", lost), commandDone);
	const end = proceed(looking, read("b", ["b", "c"]));
	expect([end.state, activeId(end), outcomes(end)]).toEqual(["idle", "b", { 1: "ok" }]);
});
