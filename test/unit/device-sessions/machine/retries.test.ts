import { expect, test } from "vitest";
import { initialContext } from "../../../../src/device-sessions/machine/context.js";
import { untilRetry } from "../../../../src/device-sessions/machine/timers.js";
import * as on from "./events.js";
import { activeId, outcomes, play, proceed } from "./play.js";
import { known } from "./situations.js";

const retryAt = ({ context }: ReturnType<typeof play>) => context.retryAt;

test("the time of the next attempt is known while it is waited for, and no longer", () => {
	const failed = proceed(known(), on.moved(), on.notYetRead("network", 5_000));
	expect([retryAt(failed), failed.context.attempt]).toEqual([5_000, 1]);
	const again = proceed(failed, on.retryDue);
	expect([again.state, retryAt(again)]).toEqual(["loading", null]);
	expect(proceed(again, on.notYetRead("network", 9_000)).context.attempt).toBe(2);
	expect(proceed(again, on.read("a")).context).toMatchObject({ retryAt: null, attempt: 0, readError: null });
	expect(proceed(again, on.notRead("forbidden")).context).toMatchObject({ retryAt: null, attempt: 0 });
});

test("a click does not wait for the next attempt", () => {
	const failed = proceed(known(), on.moved(), on.notYetRead());
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
	const failed = proceed(known(), on.moved(), on.notYetRead(), on.offline);
	expect(retryAt(failed)).toBeNull();
	expect(proceed(known(), on.refetch(1), on.offline, on.notYetRead()).context).toMatchObject({
		retryAt: null,
		dueAt: 0,
	});
});

test("a page that opens offline says so, with nothing sent, and reads once it is online", () => {
	const opened = play(on.wake(), on.offline);
	expect([opened.state, opened.context.readError?.kind, opened.context.isPending]).toEqual(["idle", "network", true]);
	expect(proceed(opened, on.online()).state).toBe("loading");
	const rendered = play(on.hydrate("a"), on.wake(), on.offline);
	expect([rendered.context.readError, activeId(rendered)]).toEqual([null, "a"]);
});

test("asleep nothing is tried again; awake it is", () => {
	const slept = proceed(known(), on.moved(), on.notYetRead(), on.sleep);
	expect([slept.state, retryAt(slept)]).toEqual(["idle", null]);
	expect(proceed(slept, on.wake(1_500)).state).toBe("loading");
});

test("a server that wants to be left alone is, by all that is not asked for", () => {
	const limited = proceed(known(), on.moved(), on.notYetRead("rate-limited"));
	const held = proceed(limited, on.focused(), on.moved("v3"));
	expect([held.state, retryAt(held)]).toEqual(["idle", 5_000]);
	expect(proceed(held, on.retryDue).effects).toEqual(["+ readDevice settled"]);
	expect(proceed(held, on.refetch(1)).state).toBe("loading");
});

test("news of another tab that come while a read is under way are read after it, once", () => {
	const outdated = proceed(known(), on.refetch(1), on.moved("v2"), on.moved("v3"), on.read("a"));
	expect([outdated.state, outdated.effects]).toEqual(["loading", ["- readDevice", "1: ok", "+ readDevice settled"]]);
	const after = proceed(outdated, on.readAt("v3", "b"));
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

test("a wait ends at its time, and never where nobody looks or the network is away", () => {
	const context = { ...initialContext, awake: true, retryAt: 5_000 };
	expect([untilRetry(context, 2_000), untilRetry(context, 6_000)]).toEqual([3_000, 0]);
	for (const change of [{ awake: false }, { online: false }, { retryAt: null }])
		expect(untilRetry({ ...context, ...change }, 2_000)).toBe(Number.POSITIVE_INFINITY);
});
