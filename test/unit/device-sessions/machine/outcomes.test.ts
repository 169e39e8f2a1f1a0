import { describe, expect, test } from "vitest";
import { asked, ownSwitch, type RevokeOne, signingOut } from "../../../../src/device-sessions/machine/commands.js";
import { activeId, type Context } from "../../../../src/device-sessions/machine/context.js";
import * as outcomes from "../../../../src/device-sessions/machine/outcomes.js";
import type { OperationErrorKind } from "../../../../src/errors.js";
import { revokeOthers } from "./commands.js";
import { fail } from "./data.js";
import * as on from "./events.js";
import { known } from "./situations.js";

const { context } = known();
const switching = { ...ownSwitch("b"), tickets: [1] };
const revoking: RevokeOne = {
	...signingOut,
	type: "revoke",
	id: "b",
	next: undefined,
	known: true,
	tickets: [1],
	batch: 1,
};
const changed = (before: Context, change: object): Context => ({ ...before, ...change });
const ids = ({ rows }: Context) => rows.map(({ id }) => id);

describe("a row that was made active", () => {
	const activated = (more: Partial<Context>, event = on.activated("b", { crossed: [7] })) => {
		const before = changed(context, more);
		return changed(before, outcomes.activated({ context: before, event }));
	};

	test("is the active one, and the switch is done: the signal has been fired for it", () => {
		const now = activated({ command: switching });
		expect([activeId(now), now.command]).toMatchObject(["b", { done: true, signalFired: true }]);
	});

	test("leaves a revoke its target", () => {
		const now = activated({ command: { ...revoking, id: "a" } });
		expect(now.command).toMatchObject({ done: false, signalFired: true });
	});

	test("is to be confirmed: whom it was left for, and which calls may overtake it, is kept", () => {
		expect(activated({ command: switching }).check).toEqual({ id: "b", from: ["a"], tries: 0, calls: [7] });
	});

	test("again, it was left for whoever was active before the first time", () => {
		const check = { id: "b", from: ["c"], tries: 0, calls: [] };
		expect(activated({ command: { ...switching, tries: 1 }, check }).check).toMatchObject({ from: ["c"], tries: 1 });
	});

	test("while a call is under way that has crossed the switch before it, whom that one left may come back as well", () => {
		const check = { id: "a", from: ["c"], tries: 0, calls: [7] };
		expect(activated({ command: switching, check }).check?.from).toEqual(["a", "c"]);
		expect(activated({ command: switching, check: { ...check, calls: [6] } }).check?.from).toEqual(["a"]);
	});

	test("takes the place of a switch that was to be made again, and not of one that somebody waits for", () => {
		const again = { ...ownSwitch("c"), tries: 1 };
		const waiting = { ...ownSwitch("c"), tickets: [2] };
		expect(activated({ command: revoking, queue: [again, waiting] }).queue).toEqual([waiting]);
	});

	test("takes the row along that was signed out for it", () => {
		expect(ids(activated({ command: switching }, on.activated("b", { left: "a" })))).toEqual(["b", "c"]);
	});

	test("ends the search for somebody to be active", () => {
		expect(activated({ command: switching, lost: { id: "b", tries: 2 } }).lost).toBeNull();
	});
});

describe("a row that is gone", () => {
	const revoked = (command: Context["command"], id = "b") => {
		const before = changed(context, { command });
		return changed(before, outcomes.revoked({ context: before, event: on.revoked(id) }));
	};

	test("leaves the rows, and is one of those that the command has signed out", () => {
		const now = revoked({ ...revoking, revoked: ["c"] });
		expect([ids(now), now.command]).toMatchObject([["a", "c"], { revoked: ["c", "b"], done: false }]);
	});

	test("twice is signed out once", () => {
		expect(revoked({ ...revoking, revoked: ["b", "c"] }).command).toMatchObject({ revoked: ["b", "c"] });
	});

	test("counts once towards what is settled, and not where it is another than was to be signed out", () => {
		const command = { ...revoking, targets: ["b", "c"] };
		expect(revoked(command).command).toMatchObject({ settled: 1 });
		expect(revoked({ ...command, settled: 1, revoked: ["b"] }).command).toMatchObject({ settled: 1 });
		expect(revoked(command, "a").command).toMatchObject({ settled: 0 });
		const failed = [{ id: "b", error: fail("server"), unsure: true }];
		expect(revoked({ ...command, settled: 1, failed }).command).toMatchObject({ settled: 1 });
	});

	test("leaves the rows without a command, and where only a read is looked up", () => {
		const read = { ...asked, type: "read", certain: false, tickets: [1], batch: 1 } as const;
		expect(ids(revoked(null))).toEqual(["a", "c"]);
		expect(revoked(read).command).toEqual(read);
	});
});

