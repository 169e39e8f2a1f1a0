import { describe, expect, test } from "vitest";
import { untilExpiry } from "../../../../src/device-sessions/machine/timers.js";
import * as on from "./events.js";
import { play, proceed } from "./play.js";
import { known } from "./situations.js";

const signingIn = { from: "a", until: 660_000 };
const stopped = proceed(known(), on.began(5, "change", "v2"), on.stopped(5, "v3"));
/** A read of a device where a sign-in is half-way. */
const readHalfWay = (version = "v3") => on.read(null, ["a", "b", "c"], 61_000, { version, signingIn });
const actives = ({ context }: ReturnType<typeof known>) =>
	context.rows.filter(({ active }) => active).map(({ id }) => id);

describe("a sign-in that stops half-way", () => {
	test("is known at once, and nobody is active; a read follows", () => {
		expect(stopped.context.signingIn).toEqual(signingIn);
		expect(actives(stopped)).toEqual([]);
		expect(stopped.context.dueAt).toBe(60_025);
	});

	test("ends the check of a switch before it, which would be made again", () => {
		const switched = proceed(known(), on.setActive("b", 1), on.activated("b"));
		const page = proceed(switched, on.began(5, "change", "v2"), on.stopped(5, "v3", "b"), on.seen(null));
		expect([page.state, page.context.check, page.context.queue]).toEqual(["idle", null, []]);
	});

	test("ends it in another tab as well, which reads of it", () => {
		const switched = proceed(known(), on.setActive("b", 1), on.activated("b"), on.moved("v3"));
		const page = proceed(switched, readHalfWay());
		expect([page.state, page.context.check, page.context.queue]).toEqual(["idle", null, []]);
		expect(page.context.signingIn).toEqual(signingIn);
	});

	test("is known from a read, as long as reads say so", () => {
		const again = proceed(stopped, on.readDue, readHalfWay());
		expect(again.context.signingIn).toEqual(signingIn);
		const over = proceed(again, on.refetch(1), on.readAt("v3", "b"));
		expect([over.context.signingIn, actives(over)]).toEqual([null, ["b"]]);
	});

	test("is read of when it is given up", () => {
		expect(untilExpiry(stopped.context, 70_000, 70_000)).toBe(590_000);
		expect(untilExpiry(stopped.context, 660_000, 660_000)).not.toBe(0);
		const over = proceed(stopped, on.readDue, readHalfWay(), on.expired);
		expect(over.state).toBe("loading");
	});

	test.each([
		["a switch", on.knowing("v3", on.setActive("b", 1)), on.activated("b")],
		["the sign-out of all", on.signOutAll(1), on.signedOut()],
	])("ends with %s", (_, command, outcome) => {
		const page = proceed(stopped, on.readDue, readHalfWay(), command, outcome);
		expect(page.context.signingIn).toBeNull();
	});

	test("ends without anybody active, which a read tells the page", () => {
		const page = proceed(stopped, on.readDue, readHalfWay(), on.signInOver("v4"));
		expect(page.context).toMatchObject({ signingIn: null, version: "v4" });
		expect([page.state, page.context.dueAt]).toEqual(["idle", 62_000]);
	});
});

test("cancelSignIn is a switch, under its own name", () => {
	const read = proceed(stopped, on.readDue, readHalfWay());
	const page = proceed(read, on.knowing("v3", on.cancelSignIn("a", 7)));
	expect([page.state, page.effects]).toEqual(["switching", ["+ switchTo a"]]);
	const gone = proceed(read, on.knowing("v3", on.cancelSignIn("x", 7)), on.readAt("v3", null));
	expect(gone.answers.at(-1)).toMatchObject({
		result: { error: { kind: "unknown-session", operation: "cancelSignIn" } },
	});
});

test("accounts that have ended are what the last read says, the same list where nothing has changed", () => {
	const dan = { id: "user-d", name: "Dan", email: null, image: null, endedAt: 1 };
	const read = (ended: readonly (typeof dan)[]) => on.read("a", ["a"], 1_000, { ended });
	const one = proceed(play(on.wake()), read([dan]));
	expect(one.context.ended).toEqual([dan]);
	expect([one.context.ended, one.context.ended[0]].every(Object.isFrozen)).toBe(true);
	const same = proceed(one, on.refetch(1), read([{ ...dan }]));
	expect(same.context.ended).toBe(one.context.ended);
	expect(proceed(same, on.refetch(1), on.read("a", ["a"])).context.ended).toBe(one.context.ended);
	expect(proceed(same, on.forgotten([])).context.ended).toEqual([]);
	expect(proceed(same, on.signOutAll(1), on.signedOut()).context.ended).toEqual([]);
});

test("a row says when it was last active: what a read or a switch brings along", () => {
	const at = (id: string, lastActiveAt: number | null) => ({ ...on.activated(id).row, lastActiveAt });
	const read = proceed(play(on.wake()), on.read("a", [at("a", 10), at("b", 5), at("c", null)]));
	const times = (page: typeof read) => page.context.rows.map(({ lastActiveAt }) => lastActiveAt);
	expect(times(read)).toEqual([10, 5, null]);
	const again = proceed(read, on.refetch(1), on.read("a", [at("a", 10), at("b", 5), at("c", null)], 60_000));
	expect(again.context.rows).toBe(read.context.rows);
	// A read that says nothing of it changes nothing.
	expect(proceed(again, on.refetch(1), on.read("a")).context.rows).toBe(read.context.rows);
	const switched = proceed(again, on.setActive("c", 2), { ...on.activated("c"), row: at("c", 20) });
	expect(times(switched)).toEqual([20, 5, 20]);
	expect(switched.context.rows[1]).toBe(read.context.rows[1]);
});
