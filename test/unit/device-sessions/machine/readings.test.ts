import { describe, expect, test } from "vitest";
import type { Context } from "../../../../src/device-sessions/machine/context.js";
import { toCommand } from "../../../../src/device-sessions/machine/job.js";
import * as reads from "../../../../src/device-sessions/machine/readings.js";
import { read, signOutAll, switchTo } from "./commands.js";
import { fail, reading, version } from "./data.js";
import * as on from "./events.js";
import { known } from "./situations.js";

const { context } = known();

describe("waking", () => {
	test.each([
		[999, null],
		[1000, null],
		[1999, null],
		[2000, 0],
		[9000, 0],
	])("at %s ms, with a read that ended at 1000, is a reason to read at %s", (at, dueAt) => {
		expect({ ...context, ...reads.woken({ context, event: on.wake(at) }) }).toMatchObject({ awake: true, dueAt });
	});

	test("where the device has moved on in sleep, a read that has just ended is not enough", () => {
		const event = { ...on.wake(1500), version: "v2" };
		expect({ ...context, ...reads.woken({ context, event }) }).toMatchObject({ version: "v2", dueAt: 2_000 });
	});

	test("never makes less of a read that is due already", () => {
		const owing = { ...context, dueAt: 0 };
		for (const at of [1500, 9000])
			expect({ ...owing, ...reads.woken({ context: owing, event: on.wake(at) }) }.dueAt).toBe(0);
	});
});

test.each([
	["asleep nobody has heard of", false, false, true],
	["the store has gone on hearing of", true, false, false],
	["has not gone", true, true, true],
])("a network that %s is %j, %j and then %j", (_, listening, online, isThere) => {
	const asleep = { ...context, listening, online };
	expect(reads.woken({ context: asleep, event: on.wake(9_000) }).online).toBe(isThere);
});

describe("what a read is told", () => {
	const told = (more: Partial<Context>) => reads.readInput({ context: { ...context, ...more } });

	test("whether it is the first", () => {
		expect([told({}).first, told({ loadedAt: null }).first]).toEqual([false, true]);
	});

	test("what a change of identity comes of", () => {
		expect([told({}).reason, told({ command: signOutAll(1) }).reason]).toEqual(["external", "signOutAll"]);
	});

	test("to ask past the cookie cache where one of those who wait for it wants that", () => {
		const [some, certain] = [read(1), read(2, { certain: true })];
		const freshness = (queue: Context["queue"]) => told({ queue, reading: null, begun: 2 }).freshness;
		expect([freshness([some, certain]), freshness([some, switchTo("b", 3)])]).toEqual(["certain", "fresh"]);
	});
});

describe("a read that ends knows the version that", () => {
	const versionAfter = (more: Partial<Context>, ...[newest, known]: readonly (string | undefined)[]) =>
		reads.absorb({ ...context, ...more }, { ...reading("a", ["a", "b"], 5_000), newest: newest ?? version, known })
			.version;

	test("was heard of while it was under way", () => {
		expect(versionAfter({ version: "v2" }, version, version)).toBe("v2");
	});

	test("the storage has by now, where that has moved", () => {
		expect(versionAfter({ version: "v2" }, "v3", version)).toBe("v3");
		expect(versionAfter({}, "v3", version)).toBe("v3");
	});

	test("the storage had when it began, where nothing was heard of since", () => {
		expect(versionAfter({ version: "v0" }, version, "v0")).toBe(version);
	});
});

describe("how new a read's session must be", () => {
	test.each<[string, Partial<Context>, string]>([
		["a first read that somebody looking wants", { loadedAt: null, reading: null, rows: [], dueAt: 0 }, "settled"],
		["a read of the store's own", { dueAt: 0 }, "settled"],
		["a read of the store's own after doubt", { dueAt: 0, reading: null }, "settled"],
		["a read of the store's own where the cache may name whoever is no more", { dueAt: 0, cached: 1 }, "certain"],
		["the first one after such a call", { loadedAt: null, reading: null, rows: [], cached: 0 }, "certain"],
		["one after a later read", { dueAt: 0, cached: 0 }, "settled"],
	])("%s", (_, more, freshness) => {
		expect(reads.readInput({ context: { ...context, ...more } }).freshness).toBe(freshness);
	});

	test("a read that a command waits for", () => {
		const freshness = (more: Partial<Context>) => {
			const before = { ...context, ...more };
			const queue = [toCommand({ context: before, event: on.setActive("?", 1) })];
			return reads.readInput({ context: { ...before, queue } }).freshness;
		};
		expect(freshness({})).toBe("fresh");
		expect(freshness({ loadedAt: null, reading: null, begun: 0 })).toBe("joined");
		expect(freshness({ loadedAt: null, reading: null, begun: 1, attempt: 1 })).toBe("fresh");
	});
});

