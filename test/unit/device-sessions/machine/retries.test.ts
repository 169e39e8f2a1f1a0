import { expect, test } from "vitest";
import { initialContext } from "../../../../src/device-sessions/machine/context.js";
import { untilRetry } from "../../../../src/device-sessions/machine/timers.js";
import {
	activeId,
	deviceChanged,
	focused,
	hydrate,
	known,
	notRead,
	notYetRead,
	offline,
	online,
	outcomes,
	play,
	proceed,
	read,
	refetch,
	retryDue,
	revoke,
	setActive,
	sleep,
	wake,
} from "./play.js";

const retryAt = ({ context }: ReturnType<typeof play>) => context.retryAt;

test("the time of the next attempt is known while it is waited for, and no longer", () => {
	const failed = proceed(known(), deviceChanged, notYetRead("network", 5_000));
	expect([retryAt(failed), failed.context.attempt]).toEqual([5_000, 1]);
	const again = proceed(failed, retryDue);
	expect([again.state, retryAt(again)]).toEqual(["loading", null]);
	expect(proceed(again, notYetRead("network", 9_000)).context.attempt).toBe(2);
	expect(proceed(again, read("a")).context).toMatchObject({ retryAt: null, attempt: 0, readError: null });
	expect(proceed(again, notRead("forbidden")).context).toMatchObject({ retryAt: null, attempt: 0 });
});

test("a click does not wait for the next attempt", () => {
	const failed = proceed(known(), deviceChanged, notYetRead());
	expect(proceed(failed, refetch(1)).state).toBe("loading");
	expect(proceed(failed, setActive("b", 1)).effects).toContain("+ readDevice fresh");
});

test("offline nothing is read by itself: what was under way is broken off, and made again online", () => {
	const gone = proceed(known(), deviceChanged, offline);
	expect([gone.state, gone.effects, activeId(gone)]).toEqual(["idle", ["- readDevice"], "a"]);
	expect(proceed(gone, deviceChanged, focused()).state).toBe("idle");
	expect(proceed(gone, online).effects).toEqual(["+ readDevice fresh"]);
});

test("offline what would be tried again is not announced", () => {
	const failed = proceed(known(), deviceChanged, notYetRead(), offline);
	expect(retryAt(failed)).toBeNull();
	expect(proceed(known(), refetch(1), offline, notYetRead()).context).toMatchObject({ retryAt: null, owed: "fresh" });
});

test("a page that opens offline says so, with nothing sent, and reads once it is online", () => {
	const opened = play(wake(), offline);
	expect([opened.state, opened.context.readError?.kind, opened.context.isPending]).toEqual(["idle", "network", true]);
	expect(proceed(opened, online).state).toBe("loading");
	const rendered = play(hydrate("a"), wake(), offline);
	expect([rendered.context.readError, activeId(rendered)]).toEqual([null, "a"]);
});

test("asleep nothing is tried again; awake it is", () => {
	const slept = proceed(known(), deviceChanged, notYetRead(), sleep);
	expect([slept.state, retryAt(slept)]).toEqual(["idle", null]);
	expect(proceed(slept, wake(1_500)).state).toBe("loading");
});

test("a server that wants to be left alone is, by all that is not asked for", () => {
	const limited = proceed(known(), deviceChanged, notYetRead("rate-limited"));
	const held = proceed(limited, focused(), deviceChanged);
	expect([held.state, retryAt(held)]).toEqual(["idle", 5_000]);
	expect(proceed(held, retryDue).effects).toEqual(["+ readDevice fresh"]);
	expect(proceed(held, refetch(1)).state).toBe("loading");
});

test("news of another tab that come while a read is under way are read after it, once", () => {
	const outdated = proceed(known(), refetch(1), deviceChanged, deviceChanged, read("a"));
	expect([outdated.state, outdated.effects]).toEqual(["loading", ["- readDevice", "remember a", "+ readDevice fresh"]]);
	expect(outcomes(outdated)).toEqual({});
	const after = proceed(outdated, read("b"));
	expect([after.state, activeId(after), outcomes(after)]).toEqual(["idle", "b", { 1: "ok" }]);
});

test("a command that waits for that read is decided by the one after", () => {
	const outdated = proceed(known(), deviceChanged, revoke("b", 1), deviceChanged, read("a"));
	expect(outdated.state).toBe("loading");
	expect(proceed(outdated, read("b")).effects.at(-1)).toBe("+ revokeRows one b");
});

test("coming back a moment after a read is no reason for another one", () => {
	expect(proceed(known(), focused(1_999)).state).toBe("idle");
	expect(proceed(known(), focused(2_000)).state).toBe("loading");
});

test("a wait ends at its time, and never where nobody looks or the network is away", () => {
	const context = { ...initialContext, awake: true, retryAt: 5_000 };
	expect([untilRetry(context, 2_000), untilRetry(context, 6_000)]).toEqual([3_000, 0]);
	for (const change of [{ awake: false }, { online: false }, { retryAt: null }])
		expect(untilRetry({ ...context, ...change }, 2_000)).toBe(Number.POSITIVE_INFINITY);
});
