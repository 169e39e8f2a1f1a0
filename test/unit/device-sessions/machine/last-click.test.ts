import { expect, test } from "vitest";
import { row } from "./data.js";
import * as on from "./events.js";
import { activeId, dataOf, errors, outcomes, proceed } from "./play.js";
import { dead, known, unlisted } from "./situations.js";

const switching = () => proceed(known(), on.setActive("b", 1));

test("a switch while another is in flight waits, and goes when that has answered", () => {
	const waiting = proceed(switching(), on.setActive("c", 2));
	expect([waiting.state, waiting.effects]).toEqual(["switching", []]);
	const next = proceed(waiting, on.activated("b"));
	expect(outcomes(next)).toEqual({ 1: "ok" });
	expect([next.state, activeId(next), next.effects.at(-1)]).toEqual(["switching", "b", "+ switchTo c"]);
	expect(outcomes(proceed(next, on.activated("c")))).toEqual({ 1: "ok", 2: "ok" });
});

test("a newer switch replaces the one that waits, which answers superseded", () => {
	const replaced = proceed(switching(), on.setActive("c", 2), on.setActive("a", 3));
	expect(outcomes(replaced)).toEqual({ 2: "superseded" });
	const next = proceed(replaced, on.activated("b"));
	expect(next.effects.at(-1)).toBe("+ switchTo a");
	expect(outcomes(proceed(next, on.activated("a")))).toEqual({ 1: "ok", 2: "superseded", 3: "ok" });
});

test("what was superseded does not show as an error", () => {
	expect(errors(proceed(switching(), on.setActive("c", 2), on.setActive("a", 3)))).toEqual({
		read: null,
		command: null,
	});
});

test("the target that waits, clicked again, joins: one request, the same row for all", () => {
	const end = proceed(switching(), on.setActive("c", 2), on.setActive("c", 3), on.activated("b"), on.activated("c"));
	expect(outcomes(end)).toEqual({ 1: "ok", 2: "ok", 3: "ok" });
	expect(dataOf(end, 2)).toBe(dataOf(end, 3));
	expect(end.state).toBe("idle");
});

test("everybody who joined a waiting switch is superseded with it", () => {
	const replaced = proceed(switching(), on.setActive("c", 2), on.setActive("c", 3), on.setActive("a", 4));
	expect(outcomes(replaced)).toEqual({ 2: "superseded", 3: "superseded" });
});

test("the target in flight, clicked again, joins it", () => {
	const end = proceed(switching(), on.setActive("b", 2), on.activated("b"));
	expect(outcomes(end)).toEqual({ 1: "ok", 2: "ok" });
	expect(dataOf(end, 1)).toBe(end.context.rows[1]);
	expect(end.state).toBe("idle");
});

test("the target in flight, clicked again, supersedes what waits", () => {
	const back = proceed(switching(), on.setActive("c", 2), on.setActive("b", 3));
	expect(outcomes(back)).toEqual({ 2: "superseded" });
	const end = proceed(back, on.activated("b"));
	expect([end.state, activeId(end)]).toEqual(["idle", "b"]);
	expect(outcomes(end)).toEqual({ 1: "ok", 2: "superseded", 3: "ok" });
});

test("a click back on the account that is being left leads back to it", () => {
	const next = proceed(switching(), on.setActive("a", 2), on.activated("b"));
	expect([next.state, next.effects.at(-1)]).toEqual(["switching", "+ switchTo a"]);
	const end = proceed(next, on.activated("a"));
	expect([end.state, activeId(end)]).toEqual(["idle", "a"]);
});

test("where the switch in flight fails, the one that waits goes all the same", () => {
	const next = proceed(switching(), on.setActive("c", 2), on.notDone("rate-limited"));
	expect(outcomes(next)).toEqual({ 1: "rate-limited" });
	expect([next.state, next.effects.at(-1)]).toEqual(["switching", "+ switchTo c"]);
});

test("where the switch in flight fails, a click back on the account that stayed is confirmed", () => {
	const end = proceed(switching(), on.setActive("a", 2, { at: 1500 }), on.notDone("rejected"));
	expect(outcomes(end)).toEqual({ 1: "rejected", 2: "ok" });
	expect([end.state, activeId(end)]).toEqual(["idle", "a"]);
});

test("a switch to an unknown row is superseded as well, and its read is given up", () => {
	const next = proceed(known(), on.setActive("?", 1), on.setActive("b", 2));
	expect([next.state, next.effects]).toEqual(["switching", ["1: superseded", "- readDevice", "+ switchTo b"]]);
});

// The read that is put back is due again (`dueAtOnce` in `loading`), also where only the superseded command wanted it.
test.fails("a read that only a superseded switch wanted is not made after the newer one", () => {
	const next = proceed(known(), on.setActive("?", 1), on.setActive("b", 2));
	expect(proceed(next, on.activated("b")).state).toBe("idle");
});

test("a switch that waits for a revoke is replaced as well", () => {
	const replaced = proceed(known(), on.revoke("c", 1), on.setActive("b", 2), on.setActive("a", 3));
	expect(outcomes(replaced)).toEqual({ 2: "superseded" });
});

test("a switch clicked during a revoke goes after it", () => {
	const next = proceed(
		dead(),
		on.revoke("c", 1),
		on.setActive("b", 2),
		on.activated("a"),
		on.revoked("c"),
		on.commandDone,
	);
	expect(outcomes(next)).toEqual({ 1: "ok" });
	expect([next.state, next.effects.at(-1)]).toEqual(["switching", "+ switchTo b"]);
});

test("clicked again with leaveUnlisted, a switch that waits has leave to do so", () => {
	const looked = (...others: string[]) => on.read("x", [...others, row("x", { listed: false })]);
	const asked = proceed(
		unlisted(),
		on.revoke("b", 1),
		on.setActive("a", 2),
		on.setActive("a", 3, { leaveUnlisted: true }),
	);
	const next = proceed(asked, looked("a", "b"), on.revoked("b"), on.commandDone, looked("a"));
	expect([next.state, next.effects.at(-1)]).toEqual(["switching", "+ switchTo a leaving x"]);
});
