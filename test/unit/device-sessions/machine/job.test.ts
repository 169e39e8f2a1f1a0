import { describe, expect, test } from "vitest";
import type { CommandEvent } from "../../../../src/device-sessions/events.js";
import type { Context } from "../../../../src/device-sessions/machine/context.js";
import * as jobs from "../../../../src/device-sessions/machine/job.js";
import { mergeRows } from "../../../../src/device-sessions/machine/rows.js";
import { revoke, signOutAll, switchTo } from "./commands.js";
import { fail, row } from "./data.js";
import * as on from "./events.js";
import { outcomes, proceed } from "./play.js";
import { known, unlisted } from "./situations.js";

const { context } = known();
const started = (event: CommandEvent): Context => {
	const before = { ...context, queue: [jobs.toCommand({ context, event })] };
	return { ...before, ...jobs.started({ context: before }) };
};

describe("a command", () => {
	test("knows whether its row was there when it came", () => {
		expect(jobs.toCommand({ context, event: on.revoke("c", 1) })).toMatchObject({ known: true });
		expect(jobs.toCommand({ context, event: on.revoke("?", 1) })).toMatchObject({ known: false });
	});

	test("takes the error of the one before it away once it starts, and one that is made once more leaves it", () => {
		const commandError = fail("rejected");
		const errorAt = (queue: Context["queue"]) => {
			const before: Context = { ...context, commandError, queue };
			return { ...before, ...jobs.started({ context: before }) }.commandError;
		};
		expect(errorAt([switchTo("b", 1)])).toBe(null);
		expect(errorAt([{ ...switchTo("b", 1), tickets: [], tries: 1 }])).toBe(commandError);
	});

	test("is what a change of identity comes of; a switch of the store's own is a promotion", () => {
		const own = { ...switchTo("b", 1), tickets: [] };
		expect([switchTo("b", 1), own, revoke("b", 1), signOutAll(1)].map(jobs.reasonOf)).toEqual([
			"setActive",
			"promote",
			"revoke",
			"signOutAll",
		]);
	});

	test("is sent where the version is the one that it was decided from; a sign-out of all in any case", () => {
		expect(jobs.switchInput({ context: started(on.setActive("b", 1)) }).version).toBe(context.reading?.version);
		expect(jobs.revokeInput({ context: started(on.signOutAll(1)) }).version).toBe(null);
	});

	test("for the active account is confirmed by a read that ended less than a second before it came", () => {
		const confirmed = (id: string, at: number) =>
			jobs.toCommand({ context, event: on.setActive(id, 1, { at }) }).after < context.begun;
		expect([confirmed("a", 1000), confirmed("a", 1999), confirmed("a", 2000)]).toEqual([true, true, false]);
		expect(confirmed("?", 1000)).toBe(false);
	});

	test("is served by a read that waits and was asked for in the same go; by one that is under way it is not", () => {
		const since = (more: Partial<Context>, event: CommandEvent) =>
			jobs.toCommand({ context: { ...context, ...more }, event }).after;
		const queue = [jobs.toCommand({ context, event: on.refetch(1) })];
		const underWay = { queue, begun: 2 };
		expect(since(underWay, on.revoke("?", 2))).toBe(1);
		expect(since(underWay, { ...on.revoke("?", 2), batch: 2 })).toBe(2);
		expect(since({}, on.revoke("?", 2))).toBe(1);
	});

	test("is served by the first read of all, whenever it was asked for", () => {
		const before: Context = { ...context, loadedAt: null, reading: null };
		const all = [on.refetch(2), on.setActive("b", 2), on.revoke("b", 2), on.signOutOthers(2), on.signOutAll(2)];
		const since = (begun: number) => all.map((event) => jobs.toCommand({ context: { ...before, begun }, event }).after);
		expect([since(0), since(1)]).toEqual([
			[0, 0, 0, 0, 0],
			[0, 0, 0, 0, 0],
		]);
	});

	test("that starts leaves the queue and decides whom it signs out", () => {
		expect(started(on.revoke("c", 1)).queue).toEqual([]);
		expect(started(on.revoke("c", 1)).command).toMatchObject({ targets: ["c"] });
		expect(started(on.signOutOthers(1)).command).toMatchObject({ targets: ["b", "c"] });
		expect(started(on.signOutAll(1)).command).toMatchObject({ targets: ["a", "b", "c"] });
	});
});

