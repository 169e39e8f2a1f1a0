import { describe, expect, test } from "vitest";
import { transition } from "xstate";
import { callEnded, carried, doubted, mayHaveUndone } from "../../../../src/device-sessions/machine/calls.js";
import { ownSwitch } from "../../../../src/device-sessions/machine/commands.js";
import { counts } from "../../../../src/device-sessions/machine/knowledge.js";
import { deviceSessionsMachine } from "../../../../src/device-sessions/machine.js";
import * as on from "./events.js";
import { activeId, type Moment, outcomes, play, proceed } from "./play.js";
import { known } from "./situations.js";

const isCertain = ({ context }: Moment) => counts(context);
const switchB = (version: string) => on.knowing(version, on.setActive("b", 1));

describe("a call whose cookies may name whoever is no more", () => {
	test.each([
		["that crossed a change", "data", { hasCrossed: true, isNews: true }],
		["that was lost", "change", { isUncertain: true, version: "v3" }],
		["that only looked", "look", { isUncertain: true, isNews: true }],
	] as const)("%s is followed by a read past the cookie cache, and by no second one", (_, effect, how) => {
		const version = "version" in how ? how.version : undefined;
		const over = proceed(known(), on.began(1, effect, version && "v2"), on.ended(1, how), on.readDue);
		expect(over.effects.at(-1)).toBe("+ readDevice certain");
		const next = proceed(over, on.readAt(over.context.version, "a"), on.refetch(1));
		expect(next.effects.at(-1)).toBe("+ readDevice fresh");
	});

	test("leaves one that was under way in doubt", () => {
		const reading = proceed(known(), on.focused(), on.began(1, "data"), on.ended(1, { hasCrossed: true }));
		const next = proceed(reading, on.readAt("v1", "a"));
		expect([reading.state, next.effects.at(-1)]).toEqual(["loading", "read.due"]);
		expect(proceed(next, on.readDue).effects).toEqual(["+ readDevice certain"]);
	});

	test("does not take the wait for a switch away, where a stranger is seen", () => {
		const switched = proceed(known(), on.setActive("b", 1), on.activated("b"));
		const isAwaited = ({ context }: Moment) => context.check?.id === "b";
		expect(isAwaited(proceed(switched, on.unknownSeen()))).toBe(false);
		const crossed = proceed(switched, on.began(1, "data"), on.ended(1, { hasCrossed: true }));
		expect(isAwaited(proceed(crossed, on.unknownSeen()))).toBe(true);
	});
});

describe("a sign-in that stops half-way", () => {
	const stop = (rows: Moment["context"]["rows"], lost: Moment["context"]["lost"]) => {
		const { context } = proceed(known(), on.began(1, "change", "v2"));
		const event = { ...on.ended(1, { version: "v3" }), signingIn: { from: null, until: 600_000 } };
		return callEnded({ context: { ...context, rows, lost }, event });
	};
	const { rows } = known().context;

	test("has taken the active account's place before the eyes of the page", () => {
		expect(stop(rows, null).lost).toEqual({ id: null, tries: 0 });
	});

	test("leaves it as it was where nobody was active", () => {
		const nobody = rows.map((one) => ({ ...one, active: false }));
		expect(stop(nobody, { id: "c", tries: 2 }).lost).toEqual({ id: "c", tries: 2 });
		expect(stop(nobody, null).lost).toBe(null);
	});
});

describe("a version that a command of this store has moved", () => {
	const { context } = proceed(known(), on.setActive("b", 1), on.locked("v2"));
	const move = (from: string | null) =>
		carried({ context, event: { type: "version.carried", at: 60_000, from, to: "v3" } });

	test("is the command's, though what was read before is older", () => {
		expect(move("v2")).toMatchObject({ version: "v3", command: { type: "switch", version: "v3" } });
	});

	test("is not where something has come in between", () => {
		expect(move(null).command).toBe(undefined);
	});
});