describe("a read that ended", () => {
	const begin = (queue: Context["queue"]): Context => {
		const before = { ...context, queue, dueAt: 0 };
		return { ...before, ...reads.reading({ context: before }) };
	};

	test("was due no more once it began, and lets every command be decided", () => {
		const asked = [on.refetch(7), on.setActive("?", 8)].map((event) => toCommand({ context, event }));
		const begun = begin(asked);
		expect(begun).toMatchObject({ dueAt: null, retryAt: null, begun: 2 });
		const after = reads.absorb(begun, reading("a", ["a", "b"], 5000));
		expect(after).toMatchObject({ loadedAt: 5000, readError: null });
		expect(after.reading).toEqual({ number: 2, version, began: 5000, at: 5000 });
		expect(after.queue?.map(({ overtaken }) => overtaken)).toEqual([0, 0]);
	});

	test("counts the commands that it would have been for, where it does not count itself", () => {
		const asked = [on.refetch(7), on.setActive("b", 8)].map((event) => toCommand({ context, event }));
		const begun = begin(asked);
		// It came while the read was under way.
		const late = toCommand({ context: begun, event: { ...on.setActive("c", 9), batch: 2 } });
		const after = reads.absorb({ ...begun, version: "v2", queue: [...asked, late] }, reading("a", ["a", "b"], 5000));
		expect(after.queue?.map(({ overtaken }) => overtaken)).toEqual([1, 1, 0]);
	});

	test("ended by one clock, and by the other: a command is told by the one that nobody sets", () => {
		const after = reads.absorb(begin([]), reading("a", ["a"], 5000, { loadedAt: 1_700_000_000_000 }));
		expect([after.reading?.at, after.loadedAt]).toEqual([5000, 1_700_000_000_000]);
	});

	test("while a change may still go on, is made once more when that must be over; and not where something is due before", () => {
		const goesOn = reading("a", ["a", "b"], 5000, { goesOnFor: 8_000 });
		expect(reads.absorb(begin([]), goesOn).dueAt).toBe(13_000);
		expect(reads.absorb({ ...begin([]), dueAt: 7_000 }, goesOn).dueAt).toBe(7_000);
		expect(reads.absorb(begin([]), reading("a", ["a", "b"], 5000, { goesOnFor: 0 })).dueAt).toBeNull();
	});

	test("has its rows merged once: each is compared with what was known, and never again", () => {
		const { rows, ...rest } = reading("a", ["a", "b"], 5000);
		let times = 0;
		const counted = new Proxy(rows, {
			get(target, key) {
				if (key === "map" || key === Symbol.iterator) times += 1;
				return Reflect.get(target, key);
			},
		});
		reads.absorb(begin([]), { ...rest, rows: counted });
		expect(times).toBe(1);
	});

	test("in failure loses nothing", () => {
		const error = fail("network");
		const after = { ...context, ...reads.readFailed({ ...context, dueAt: null }, error) };
		expect(after).toMatchObject({ readError: error, dueAt: null, check: null, loadedAt: 1000 });
		expect([after.rows, after.reading]).toEqual([context.rows, context.reading]);
	});
});

test("rows that a server rendered and that cannot be taken are an error, and no rows", () => {
	const error = fail("invalid-input");
	expect(reads.hydrated({ context, event: { ...on.hydrate("a"), error } })).toEqual({ readError: error });
});

test("a read that waits for the network says so as long as nothing is known", () => {
	expect(reads.waited({ context: { ...context, isPending: true } }).readError).toMatchObject({
		kind: "network",
		operation: "refetch",
		message: expect.stringContaining("Offline"),
	});
	expect(reads.waited({ context })).not.toHaveProperty("readError");
});

describe("an active account that is gone", () => {
	const gone = reading(null, ["b", "c"], 2_000, { successor: "b" });
	const promoted = (more: Partial<Context>) =>
		reads.absorb({ ...context, ...more }, gone).queue?.map((command) => "id" in command && command.id);

	test("has its successor made active, while somebody looks and nothing else is asked for", () => {
		expect(promoted({})).toEqual(["b"]);
		expect(promoted({ queue: [read(1)] })).toEqual([false, "b"]);
	});

	test("has none while nobody looks, or where somebody is about to be active anyway", () => {
		expect(promoted({ awake: false })).toEqual([]);
		expect(promoted({ queue: [switchTo("c", 1)] })).toEqual(["c"]);
	});
});

describe("a read that fails", () => {
	const failed = (more: Partial<Context>, thrown: unknown = fail("network")): Context => ({
		...context,
		...more,
		...reads.readFailed({ ...context, ...more }, thrown),
	});

	test("fails the commands that waited for it, and no other one", () => {
		const queue = [read(1, { after: 1 }), signOutAll(2)];
		expect(failed({ queue }).queue.map(({ done }) => done)).toEqual([true, false]);
	});

	test.each([
		[true, 0, 1],
		[true, 2, 3],
		[true, 3, 4],
		[false, 0, 1],
		[false, 2, 3],
		[false, 3, 3],
	])(
		"of the store's own (%s), after %i others, counts as number %i: clicks do not make the pauses longer",
		(isAutomatic, attempt, then) => {
			expect(failed({ isAutomatic, attempt }).attempt).toBe(then);
		},
	);

	test("says who is active all the same, where the session could be read", () => {
		const active = (activeId?: string | null) => rowsOfContext(failed({}, { error: fail("server"), activeId }));
		expect([active("b"), active(null), active()]).toEqual(["b", undefined, "a"]);
	});
});

const rowsOfContext = ({ rows }: Context) => rows.find((one) => one.active)?.id;

test("a first read may share what was asked for before, unless that is in doubt, or has failed", () => {
	const first: Partial<Context> = { loadedAt: null, reading: null, attempt: 0, doubted: 0, queue: [read(1)] };
	const freshness = (more: Partial<Context>) =>
		reads.readInput({ context: { ...context, ...first, ...more } }).freshness;
	expect([{}, { doubted: 1 }, { attempt: 1 }, { loadedAt: 1 }].map(freshness)).toEqual([
		"joined",
		"fresh",
		"fresh",
		"fresh",
	]);
});
