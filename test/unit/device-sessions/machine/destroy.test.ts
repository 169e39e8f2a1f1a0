import { expect, test } from "vitest";
import * as on from "./events.js";
import { activeId, errors, outcomes, play, proceed } from "./play.js";
import { known } from "./situations.js";

test("idle, it stops at once", () => {
	expect(play(on.destroy).effects).toEqual(["stopped"]);
	expect(proceed(known(), on.destroy).effects).toEqual(["- world", "stopped"]);
});

test("a check that is awaited is not waited for", () => {
	const end = proceed(known(), on.setActive("b", 1), on.activated("b"), on.destroy);
	expect([end.state, end.stopped, end.effects.at(-1)]).toEqual(["idle", true, "stopped"]);
});

test("a read that was sent finishes, then it stops", () => {
	const ending = proceed(known(), on.refetch(1), on.destroy);
	expect([ending.state, ending.stopped]).toEqual(["loading", false]);
	for (const event of [on.read("a"), on.notRead()]) {
		const end = proceed(ending, event);
		expect([end.state, end.stopped, end.effects.at(-1)]).toEqual(["idle", true, "stopped"]);
		expect(Object.keys(outcomes(end))).toEqual(["1"]);
	}
});

test("commands that wait for a read answer destroyed, the read itself finishes", () => {
	const ending = proceed(known(), on.setActive("?", 1), on.revoke("!", 2), on.destroy);
	expect([ending.state, outcomes(ending)]).toEqual(["loading", { 1: "destroyed", 2: "destroyed" }]);
	const end = proceed(ending, on.read("a"));
	expect([end.stopped, outcomes(end)]).toEqual([true, { 1: "destroyed", 2: "destroyed" }]);
});

test("a switch that was sent finishes, then it stops", () => {
	const ending = proceed(known(), on.setActive("b", 1), on.destroy);
	expect([ending.state, ending.stopped]).toEqual(["switching", false]);
	const end = proceed(ending, on.activated("b"));
	expect([end.state, activeId(end), outcomes(end)]).toEqual(["idle", "b", { 1: "ok" }]);
	expect(end.effects.filter((effect) => effect === "stopped")).toHaveLength(1);
	expect([end.stopped, end.effects.includes("world! signal")]).toEqual([true, true]);
});

test("a switch that was sent and failed answers its failure, then it stops", () => {
	const end = proceed(known(), on.setActive("b", 1), on.destroy, on.notDone("session-gone"));
	expect([end.state, end.stopped, outcomes(end)]).toEqual(["idle", true, { 1: "session-gone" }]);
});

test("a switch whose answer never came is still looked up, then it stops", () => {
	const looking = proceed(known(), on.setActive("b", 1), on.destroy, on.notDone("timeout", { unsure: true }));
	expect([looking.state, looking.stopped]).toEqual(["loading", false]);
	const end = proceed(looking, on.read("b"));
	expect([end.state, end.stopped, outcomes(end)]).toEqual(["idle", true, { 1: "ok" }]);
});

test("destroyed during a look-up, the command is settled by it", () => {
	const looking = proceed(known(), on.setActive("b", 1), on.notDone("timeout", { unsure: true }), on.destroy);
	expect([looking.state, looking.stopped]).toEqual(["loading", false]);
	expect(outcomes(proceed(looking, on.read("b")))).toEqual({ 1: "ok" });
	const blind = proceed(looking, on.notRead());
	expect([blind.stopped, outcomes(blind)]).toEqual([true, { 1: "timeout" }]);
});

test("commands that wait behind a switch answer destroyed at once, everybody who joined them too", () => {
	const ending = proceed(
		known(),
		on.setActive("b", 1),
		on.setActive("c", 2),
		on.setActive("c", 3),
		on.revoke("a", 4),
		on.destroy,
	);
	expect(outcomes(ending)).toEqual({ 2: "destroyed", 3: "destroyed", 4: "destroyed" });
	const end = proceed(ending, on.activated("b"));
	expect([end.state, end.stopped, outcomes(end)[1]]).toEqual(["idle", true, "ok"]);
});

test("a refetch that waits behind a switch answers destroyed, and nothing more is sent", () => {
	const ending = proceed(known(), on.setActive("b", 1), on.refetch(2), on.destroy);
	expect(outcomes(ending)).toEqual({ 2: "destroyed" });
	const end = proceed(ending, on.activated("b"));
	expect([end.state, end.stopped, outcomes(end)]).toEqual(["idle", true, { 1: "ok", 2: "destroyed" }]);
});

test("a revoke that was sent finishes, then it stops", () => {
	const ending = proceed(known(), on.revoke("a", 1), on.setActive("c", 2), on.destroy);
	expect([ending.state, outcomes(ending)]).toEqual(["revoking", { 2: "destroyed" }]);
	const end = proceed(ending, on.activated("b"), on.revoked("a"), on.commandDone);
	expect([end.state, end.stopped, outcomes(end)]).toEqual(["idle", true, { 1: "ok", 2: "destroyed" }]);
});

test("a refetch that waits behind a revoke answers destroyed, and nothing more is sent", () => {
	const end = proceed(known(), on.revoke("c", 1), on.refetch(2), on.destroy, on.revoked("c"), on.commandDone);
	expect([end.state, end.stopped, outcomes(end)]).toEqual(["idle", true, { 1: "ok", 2: "destroyed" }]);
});

test("a sign-out of the device that was sent finishes, then it stops", () => {
	const end = proceed(known(), on.signOutAll(1), on.destroy, on.signedOut());
	expect([end.state, end.stopped, outcomes(end)]).toEqual(["idle", true, { 1: "ok" }]);
});

test("a read that is owed is not made any more", () => {
	const end = proceed(known(), on.setActive("b", 1), on.seen("c"), on.destroy, on.activated("b"));
	expect([end.state, end.stopped]).toEqual(["idle", true]);
});

test("a switch that the server undid is not made again any more", () => {
	const end = proceed(
		known(),
		on.revoke("a", 1),
		on.activated("b"),
		on.destroy,
		on.seen("a"),
		on.revoked("a"),
		on.commandDone,
	);
	expect([end.stopped, end.answers.length]).toEqual([true, 1]);
	expect(end.context.queue).toEqual([]);
});

test("asleep, it stops as well", () => {
	expect(proceed(known(), on.sleep, on.destroy).effects).toEqual(["stopped"]);
});

test("destroyed never shows as an error", () => {
	expect(errors(proceed(known(), on.setActive("b", 1), on.setActive("c", 2), on.destroy))).toEqual({
		read: null,
		command: null,
	});
});
