import { describe, expect, test } from "vitest";
import {
	type Command,
	decide,
	enqueue,
	newCommand,
	nextStep,
	type Situation,
	settle,
} from "../../../../src/device-sessions/machine/commands.js";
import { mergeRows } from "../../../../src/device-sessions/machine/rows.js";
import type { RowData } from "../../../../src/device-sessions/types.js";
import { fail, row } from "./play.js";

const switchTo = (id: string, ticket: number, more: Partial<Command> = {}): Command => ({
	...newCommand,
	type: "switch",
	id,
	tickets: [ticket],
	...more,
});
const revoke = (id: string, ticket: number, more: Partial<Command> = {}): Command => ({
	...switchTo(id, ticket),
	type: "revoke",
	...more,
});
const others = (ticket: number, more: Partial<Command> = {}) => revoke("", ticket, { scope: "others", ...more });
const all = (ticket: number, more: Partial<Command> = {}) => revoke("", ticket, { scope: "all", ...more });
const rowsOf = (active: string | null, ...rows: readonly (string | RowData)[]) =>
	mergeRows(
		[],
		rows.map((one) => (typeof one === "string" ? row(one) : one)),
		active,
	);
const failure = (id: string, kind: Parameters<typeof fail>[0] = "rejected", unsure = false) => ({
	id,
	error: fail(kind),
	unsure,
});

describe("the queue", () => {
	const empty = { queue: [], command: null };
	/** Who is in it: `b 1,2` is a switch to b that tickets 1 and 2 wait for; one that is superseded is about to go. */
	const inWords = ({ queue, command }: ReturnType<typeof enqueue>) => ({
		queue: queue.filter(({ done }) => !done).map(({ id, tickets }) => `${id} ${tickets}`),
		command: command && `${command.id} ${command.tickets}`,
		superseded: queue
			.filter(({ failed }) => failed.some(({ error }) => error.kind === "superseded"))
			.flatMap(({ tickets }) => tickets),
	});

	test("takes a first command", () => {
		expect(inWords(enqueue(empty, switchTo("b", 1)))).toEqual({ queue: ["b 1"], command: null, superseded: [] });
	});

	test("a newer switch takes the place of the one that waits", () => {
		const queue = [switchTo("b", 1)];
		expect(inWords(enqueue({ queue, command: null }, switchTo("c", 2)))).toEqual({
			queue: ["c 2"],
			command: null,
			superseded: [1],
		});
	});

	test("the same target joins the one that waits", () => {
		const queue = [switchTo("b", 1)];
		expect(inWords(enqueue({ queue, command: null }, switchTo("b", 2)))).toMatchObject({ queue: ["b 1,2"] });
	});

	test("the target in flight joins it, and what waits is superseded", () => {
		const moment = { queue: [switchTo("c", 2), revoke("a", 3)], command: switchTo("b", 1) };
		expect(inWords(enqueue(moment, switchTo("b", 4)))).toEqual({ queue: ["a 3"], command: "b 1,4", superseded: [2] });
	});

	test("a switch leaves revokes alone, and a revoke leaves switches alone", () => {
		const moment = { queue: [revoke("c", 1)], command: null };
		const both = enqueue(moment, switchTo("b", 2));
		expect(inWords(both)).toEqual({ queue: ["c 1", "b 2"], command: null, superseded: [] });
		expect(inWords(enqueue(both, revoke("a", 3)))).toMatchObject({ queue: ["c 1", "b 2", "a 3"], superseded: [] });
	});

	test("the same revoke joins, waiting or in flight", () => {
		expect(inWords(enqueue({ queue: [revoke("c", 1)], command: null }, revoke("c", 2))).queue).toEqual(["c 1,2"]);
		expect(inWords(enqueue({ queue: [], command: revoke("c", 1) }, revoke("c", 2)))).toEqual({
			queue: [],
			command: "c 1,2",
			superseded: [],
		});
	});

	test("revokes of another account, survivor or scope are others", () => {
		const queue = [revoke("c", 1)];
		for (const added of [revoke("b", 2), revoke("c", 2, { next: "b" }), others(2), all(2)]) {
			expect(enqueue({ queue, command: null }, added).queue).toHaveLength(2);
		}
	});

	test("a revoke does not join a switch to the same account", () => {
		expect(enqueue({ queue: [], command: switchTo("b", 1) }, revoke("b", 2)).queue).toHaveLength(1);
	});

	test("nothing that was handed in is written to", () => {
		const queue = Object.freeze([Object.freeze(switchTo("b", 1))]);
		expect(() => enqueue({ queue, command: Object.freeze(switchTo("c", 2)) }, switchTo("c", 3))).not.toThrow();
	});
});

