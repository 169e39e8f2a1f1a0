import { expect, test } from "vitest";
import { project } from "../../../../src/device-sessions/store/project.js";
import * as on from "./events.js";
import { activeId, outcomes, play, proceed } from "./play.js";
import { known } from "./situations.js";

const retryAt = (played: ReturnType<typeof play>) => project(played.snapshot).retryAt;
const at = (ms: number) => on.epoch + ms;

test("the time of the next attempt is known while it is waited for, and no longer", () => {
	const failed = proceed(known(), on.moved(), on.notYetRead("network", 65_000));
	expect([failed.state, retryAt(failed), failed.context.attempt]).toEqual(["idle", at(65_000), 1]);
	const again = proceed(failed, on.readDue);
	expect([again.state, retryAt(again)]).toEqual(["loading", null]);
	expect(proceed(again, on.notYetRead("network", 69_000)).context.attempt).toBe(2);
	const read = proceed(again, on.read("a"));
	expect(read.context).toMatchObject({ attempt: 0, pausedUntil: Number.NEGATIVE_INFINITY, readError: null });
});

test("a read that would do no better is not made again by itself; what gives occasion to it waits for the pause", () => {
	const failed = proceed(known(), on.moved(), on.notYetRead("forbidden", 65_000, false));
	expect([failed.state, failed.context.dueAt, retryAt(failed)]).toEqual(["idle", null, null]);
	const focused = proceed(failed, on.focused(61_000), on.moved("v3", 62_000), on.online(63_000));
	expect([focused.state, focused.context.dueAt, retryAt(focused)]).toEqual(["idle", 65_000, at(65_000)]);
	expect(proceed(focused, on.readDue).state).toBe("loading");
});

test("a click does not wait for the next attempt", () => {
	const failed = proceed(known(), on.moved(), on.notYetRead("network", 65_000));
	expect(proceed(failed, on.refetch(1)).state).toBe("loading");
	expect(proceed(failed, on.knowing("v2", on.setActive("b", 1))).effects).toContain("+ readDevice fresh");
});

test("offline nothing is read by itself: what was under way is broken off, and made again online", () => {
	const gone = proceed(known(), on.moved(), on.offline);
	expect([gone.state, gone.effects, activeId(gone)]).toEqual(["idle", ["- readDevice"], "a"]);
	expect(proceed(gone, on.moved("v3"), on.focused()).state).toBe("idle");
	expect(proceed(gone, on.online()).effects).toEqual(["+ readDevice settled"]);
});

test("offline what would be tried again is not announced", () => {
	const failed = proceed(known(), on.moved(), on.notYetRead("network", 65_000), on.offline);
	expect(retryAt(failed)).toBeNull();
	const asked = proceed(known(), on.refetch(1), on.offline, on.notYetRead("network", 65_000));
	expect([retryAt(asked), asked.context.dueAt]).toEqual([null, 65_000]);
});

test("a page that opens offline says so, with nothing sent, and reads once it is online", () => {
	const opened = play(on.wake(), on.offline);
	expect([opened.state, opened.context.readError?.kind, opened.context.isPending]).toEqual(["idle", "network", true]);
	expect(proceed(opened, on.online()).state).toBe("loading");
	const rendered = play(on.hydrate("a"), on.wake(), on.offline);
	expect([rendered.context.readError, activeId(rendered)]).toEqual([null, "a"]);
});

test("asleep nothing is tried again; awake it is, after the same pause", () => {
	const slept = proceed(known(), on.moved(), on.notYetRead("network", 65_000), on.sleep);
	expect([slept.state, retryAt(slept)]).toEqual(["idle", null]);
	const awake = proceed(slept, on.wake(61_000));
	expect([awake.state, retryAt(awake)]).toEqual(["idle", at(65_000)]);
	expect(proceed(awake, on.readDue).state).toBe("loading");
});

test("the network comes back: the pause of before is kept", () => {
	const back = proceed(known(), on.moved(), on.notYetRead("rate-limited", 65_000), on.offline, on.online(61_000));
	expect([back.state, retryAt(back)]).toEqual(["idle", at(65_000)]);
});

test("a server that wants to be left alone is, by all that is not asked for", () => {
	const limited = proceed(known(), on.moved(), on.notYetRead("rate-limited", 65_000));
	const held = proceed(limited, on.focused(), on.moved("v3"));
	expect([held.state, retryAt(held)]).toEqual(["idle", at(65_000)]);
	expect(proceed(held, on.readDue).effects).toEqual(["+ readDevice settled"]);
	expect(proceed(held, on.refetch(1)).state).toBe("loading");
});

test("news of another tab that come while a read is under way are read after it, once", () => {
	const outdated = proceed(known(), on.refetch(1), on.moved("v2"), on.moved("v3"), on.read("a"));
	expect([outdated.state, outdated.effects, outdated.context.dueAt]).toEqual([
		"idle",
		["- readDevice", "read.due", "1: ok"],
		61_000,
	]);
	const after = proceed(outdated, on.readDue, on.readAt("v3", "b"));
	expect([after.state, activeId(after), outcomes(after)]).toEqual(["idle", "b", { 1: "ok" }]);
});

test("a command that waits for that read is decided by the one after", () => {
	const revoke = on.knowing("v2", on.revoke("b", 1));
	const outdated = proceed(known(), on.moved("v2"), revoke, on.moved("v3"), on.readAt("v2", "a"));
	expect(outdated.state).toBe("loading");
	expect(proceed(outdated, on.readAt("v3", "b")).effects.at(-1)).toBe("+ revokeRows one b");
});

test("coming back a moment after a read is no reason for another one", () => {
	expect(proceed(known(), on.focused(1_999)).state).toBe("idle");
	expect(proceed(known(), on.focused(2_000)).state).toBe("loading");
});
