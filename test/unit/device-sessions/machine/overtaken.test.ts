import { describe, expect, test } from "vitest";
import type { Reading } from "../../../../src/device-sessions/events.js";
import { switchInput } from "../../../../src/device-sessions/machine/job.js";
import { isNews } from "../../../../src/device-sessions/machine/readings.js";
import { reading, version } from "./data.js";
import * as on from "./events.js";
import { activeId, outcomes, play, proceed } from "./play.js";
import { dead, known } from "./situations.js";

describe("a command that other tabs overtake", () => {
	const doubtful = () => proceed(known(), on.doubted(), on.setActive("b", 1));

	test("is decided anew three times, then it goes, though the version has moved since", () => {
		const once = proceed(doubtful(), on.moved("v2"), on.read("a"));
		const twice = proceed(once, on.moved("v3"), on.readAt("v2", "a"));
		expect([once.state, twice.state]).toEqual(["loading", "loading"]);
		const last = proceed(twice, on.moved("v4"), on.readAt("v3", "a"));
		expect(last.effects.at(-1)).toBe("+ switchTo b");
		expect(switchInput(last)).toMatchObject({ version: "v3", insists: true });
		expect(outcomes(proceed(last, on.activated("b")))).toMatchObject({ 1: "ok" });
	});

	test("goes where a reading counts, and under the lock only where that is still so", () => {
		const anew = on.read("c", ["a", "b", "c"], 60_000, { version: "v2" });
		const going = proceed(doubtful(), on.moved("v2"), on.read("a"), anew);
		expect([activeId(going), going.effects.at(-1)]).toEqual(["c", "+ switchTo b"]);
		expect(switchInput(going)).toMatchObject({ version: "v2", insists: false });
	});

	test("under the lock, is put back and counts that too", () => {
		const first = proceed(known(), on.setActive("b", 1), on.stale("v2"), on.readAt("v2", "a"));
		const third = proceed(first, on.stale("v3"), on.readAt("v3", "a"), on.stale("v4"), on.readAt("v4", "a"));
		expect([third.state, switchInput(third).insists]).toEqual(["switching", true]);
	});
});

test("a command that knows of another tab's change, and comes to nothing, is followed by a read", () => {
	const refused = proceed(known(), on.knowing("v2", on.signOutAll(1)), on.notDone("busy"));
	expect(outcomes(refused)).toEqual({ 1: "busy" });
	expect([refused.state, refused.effects.at(-1)]).toEqual(["loading", "+ readDevice settled"]);
	expect(proceed(refused, on.readAt("v2", "b")).state).toBe("idle");
});

test("a command before which somebody else becomes active again and again is busy in the end", () => {
	const last = [2, 3, 4, 5, 6, 7, 8].reduce(
		(now, count) => proceed(now, on.stale(`v${count}`), on.readAt(`v${count}`, count % 2 ? "a" : "c")),
		proceed(known(), on.setActive("b", 1)),
	);
	expect(outcomes(last)).toEqual({ 1: "busy" });
});

describe("a reading that finds somebody else", () => {
	test("than the one of the same version said moves the version: no other tab knows", () => {
		const found = proceed(known(), on.refetch(1), on.read("b"));
		expect([found.effects.includes("moveVersion"), activeId(found)]).toEqual([true, "b"]);
	});

	test.each<[string, ReturnType<typeof known>]>([
		["finds the same", proceed(known(), on.refetch(1), on.read("a"))],
		["has another version: whoever moved it has told", proceed(known(), on.moved("v2"), on.readAt("v2", "b"))],
		[
			"has the switch made once more",
			proceed(known(), on.setActive("b", 1), on.activated("b"), on.refetch(2), on.read("a")),
		],
	])("is no news where it %s", (_, moment) => {
		expect(moment.effects).not.toContain("moveVersion");
	});

	test("is news on a first read where another tab said otherwise, and where none said anything it is not", () => {
		const { context } = play();
		const found = (id: string | null | undefined) =>
			isNews(context, reading("a", ["a"], 1000, { lastActive: id === undefined ? id : { id, version } }));
		expect([found(undefined), found("a"), found("b"), found(null)]).toEqual([false, false, true, true]);
	});
});