describe("a change of the app's own", () => {
	const changing = () => proceed(known(), on.began(1, "change", "v2"));

	test("moves the version; what it comes to is read when it has ended, a moment later", () => {
		expect([changing().state, changing().context.version, isCertain(changing())]).toEqual(["idle", "v2", false]);
		expect(proceed(changing(), on.seen("b")).state).toBe("idle");
		const over = proceed(changing(), on.ended(1, { version: "v3" }));
		expect([over.state, over.effects, over.context.dueAt]).toEqual(["idle", ["read.due"], 60_025]);
		expect(proceed(over, on.readDue).effects).toEqual(["+ readDevice settled"]);
	});

	test("is waited for by a command, which is decided from a reading after it", () => {
		const waiting = proceed(changing(), switchB("v2"));
		expect([waiting.state, waiting.effects]).toEqual(["idle", []]);
		const looking = proceed(waiting, on.ended(1, { version: "v3" }));
		expect(looking.effects.at(-1)).toBe("+ readDevice fresh");
		expect(proceed(looking, on.readAt("v3", "c")).effects.at(-1)).toBe("+ switchTo b");
	});

	test("that is refused was none: what was known is still true, and nothing is read", () => {
		const refused = proceed(changing(), on.carried("v1", "v3"), on.ended(1));
		expect([refused.state, refused.effects, isCertain(refused)]).toEqual(["idle", [], true]);
		expect(proceed(refused, switchB("v3")).effects).toEqual(["+ switchTo b"]);
	});

	test("that is refused while another tab changed something leads to a read", () => {
		const refused = proceed(changing(), on.carried(null, "v3"), on.ended(1));
		expect([refused.state, isCertain(refused)]).toEqual(["loading", false]);
	});

	test("that takes too long is waited for no more, and the command is decided from a new reading", () => {
		const late = proceed(changing(), switchB("v2"), on.overdue(1));
		expect(late.effects).toEqual(["+ readDevice fresh"]);
		expect(proceed(late, on.readAt("v2", "a")).effects.at(-1)).toBe("+ switchTo b");
	});

	test("that takes too long and ends then is followed all the same", () => {
		const over = proceed(changing(), on.overdue(1), on.ended(1, { version: "v3" }), on.readDue);
		expect([over.state, over.context.calls]).toEqual(["loading", []]);
	});

	test("one of two is not enough to go on", () => {
		const two = proceed(changing(), on.began(2, "change", "v3"), switchB("v3"), on.ended(1, { version: "v4" }));
		expect([two.state, two.effects.includes("+ readDevice fresh")]).toEqual(["idle", false]);
		expect(proceed(two, on.ended(2, { version: "v5" })).state).toBe("loading");
	});

	test("that takes too long does not speak for another one, which is still waited for", () => {
		const two = proceed(changing(), on.began(2, "change", "v3"), switchB("v3"), on.overdue(1));
		expect([two.state, two.effects.includes("+ readDevice fresh")]).toEqual(["idle", false]);
		expect(proceed(two, on.overdue(2)).state).toBe("loading");
	});

	test("does not stop a look-up of what a command came to", () => {
		const looking = proceed(
			known(),
			on.setActive("b", 1),
			on.began(1, "change", "v2"),
			on.notDone("timeout", { unsure: true }),
		);
		expect(looking.state).toBe("loading");
	});

	test("is waited for by reads that are asked for, by sign-outs of the device too", () => {
		const waiting = proceed(
			changing(),
			on.knowing("v2", on.refetch(1)),
			on.knowing("v2", on.signOutAll(2)),
			on.knowing("v2", on.signOutOthers(3)),
		);
		expect([waiting.state, outcomes(waiting)]).toEqual(["idle", {}]);
		expect(proceed(waiting, on.ended(1, { version: "v3" })).effects.at(-1)).toBe("+ revokeRows all");
	});
});

describe("another call of the app's", () => {
	test("that changes what is known of the active account has it read again; commands do not wait for that", () => {
		const under = proceed(known(), on.began(1, "data"));
		expect(proceed(under, on.setActive("b", 1)).effects).toEqual(["+ switchTo b"]);
		const over = proceed(under, on.ended(1, { isNews: true }));
		expect([over.effects, isCertain(over)]).toEqual([["read.due"], true]);
	});

	test("that is not known leads to no read, but the next command is decided from a new one", () => {
		const over = proceed(known(), on.began(1, "unknown"), on.ended(1));
		expect([over.state, over.effects, isCertain(over)]).toEqual(["idle", [], false]);
		expect(proceed(over, on.setActive("b", 1)).effects).toEqual(["+ readDevice fresh"]);
	});

	test.each(["look", "data", "unknown"] as const)(
		"of kind %s that takes too long is doubt: it may end any time",
		(effect) => {
			const late = proceed(known(), on.began(1, effect), on.overdue(1));
			expect([late.state, isCertain(late)]).toEqual(["idle", false]);
		},
	);

	test.each(["look", "harmless"] as const)("that is a %s moves nothing", (effect) => {
		const over = proceed(known(), on.began(1, effect), on.ended(1));
		expect([over.state, over.effects, isCertain(over)]).toEqual(["idle", [], true]);
	});

	// A read that began before the call ended may be older than what it did: `absorb` takes it as certain.
	test("that is not known, and ended while a read was under way, is doubt of that read as well", () => {
		const over = proceed(known(), on.refetch(1), on.began(1, "unknown"), on.ended(1), on.read("a"));
		expect(isCertain(over)).toBe(false);
	});
});

