import { expect, test } from "vitest";
import {
	activated,
	activeId,
	commandDone,
	dataOf,
	dead,
	errors,
	known,
	notSwitched,
	outcomes,
	proceed,
	revoke,
	revoked,
	setActive,
	unlisted,
} from "./play.js";

const switching = () => proceed(known(), setActive("b", 1));

test("a switch while another is in flight waits, and goes when that has answered", () => {
	const waiting = proceed(switching(), setActive("c", 2));
	expect([waiting.state, waiting.effects]).toEqual(["switching", []]);
	const next = proceed(waiting, activated("b"));
	expect(outcomes(next)).toEqual({ 1: "ok" });
	expect([next.state, activeId(next), next.effects.at(-1)]).toEqual(["switching", "b", "+ switchTo c"]);
	expect(outcomes(proceed(next, activated("c")))).toEqual({ 1: "ok", 2: "ok" });
});

test("a newer switch replaces the one that waits, which answers superseded", () => {
	const replaced = proceed(switching(), setActive("c", 2), setActive("a", 3));
	expect(outcomes(replaced)).toEqual({ 2: "superseded" });
	const next = proceed(replaced, activated("b"));
	expect(next.effects.at(-1)).toBe("+ switchTo a");
	expect(outcomes(proceed(next, activated("a")))).toEqual({ 1: "ok", 2: "superseded", 3: "ok" });
});

test("what was superseded does not show as an error", () => {
	expect(errors(proceed(switching(), setActive("c", 2), setActive("a", 3)))).toEqual({ read: null, command: null });
});

test("the target that waits, clicked again, joins: one request, the same row for all", () => {
	const end = proceed(switching(), setActive("c", 2), setActive("c", 3), activated("b"), activated("c"));
	expect(outcomes(end)).toEqual({ 1: "ok", 2: "ok", 3: "ok" });
	expect(dataOf(end, 2)).toBe(dataOf(end, 3));
	expect(end.state).toBe("idle");
});

test("everybody who joined a waiting switch is superseded with it", () => {
	const replaced = proceed(switching(), setActive("c", 2), setActive("c", 3), setActive("a", 4));
	expect(outcomes(replaced)).toEqual({ 2: "superseded", 3: "superseded" });
});

test("the target in flight, clicked again, joins it", () => {
	const end = proceed(switching(), setActive("b", 2), activated("b"));
	expect(outcomes(end)).toEqual({ 1: "ok", 2: "ok" });
	expect(dataOf(end, 1)).toBe(end.context.rows[1]);
	expect(end.state).toBe("idle");
});

test("the target in flight, clicked again, supersedes what waits", () => {
	const back = proceed(switching(), setActive("c", 2), setActive("b", 3));
	expect(outcomes(back)).toEqual({ 2: "superseded" });
	const end = proceed(back, activated("b"));
	expect([end.state, activeId(end)]).toEqual(["idle", "b"]);
	expect(outcomes(end)).toEqual({ 1: "ok", 2: "superseded", 3: "ok" });
});

test("a click back on the account that is being left leads back to it", () => {
	const next = proceed(switching(), setActive("a", 2), activated("b"));
	expect([next.state, next.effects.at(-1)]).toEqual(["switching", "+ switchTo a"]);
	const end = proceed(next, activated("a"));
	expect([end.state, activeId(end)]).toEqual(["idle", "a"]);
});

test("where the switch in flight fails, the one that waits goes all the same", () => {
	const next = proceed(switching(), setActive("c", 2), notSwitched("b", "rate-limited"));
	expect(outcomes(next)).toEqual({ 1: "rate-limited" });
	expect([next.state, next.effects.at(-1)]).toEqual(["switching", "+ switchTo c"]);
});

test("where the switch in flight fails, a click back on the account that stayed is confirmed", () => {
	const end = proceed(switching(), setActive("a", 2, { at: 1500 }), notSwitched("b", "rejected"));
	expect(outcomes(end)).toEqual({ 1: "rejected", 2: "ok" });
	expect([end.state, activeId(end)]).toEqual(["idle", "a"]);
});

test("a switch to an unknown row is superseded as well, and its read is given up", () => {
	const next = proceed(known(), setActive("?", 1), setActive("b", 2));
	expect([next.state, next.effects]).toEqual(["switching", ["1: superseded", "- readDevice", "+ switchTo b"]]);
	expect(proceed(next, activated("b")).state).toBe("idle");
});

test("a switch that waits for a revoke is replaced as well", () => {
	const replaced = proceed(known(), revoke("c", 1), setActive("b", 2), setActive("a", 3));
	expect(outcomes(replaced)).toEqual({ 2: "superseded" });
});

test("a switch clicked during a revoke goes after it", () => {
	const next = proceed(dead(), revoke("c", 1), setActive("b", 2), activated("a"), revoked("c"), commandDone);
	expect(outcomes(next)).toEqual({ 1: "ok" });
	expect([next.state, next.effects.at(-1)]).toEqual(["switching", "+ switchTo b"]);
});

test("clicked again with leaveUnlisted, a switch that waits has leave to do so", () => {
	const asked = proceed(unlisted(), revoke("b", 1), setActive("a", 2), setActive("a", 3, { leaveUnlisted: true }));
	const next = proceed(asked, revoked("b"), commandDone);
	expect([next.state, next.effects.at(-1)]).toEqual(["switching", "+ switchTo a leaving x"]);
});