describe("the next step", () => {
	const rows = rowsOf("a", "a", "b", "c");
	const situation = (more: Partial<Situation>): Situation => ({
		rows,
		loadedAt: 1000,
		moved: false,
		queue: [],
		command: null,
		...more,
	});
	const stepOf = (command: Command, more: Partial<Situation> = {}) => {
		const step = decide(situation(more), command);
		return step.type === "answer" ? (step.result.error?.kind ?? step.result.data) : step.type;
	};

	test("with nothing to do there is rest", () => {
		expect(nextStep(situation({}))).toEqual({ type: "rest" });
	});

	test("what is under way comes first, then revokes, then the switch", () => {
		const queue = [switchTo("b", 1), revoke("c", 2), revoke("b", 3)];
		expect(nextStep(situation({ queue }))).toMatchObject({ type: "revoke", command: { id: "c" } });
		expect(nextStep(situation({ queue: queue.slice(0, 1) }))).toMatchObject({ type: "switch", command: { id: "b" } });
		const command = switchTo("b", 4, { done: true, failed: [failure("b", "timeout", true)] });
		expect(nextStep(situation({ queue, command }))).toEqual({ type: "read" });
	});

	test.each<[string, Command, Partial<Situation>, unknown]>([
		["a switch to a known row goes", switchTo("b", 1), {}, "switch"],
		["a switch before anything is known reads", switchTo("b", 1), { loadedAt: null, rows: [] }, "read"],
		["a switch to an unknown row reads", switchTo("?", 1), {}, "read"],
		["a switch to a row that a read did not find is refused", switchTo("?", 1, { reads: 0 }), {}, "unknown-session"],
		["a switch to the active row reads", switchTo("a", 1), {}, "read"],
		["a switch to the active row, just read, is answered", switchTo("a", 1, { reads: 0 }), {}, rows[0]],
		["a switch made once more goes although its row shows as active", switchTo("a", 1, { tries: 1 }), {}, "switch"],
		["a revoke of a known row goes", revoke("c", 1), {}, "revoke"],
		["a revoke before anything is known reads", revoke("c", 1), { loadedAt: null, rows: [] }, "read"],
		["a revoke of an unknown row reads", revoke("?", 1), {}, "read"],
		["a revoke of a row that a read did not find is refused", revoke("?", 1, { reads: 0 }), {}, "unknown-session"],
		[
			"a revoke of a row that was there is success",
			revoke("?", 1, { reads: 0, known: true }),
			{},
			{ revoked: "?", active: rows[0] },
		],
		["a revoke with an unknown survivor reads", revoke("a", 1, { next: "?" }), {}, "read"],
		[
			"a revoke with a survivor that a read did not find is refused",
			revoke("a", 1, { next: "?", reads: 0, known: true }),
			{},
			"unknown-session",
		],
		["signing out the others goes", others(1), {}, "revoke"],
		["signing out the others before anything is known reads", others(1), { loadedAt: null, rows: [] }, "read"],
		["signing out the others of nobody is refused", others(1), { rows: rowsOf(null, "a", "b") }, "unauthorized"],
		["signing out no others is done", others(1), { rows: rowsOf("a", "a") }, { revoked: [] }],
		["signing out all goes", all(1), {}, "revoke"],
		["signing out all goes although nothing is known", all(1), { loadedAt: null, rows: [] }, "revoke"],
	])("%s", (_, command, more, step) => {
		expect(stepOf(command, more)).toEqual(step);
	});

	test("a switch away from an unlisted account needs leave", () => {
		const unlisted = { rows: rowsOf("x", "a", row("x", { listed: false })) };
		expect(stepOf(switchTo("a", 1), unlisted)).toBe("read");
		expect(stepOf(switchTo("a", 1, { reads: 0 }), unlisted)).toBe("active-unlisted");
		expect(stepOf(switchTo("a", 1, { leaveUnlisted: true }), unlisted)).toBe("switch");
		expect(stepOf(revoke("x", 1), unlisted)).toBe("revoke");
	});

	test("with nobody active switches and revokes go", () => {
		const dead = { rows: rowsOf(null, "a", "b") };
		expect([stepOf(switchTo("a", 1), dead), stepOf(revoke("a", 1), dead)]).toEqual(["switch", "revoke"]);
	});

	test("requests that are over are answered, once what is unsure has been looked up", () => {
		const unsure = revoke("c", 1, { done: true, targets: ["c"], failed: [failure("c", "timeout", true)] });
		expect(stepOf(unsure)).toBe("read");
		expect(stepOf({ ...unsure, reads: 0 })).toBe("timeout");
		expect(stepOf({ ...unsure, reads: 0 }, { rows: rowsOf("a", "a", "b") })).toMatchObject({ revoked: "c" });
		expect(stepOf(revoke("c", 1, { done: true, targets: ["c"], failed: [failure("c")] }))).toBe("rejected");
	});

	test("no read leads to another: what was looked up is never looked up again", () => {
		const commands = [switchTo("?", 1), switchTo("a", 1), revoke("?", 1), revoke("a", 1, { next: "?" }), others(1)];
		for (const rows of [rowsOf("a", "a"), rowsOf(null, "a", "b"), rowsOf(null)]) {
			for (const command of commands) {
				expect(stepOf({ ...command, reads: 0 }, { rows })).not.toBe("read");
				const failed = [failure(command.id, "timeout", true)];
				expect(stepOf({ ...command, reads: 0, done: true, failed }, { rows })).not.toBe("read");
			}
		}
	});
});