describe("coming back", () => {
	test("is doubt: a command is decided from a new reading", () => {
		const back = proceed(known(), on.doubted());
		expect([back.state, back.effects]).toEqual(["idle", []]);
		expect(proceed(back, on.setActive("b", 1)).effects).toEqual(["+ readDevice fresh"]);
	});

	test("less than a second after a reading is none", () => {
		expect(isCertain(proceed(known(), on.doubted(1_999)))).toBe(true);
		expect(isCertain(proceed(known(), on.doubted(2_001)))).toBe(false);
	});

	describe("less than a second after a reading, by the one clock", () => {
		const { context } = known();
		const back = (at: number, now: number) => doubted({ context, event: { type: "device.doubted", at, now } });
		const wasAsleep = { doubted: context.begun, lastDue: Number.NEGATIVE_INFINITY };

		test("is doubt where the other has gone on: the page slept, and may read at once", () => {
			expect(back(1_999, 2_000)).toMatchObject(wasAsleep);
			expect(back(1_999, 1_999)).toEqual({ doubtedUntil: 999 });
		});

		test("is doubt where the other was set back", () => {
			expect(back(1_999, 0)).toMatchObject(wasAsleep);
		});

		test("and not by it, when the store has last read by itself still counts", () => {
			expect(back(2_000, 9_000)).toEqual({ doubtedUntil: 1_000 });
		});
	});

	// A page that is frozen with a read under way gets its old answer when it is back: `absorb` takes it as certain.
	test("is doubt of a read that was under way by then, too", () => {
		expect(isCertain(proceed(known(), on.refetch(1), on.doubted(), on.read("a")))).toBe(false);
	});
});

describe("calls that were under way when set-active was answered", () => {
	const switched = (...crossed: number[]) => proceed(known(), on.setActive("b", 1), on.activated("b", { crossed }));

	test("that the new account is found does not end the check, the last of them to end has the session looked at", () => {
		const found = proceed(switched(1, 2), on.seen("b"));
		expect(found.context.check?.calls).toEqual([1, 2]);
		const one = proceed(found, on.ended(1));
		expect([one.effects, one.context.check?.calls]).toEqual([[], [2]]);
		const both = proceed(one, on.ended(2));
		expect([both.effects, both.context.check?.calls]).toEqual([["world! look"], []]);
		expect(proceed(both, on.seen("b")).context.check).toBeNull();
	});

	test("whose cookie has overtaken the switch have it made once more", () => {
		const again = proceed(switched(1), on.seen("b"), on.ended(1), on.seen("a"));
		expect(again.effects.at(-1)).toBe("+ switchTo b");
	});

	test("have ended before the first look: that one is the last", () => {
		expect(proceed(switched(1), on.ended(1), on.seen("b")).context.check).toBeNull();
	});

	test("are not waited for where they take too long already", () => {
		const overdue = proceed(known(), on.began(1, "data"), on.overdue(1), on.refetch(1), on.read("a"));
		const checked = proceed(overdue, on.setActive("b", 2), on.activated("b", { crossed: [1] }), on.seen("b"));
		expect(checked.context.check).toBeNull();
	});

	test("are looked after in sleep as well", () => {
		const slept = proceed(switched(1), on.sleep, on.seen("b"));
		expect(slept.context.listening).toBe(true);
		expect(proceed(slept, on.ended(1)).effects).toEqual(["world! look"]);
	});

	test("others end without a look", () => {
		expect(proceed(switched(1), on.ended(7)).effects).toEqual([]);
	});

	// One that never ends keeps the check open for ever: a switch of another tab back to the old account, hours later, is
	// undone as if it were a late cookie; the world is watched in sleep; nobody is promoted; no news is told.
	test("are waited for no longer than any other call", () => {
		expect(proceed(switched(1), on.overdue(1), on.seen("b")).context.check).toBeNull();
	});
});