describe("what came to nothing", () => {
	const failed = (
		kind: OperationErrorKind,
		{ unsure = false, ...more }: Partial<Context> & { unsure?: boolean } = {},
	) => {
		const before = changed(context, { begun: 5, doubted: 0, command: switching, ...more });
		return changed(before, outcomes.requestFailed({ context: before, event: on.commandFailed(kind, { unsure }) }));
	};

	test("is kept with the command, which is decided from a later read", () => {
		expect(failed("rejected").command).toMatchObject({
			after: 5,
			failed: [{ id: null, error: { kind: "rejected" }, unsure: false }],
		});
	});

	test("for one row is kept with its id, behind what failed before", () => {
		const before = changed(context, { command: revoking });
		const first = changed(before, outcomes.requestFailed({ context: before, event: on.rowFailed("b", "server") }));
		const both = outcomes.requestFailed({ context: first, event: on.rowFailed("c", "network", { unsure: true }) });
		expect(both.command?.failed.map(({ id, unsure }) => [id, unsure])).toEqual([
			["b", false],
			["c", true],
		]);
	});

	test.each<[OperationErrorKind, boolean, boolean]>([
		["rejected", false, false],
		["rate-limited", false, false],
		["session-gone", false, true],
		["unauthorized", false, true],
		["network", true, true],
	])("with %s (unsure: %s) calls what is known in question, to be read at once: %s", (kind, unsure, doubts) => {
		const { doubted, dueAt } = failed(kind, { unsure });
		expect([doubted, dueAt]).toEqual(doubts ? [5, 0] : [0, null]);
	});

	test("while an earlier switch is unconfirmed calls it in question too", () => {
		expect(failed("rejected", { check: { id: "b", tries: 0, calls: [] } })).toMatchObject({ doubted: 5, dueAt: 0 });
	});

	test.each<[OperationErrorKind, boolean, number]>([
		["session-gone", false, 3],
		["refused", false, 3],
		["rate-limited", false, 1],
		["busy", false, 1],
		["network", true, 1],
	])("of the store's own switch with %s (unsure: %s) counts as %i tries", (kind, unsure, tries) => {
		const own = { unsure, command: ownSwitch("b"), lost: { id: "b", tries: 1 } };
		expect(failed(kind, own).lost).toEqual({ id: "b", tries });
		expect(failed(kind, { ...own, command: switching }).lost).toEqual({ id: "b", tries: 1 });
	});

	test("of a switch that is made again, with nobody there any more, is no conflict", () => {
		const check = { id: "b", from: ["a"], tries: 1, calls: [] };
		expect(failed("session-gone", { check, command: { ...switching, tries: 1 } }).check).toBeNull();
		expect(failed("session-gone", { check }).check).toEqual(check);
		expect(failed("server", { check, command: { ...switching, tries: 1 } }).check).toEqual(check);
	});
});

describe("accounts that were signed out beside the active one", () => {
	const stayed = (check: Context["check"]) => outcomes.stayed({ context: { ...context, command: revoking, check } });

	test("leave that one to be confirmed, and the command is done", () => {
		expect(stayed(null)).toMatchObject({ command: { done: true }, check: { id: "a", tries: 0, calls: [] } });
	});

	test("keep the check of a switch to it, and replace that of any other", () => {
		const check = { id: "a", from: ["c"], tries: 1, calls: [4] };
		expect(stayed(check).check).toBe(check);
		expect(stayed({ ...check, id: "c" }).check).toEqual({ id: "a", tries: 0, calls: [] });
	});
});

describe("a device that was signed out", () => {
	const all = { ...signingOut, type: "signOutAll", url: undefined, tickets: [1], batch: 1 } as const;
	const signedOut = (more: Partial<Context>, url?: string) => {
		const before = changed(context, { begun: 5, ...more });
		return changed(before, outcomes.signedOut({ context: before, event: on.signedOut(url) }));
	};

	test("has no rows, and no switch to confirm; what is known is in doubt", () => {
		const check = { id: "b", tries: 0, calls: [] };
		const now = signedOut({ command: all, check, lost: { id: "b", tries: 1 } });
		expect(now).toMatchObject({ rows: [], check: null, lost: null, doubted: 5, command: { done: true } });
	});

	test("says where an identity provider wants the browser to go", () => {
		expect(signedOut({ command: all }, "https://id.example").command).toMatchObject({ url: "https://id.example" });
	});

	test("is switched by nobody any more who is not asked for", () => {
		expect(signedOut({ command: all, queue: [ownSwitch("b"), switching] }).queue).toEqual([switching]);
	});
});

test("a fault in a command is its answer, and none is nobody's", () => {
	expect(outcomes.broke({ ...context, command: switching }, new Error("a fault")).command).toMatchObject({
		done: true,
		failed: [{ id: null, error: { operation: "setActive" }, unsure: false }],
	});
	expect(outcomes.broke({ ...context, command: null }, fail("server"))).toEqual({ command: null });
});

test("a command is done, where there is one", () => {
	expect(outcomes.done({ context: { ...context, command: switching } }).command).toMatchObject({ done: true });
	expect(outcomes.done({ context: { ...context, command: null } })).toEqual({ command: null });
});

test("of the calls that have crossed a switch, those that take too long already are not waited for", () => {
	const call = { method: "POST", path: "/a-call", effect: "data" } as const;
	const calls = [
		{ ...call, id: 1, overdue: true },
		{ ...call, id: 2 },
	];
	const event = on.activated("b", { crossed: [1, 2, 3] });
	expect(outcomes.activated({ context: { ...context, calls }, event }).check?.calls).toEqual([2, 3]);
});

test("each account that a sign-out of several has settled counts once, whatever came of it", () => {
	const command = { ...revokeOthers(1), targets: ["b", "c", "d"] };
	const settle = (before: Context, event: ReturnType<typeof on.revoked> | ReturnType<typeof on.rowFailed>) =>
		changed(
			before,
			event.type === "row.revoked"
				? outcomes.revoked({ context: before, event })
				: outcomes.requestFailed({ context: before, event }),
		);
	const settled = ({ command }: Context) => command && "settled" in command && command.settled;
	const one = settle(changed(context, { command }), on.rowFailed("b", "network"));
	const two = settle(one, on.revoked("c"));
	expect([one, two, settle(two, on.revoked("b")), settle(two, on.rowFailed("c", "network"))].map(settled)).toEqual([
		1, 2, 2, 2,
	]);
});