describe("what the actors are told", () => {
	const told = (event: CommandEvent) => {
		const now = { context: started(event) };
		return event.type === "command.switch" ? jobs.switchInput(now) : jobs.revokeInput(now);
	};

	test.each<[string, CommandEvent, object]>([
		["setActive", on.setActive("b", 1), { reason: "setActive", id: "b" }],
		["revoke", on.revoke("c", 1), { reason: "revoke", scope: "one", id: "c" }],
		["signOutOthers", on.signOutOthers(1), { reason: "revoke", scope: "others", targets: ["b", "c"] }],
		["signOutAll", on.signOutAll(1), { reason: "signOutAll", scope: "all" }],
	])("of %s, what was called, why, and whom it is about", (operation, event, more) => {
		expect(told(event)).toMatchObject({ operation, again: false, active: "a", unlisted: false, ...more });
	});

	test("of a revoke, who may become active instead", () => {
		expect(told(on.revoke("a", 1))).toMatchObject({ active: "a", survivors: ["b", "c"], chosen: false });
	});

	test("of a revoke with a survivor asked for, that one alone", () => {
		expect(told(on.revoke("a", 1, "c"))).toMatchObject({ survivors: ["c"], chosen: true });
	});

	test("that the active account is not listed", () => {
		expect(told(on.setActive("b", 1)).unlisted).toBe(false);
		const leaving = proceed(
			unlisted(),
			on.setActive("a", 1, { leaveUnlisted: true }),
			on.read("x", ["a", "b", row("x", { listed: false })]),
		);
		expect(jobs.switchInput({ context: leaving.context })).toMatchObject({ id: "a", active: "x", unlisted: true });
	});

	test("that a switch is made again, and what the app was asked before another tab came in between", () => {
		const again = proceed(known(), on.setActive("b", 1), on.activated("b"), on.seen("a"));
		expect(jobs.switchInput(again)).toMatchObject({ again: true });
		const overtaken = proceed(known(), on.revoke("b", 1), on.stale("v2", { from: "a", to: "c" }), on.readAt("v2", "a"));
		expect(jobs.revokeInput(overtaken)).toMatchObject({ again: false, asked: { from: "a", to: "c" } });
	});

	test("nothing, where no such command is under way", () => {
		for (const now of [context, started(on.revoke("c", 1))])
			expect(() => jobs.switchInput({ context: now })).toThrow(TypeError);
		for (const now of [context, started(on.setActive("b", 1))])
			expect(() => jobs.revokeInput({ context: now })).toThrow(TypeError);
	});
});

describe("a command that is put back, since another tab came in between,", () => {
	test("is superseded by a switch that waits, where it is one", () => {
		const revoking = proceed(known(), on.revoke("c", 1), on.setActive("b", 2), on.stale());
		expect(outcomes(revoking)).toEqual({});
		const switching = proceed(known(), on.setActive("b", 1), on.revoke("c", 2), on.stale());
		expect(outcomes(switching)).toEqual({});
		const overtaken = proceed(known(), on.setActive("b", 1), on.setActive("c", 2), on.stale());
		expect(outcomes(overtaken)).toEqual({ 1: "superseded" });
	});

	test("too often is busy, and says why", () => {
		const command = { ...switchTo("b", 1), overtaken: 6 };
		const [waiting] = jobs.putBack({ context: { ...context, command }, event: on.stale() }).queue ?? [];
		expect(waiting?.failed).toMatchObject([
			{ error: { kind: "busy", operation: "setActive", message: expect.stringContaining("again and again") } },
		]);
	});
});

test("a read past the cookie cache is served by none that has begun, not by the very first one either", () => {
	const first = { ...context, loadedAt: null, begun: 1 };
	const after = (event: CommandEvent) => jobs.toCommand({ context: first, event }).after;
	expect([after(on.refetch(1)), after({ ...on.refetch(1), certain: true })]).toEqual([0, 1]);
});

test("whom the app does not show comes next where there is nobody else", () => {
	const survivors = (...hidden: string[]) => {
		const rows = mergeRows(
			[],
			["a", "b", "c"].map((id) => ({ ...row(id), ...(hidden.includes(id) && { hidden: true as const }) })),
			"a",
		);
		const input = jobs.revokeInput({ context: { ...context, rows, command: revoke("a", 1) } });
		return input.scope === "one" && input.survivors;
	};
	expect([survivors(), survivors("b"), survivors("b", "c")]).toEqual([["b", "c"], ["c"], ["b", "c"]]);
});