test("the cookie of a call that no wire tells of is looked for once, after so long", () => {
	const seen = proceed(known(), on.setActive("b", 1), on.activated("b", { crossed: [0] }), on.seen("b"));
	const late = proceed(seen, on.lateCookie);
	expect([late.effects, late.context.check?.calls]).toEqual([["world! look"], []]);
	expect(proceed(late, on.lateCookie).effects).toEqual([]);
});

describe("a version that another tab has moved", () => {
	test("is read at once where the change is over, else when it has taken too long", () => {
		expect(proceed(known(), on.moved("v2", 60_000)).state).toBe("loading");
		const moving = proceed(known(), on.moving("v2", 60_000));
		expect([moving.state, moving.context.dueAt]).toEqual(["idle", 70_000]);
	});

	test("and is known already is no news", () => {
		expect(proceed(known(), on.moved("v1")).effects).toEqual([]);
	});
});

describe("a version that this store has moved", () => {
	test("leaves what is known certain", () => {
		const own = proceed(known(), on.carried("v1", "v2"));
		expect([own.effects, isCertain(own)]).toEqual([[], true]);
	});

	test("leads to a read where something else came in between", () => {
		expect(proceed(known(), on.carried(null, "v2")).effects).toEqual(["+ readDevice settled"]);
	});

	test("by its command, the same command joins it; by something else beside it, it does not", () => {
		const switching = (from: string | null) =>
			proceed(
				known(),
				on.setActive("b", 1),
				on.locked("v2"),
				on.carried(from, "v3"),
				on.knowing("v3", on.setActive("b", 2)),
			);
		const waiting = ({ context: { command, queue } }: Moment) => [
			command?.tickets,
			queue.map(({ tickets }) => tickets),
		];
		expect(waiting(switching("v1"))).toEqual([[1, 2], []]);
		expect(waiting(switching(null))).toEqual([[1], [[2]]]);
	});

	test("by a revoke that makes another account active: a late cookie may undo that, and it is made active again", () => {
		const revoking = proceed(known(), on.revoke("a", 1), on.locked("v2"), on.activated("b"));
		expect(revoking.context).toMatchObject({ version: "v2", check: { id: "b", from: ["a"] } });
	});

	test("while its command waits for the lock, that has begun nothing", () => {
		const waiting = proceed(known(), on.setActive("b", 1), on.carried("v1", "v2"));
		expect(waiting.context.command).toMatchObject({ version: null });
	});

	test("in a switch that shows at once, nothing more is read before the next command", () => {
		const end = proceed(known(), on.setActive("b", 1), on.carried("v1", "v2"), on.activated("b"), on.seen("b"));
		expect([end.state, activeId(end), isCertain(end)]).toEqual(["idle", "b", true]);
		expect(proceed(end, on.knowing("v2", on.setActive("c", 2))).effects).toEqual(["+ switchTo c"]);
	});
});

describe("a sign-in that has stopped half-way", () => {
	test("takes the switches that the store was about to make by itself, and none that somebody has asked for", () => {
		const { context } = known();
		const queue = [ownSwitch("b"), { ...ownSwitch("c"), tickets: [1] }];
		const change = callEnded({ context: { ...context, queue }, event: on.stopped(1, "v2") });
		expect(change.queue).toEqual([queue[1]]);
	});
});

test("a cookie may have undone what has changed where no check waits for that, and the app is changing nothing", () => {
	const { context } = known();
	const check = { id: "a", tries: 0, calls: [] };
	const calls = [{ id: 1, method: "POST", path: "/sign-out", effect: "change" } as const];
	expect([
		mayHaveUndone(context, true),
		mayHaveUndone(context),
		mayHaveUndone({ ...context, check }, true),
		mayHaveUndone({ ...context, calls }, true),
	]).toEqual([true, false, false, false]);
});

test("before anything was read, coming back is no doubt, and a version that this store has moved has nothing to carry", () => {
	const { context } = play(on.wake());
	const event = on.doubted();
	expect(doubted({ context, event })).toEqual({ doubtedUntil: event.at - 1_000 });
	expect(carried({ context, event: on.carried("v1", "v2") })).toMatchObject({ version: "v2", reading: null });
});

test.each([
	[true, "nothing is under way", known()],
	[false, "a command is", proceed(known(), on.setActive("b", 1))],
])("who is active is remembered (%s) with a version that moves while %s", (isRemembered, _, { context, snapshot }) => {
	const [, actions] = transition(deviceSessionsMachine, snapshot, on.carried(context.version, "v2!"));
	expect(actions.some(({ type }) => type === "remember")).toBe(isRemembered);
});