describe("what a command answers in the end", () => {
	const outcome = (command: Command, rows: Situation["rows"]) => {
		const { data, error } = settle({ ...command, done: true }, rows);
		return error ?? data;
	};
	const pair = rowsOf("a", "a", "b");

	test("a switch answers its row, or what went wrong", () => {
		expect(outcome(switchTo("a", 1), pair)).toBe(pair[0]);
		expect(outcome(switchTo("b", 1, { failed: [failure("b", "timeout", true)] }), pair)).toMatchObject({
			kind: "timeout",
		});
	});

	test("a revoke answers its row and who is active", () => {
		expect(outcome(revoke("c", 1, { targets: ["c"], revoked: ["c"] }), pair)).toEqual({
			revoked: "c",
			active: pair[0],
		});
		expect(outcome(revoke("a", 1, { targets: ["a"], revoked: ["a"] }), rowsOf(null))).toEqual({
			revoked: "a",
			active: null,
		});
	});

	test("a revoke that failed answers the failure, though its row be gone", () => {
		expect(outcome(revoke("c", 1, { targets: ["c"], failed: [failure("c", "forbidden")] }), pair)).toMatchObject({
			kind: "forbidden",
		});
	});

	const some = { targets: ["b", "c", "d"] };

	test("several answer who went; of unknown outcome, whoever is not there any more", () => {
		const command = others(1, { ...some, revoked: ["c"], failed: [failure("d", "timeout", true)] });
		const end = outcome({ ...command, targets: ["c", "d"] }, pair);
		expect(end).toEqual({ revoked: expect.arrayContaining(["c", "d"]) });
	});

	test("some of several is partial, with each one's own failure and nothing else in it", () => {
		const failed = [failure("b", "rate-limited"), failure("d", "timeout", true)];
		const end = outcome(others(1, { ...some, revoked: ["c"], failed }), rowsOf("a", "a", "b", "d"));
		expect(end).toMatchObject({ kind: "partial", operation: "signOutOthers", revoked: ["c"] });
		expect(end).toHaveProperty("failed", [
			{ id: "b", error: failed[0]?.error },
			{ id: "d", error: failed[1]?.error },
		]);
	});

	test("another tab that was busy all the while is a failure of the whole, not of some", () => {
		expect(outcome(others(1, { ...some, failed: [failure("", "busy")] }), pair)).toMatchObject({ kind: "busy" });
	});

	test("nobody signed in, by every answer, is unauthorized", () => {
		const failed = ["b", "c", "d"].map((id) => failure(id, "unauthorized"));
		expect(outcome(others(1, { ...some, failed }), rowsOf("a", "a", "b", "c", "d"))).toMatchObject({
			kind: "unauthorized",
		});
	});

	test("the whole device is signed out or it is not", () => {
		expect(outcome(all(1, some), rowsOf(null))).toEqual({ revoked: some.targets });
		expect(outcome(all(1, { ...some, url: "https://idp.example.com" }), rowsOf(null))).toEqual({
			revoked: some.targets,
			url: "https://idp.example.com",
		});
		const unsure = all(1, { ...some, failed: [failure("", "timeout", true)] });
		expect(outcome(unsure, rowsOf(null))).toEqual({ revoked: some.targets });
		expect(outcome(unsure, pair)).toMatchObject({ kind: "timeout" });
		expect(outcome(all(1, { ...some, failed: [failure("", "forbidden")] }), rowsOf(null))).toMatchObject({
			kind: "forbidden",
		});
	});
});
