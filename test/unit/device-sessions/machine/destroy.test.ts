import { expect, test } from "vitest";
import {
	activated,
	activeId,
	commandDone,
	destroy,
	errors,
	known,
	notRead,
	notSwitched,
	outcomes,
	play,
	proceed,
	read,
	refetch,
	revoke,
	revoked,
	seen,
	setActive,
	signedOut,
	signOutAll,
	sleep,
} from "./play.js";

test("idle, it stops at once", () => {
	expect(play(destroy).effects).toEqual(["stopped"]);
	expect(proceed(known(), destroy).effects).toEqual(["- world", "stopped"]);
});

test("a check that is awaited is not waited for", () => {
	const end = proceed(known(), setActive("b", 1), activated("b"), destroy);
	expect([end.state, end.stopped, end.effects.at(-1)]).toEqual(["idle", true, "stopped"]);
});

test("a read that was sent finishes, then it stops", () => {
	const ending = proceed(known(), refetch(1), destroy);
	expect([ending.state, ending.stopped]).toEqual(["loading", false]);
	for (const event of [read("a"), notRead()]) {
		const end = proceed(ending, event);
		expect([end.state, end.stopped, end.effects.at(-1)]).toEqual(["idle", true, "stopped"]);
		expect(Object.keys(outcomes(end))).toEqual(["1"]);
	}
});

test("commands that wait for a read answer destroyed, the read itself finishes", () => {
	const ending = proceed(known(), setActive("?", 1), revoke("!", 2), destroy);
	expect([ending.state, outcomes(ending)]).toEqual(["loading", { 1: "destroyed", 2: "destroyed" }]);
	const end = proceed(ending, read("a"));
	expect([end.stopped, outcomes(end)]).toEqual([true, { 1: "destroyed", 2: "destroyed" }]);
});

test("a switch that was sent finishes, then it stops", () => {
	const ending = proceed(known(), setActive("b", 1), destroy);
	expect([ending.state, ending.stopped]).toEqual(["switching", false]);
	const end = proceed(ending, activated("b"));
	expect([end.state, activeId(end), outcomes(end)]).toEqual(["idle", "b", { 1: "ok" }]);
	expect(end.effects.filter((effect) => effect === "stopped")).toHaveLength(1);
	expect([end.stopped, end.effects.includes("world! signal")]).toEqual([true, true]);
});

test("a switch that was sent and failed answers its failure, then it stops", () => {
	const end = proceed(known(), setActive("b", 1), destroy, notSwitched("b", "session-gone"));
	expect([end.state, end.stopped, outcomes(end)]).toEqual(["idle", true, { 1: "session-gone" }]);
});

test("a switch whose answer never came is still looked up, then it stops", () => {
	const looking = proceed(known(), setActive("b", 1), destroy, notSwitched("b", "timeout", { unsure: true }));
	expect([looking.state, looking.stopped]).toEqual(["loading", false]);
	const end = proceed(looking, read("b"));
	expect([end.state, end.stopped, outcomes(end)]).toEqual(["idle", true, { 1: "ok" }]);
});

test("destroyed during a look-up, the command is settled by it", () => {
	const looking = proceed(known(), setActive("b", 1), notSwitched("b", "timeout", { unsure: true }), destroy);
	expect([looking.state, looking.stopped]).toEqual(["loading", false]);
	expect(outcomes(proceed(looking, read("b")))).toEqual({ 1: "ok" });
	const blind = proceed(looking, notRead());
	expect([blind.stopped, outcomes(blind)]).toEqual([true, { 1: "timeout" }]);
});

test("commands that wait behind a switch answer destroyed at once, everybody who joined them too", () => {
	const ending = proceed(known(), setActive("b", 1), setActive("c", 2), setActive("c", 3), revoke("a", 4), destroy);
	expect(outcomes(ending)).toEqual({ 2: "destroyed", 3: "destroyed", 4: "destroyed" });
	const end = proceed(ending, activated("b"));
	expect([end.state, end.stopped, outcomes(end)[1]]).toEqual(["idle", true, "ok"]);
});

test("a refetch that waits behind a switch answers destroyed, and nothing more is sent", () => {
	const ending = proceed(known(), setActive("b", 1), refetch(2), destroy);
	expect(outcomes(ending)).toEqual({ 2: "destroyed" });
	const end = proceed(ending, activated("b"));
	expect([end.state, end.stopped, outcomes(end)]).toEqual(["idle", true, { 1: "ok", 2: "destroyed" }]);
});

test("a revoke that was sent finishes, then it stops", () => {
	const ending = proceed(known(), revoke("a", 1), setActive("c", 2), destroy);
	expect([ending.state, outcomes(ending)]).toEqual(["revoking", { 2: "destroyed" }]);
	const end = proceed(ending, activated("b"), revoked("a"), commandDone);
	expect([end.state, end.stopped, outcomes(end)]).toEqual(["idle", true, { 1: "ok", 2: "destroyed" }]);
});

test("a refetch that waits behind a revoke answers destroyed, and nothing more is sent", () => {
	const end = proceed(known(), revoke("c", 1), refetch(2), destroy, revoked("c"), commandDone);
	expect([end.state, end.stopped, outcomes(end)]).toEqual(["idle", true, { 1: "ok", 2: "destroyed" }]);
});

test("a sign-out of the device that was sent finishes, then it stops", () => {
	const end = proceed(known(), signOutAll(1), destroy, signedOut());
	expect([end.state, end.stopped, outcomes(end)]).toEqual(["idle", true, { 1: "ok" }]);
});

test("a read that is owed is not made any more", () => {
	const end = proceed(known(), setActive("b", 1), seen("c"), destroy, activated("b"));
	expect([end.state, end.stopped]).toEqual(["idle", true]);
});

test("a switch that the server undid is not made again any more", () => {
	const end = proceed(known(), revoke("a", 1), activated("b"), destroy, seen("a"), revoked("a"), commandDone);
	expect([end.stopped, end.answers.length]).toEqual([true, 1]);
	expect(end.context.queue).toEqual([]);
});

test("asleep, it stops as well", () => {
	expect(proceed(known(), sleep, destroy).effects).toEqual(["stopped"]);
});

test("destroyed never shows as an error", () => {
	expect(errors(proceed(known(), setActive("b", 1), setActive("c", 2), destroy))).toEqual({
		read: null,
		command: null,
	});
});