describe("where nobody is active any more and somebody shall be", () => {
	const nobody = (successor?: string) => on.read(null, ["b", "c"], 1000, { successor });
	const lost = () => proceed(known(), on.refetch(1), nobody("b"));

	test("the successor is made active, after a loss that this page has seen", () => {
		expect(lost().effects.at(-1)).toBe("+ switchTo b");
		expect(proceed(lost(), on.activated("b")).context.lost).toBeNull();
	});

	test("the loss may be of an account that a server rendered", () => {
		expect(play(on.hydrate("a"), on.wake(), nobody("b")).effects.at(-1)).toBe("+ switchTo b");
	});

	test("on a first read that finds nobody, nobody is made active; nor later, without a loss", () => {
		const first = play(on.wake(), nobody("b"));
		expect(first.state).toBe("idle");
		expect(proceed(first, on.refetch(1), nobody("b")).state).toBe("idle");
		expect(proceed(dead(), on.refetch(1), nobody("b")).state).toBe("idle");
	});

	test("one lost request does not end it: it is tried three times, and then no more", () => {
		const failed = on.notDone("rate-limited");
		const again = proceed(lost(), failed, on.refetch(2), nobody("b"));
		expect(again.effects.at(-1)).toBe("+ switchTo b");
		const third = proceed(again, failed, on.refetch(3), nobody("b"));
		expect(third.effects.at(-1)).toBe("+ switchTo b");
		expect(proceed(third, failed, on.refetch(4), nobody("b")).state).toBe("idle");
	});

	test("another successor is tried anew", () => {
		const tries = (id: string) => [on.notDone("rate-limited"), on.refetch(2), nobody(id)].flat();
		const end = proceed(lost(), ...tries("b"), ...tries("b"), ...tries("c"));
		expect(end.effects.at(-1)).toBe("+ switchTo c");
	});

	test("a loss whose successor is known only later is made up for then", () => {
		const held = proceed(known(), on.refetch(1), nobody());
		expect(held.state).toBe("idle");
		expect(proceed(held, on.refetch(2), nobody("b")).effects.at(-1)).toBe("+ switchTo b");
	});

	describe("and the device has moved on while that was read", () => {
		const waiting = () => proceed(known(), on.refetch(1), on.moved("v2"), nobody("b"));
		const then = (activeId: string | null, more: Partial<Reading>) =>
			proceed(waiting(), on.read(activeId, ["b", "c"], 1000, { version: "v2", ...more }));

		test("it is made active by the next read that finds nobody", () => {
			expect(waiting().state).toBe("loading");
			expect(then(null, { successor: "b" }).effects.at(-1)).toBe("+ switchTo b");
		});

		test("nobody is where that finds that somebody has come", () => {
			expect([then("c", {}).state, activeId(then("c", {}))]).toEqual(["idle", "c"]);
		});

		test("nobody is where a sign-in is half-way by then", () => {
			const page = then(null, { signingIn: { from: "b", until: 660_000 } });
			expect([page.state, page.context.queue]).toEqual(["idle", []]);
		});
	});

	test("signed out on purpose it is no loss", () => {
		const out = proceed(known(), on.signOutAll(1), on.signedOut(), on.refetch(2), nobody("b"));
		expect([out.state, activeId(out)]).toEqual(["idle", null]);
	});
});

describe("a switch that is asked for after a revoke that waits", () => {
	test("to the target in flight is decided after the revoke, not joined to it", () => {
		const waiting = proceed(known(), on.setActive("b", 1), on.revoke("b", 2), on.setActive("b", 3));
		const revoking = proceed(waiting, on.activated("b"));
		expect([revoking.effects.at(-1), outcomes(revoking)]).toEqual(["+ revokeRows one b", { 1: "ok" }]);
		const after = proceed(revoking, on.activated("a"), on.revoked("b"), on.commandDone);
		expect(outcomes(after)).toEqual({ 1: "ok", 2: "ok" });
		expect(outcomes(proceed(after, on.read("a", ["a", "c"])))).toMatchObject({ 3: "unknown-session" });
	});
});

describe("a call of the app's that a change has crossed", () => {
	const ended = (hasCrossed: boolean) =>
		({ type: "call.ended", id: 7, at: 60_000, isNews: false, hasCrossed }) as const;

	test("may have undone it: every tab looks", () => {
		const now = proceed(known(), ended(true));
		expect([now.effects.at(-1), now.context.dueAt]).toEqual(["moveVersion", 60_025]);
	});

	test("is looked for by the check that waits for it, where there is one", () => {
		const checking = proceed(known(), on.setActive("b", 1), on.activated("b", { crossed: [7] }));
		expect(proceed(checking, ended(true)).effects).not.toContain("moveVersion");
	});

	test("is looked for by the check of a switch that the page is told of, which is made again", () => {
		const { version } = known().context;
		const telling = proceed(known(), on.setActive("b", 1), on.locked(), on.carried(version, "v2!"), ended(true));
		expect(telling.effects).not.toContain("moveVersion");
		const again = proceed(telling, on.activated("b"), on.seen("a"));
		expect([again.state, again.effects.at(-1)]).toEqual(["switching", "+ switchTo b"]);
	});

	test("is nothing where nothing has changed", () => {
		expect(proceed(known(), ended(false)).effects).toEqual([]);
	});
});
