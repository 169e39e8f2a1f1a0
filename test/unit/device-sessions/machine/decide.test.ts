import { expect, test } from "vitest";
import type { Command } from "../../../../src/device-sessions/machine/commands.js";
import { decide, type Situation } from "../../../../src/device-sessions/machine/decide.js";
import { nothingKnown } from "../../../../src/device-sessions/machine/knowledge.js";
import { failure, read, revoke, revokeOthers, signOutAll, switchTo } from "./commands.js";
import { row, rowsOf, version } from "./data.js";
import { dead, unlisted } from "./situations.js";

const rows = rowsOf("a", "a", "b", "c");
const reading = { number: 1, version, began: 1000, at: 1000 };
const unread = { reading: null, begun: 0, rows: [] };
/** A read that began after it came has ended. */
const lookedUp = { after: 0 };
const situation = (more: Partial<Situation>): Situation => ({
	...nothingKnown,
	rows,
	version,
	reading,
	begun: 1,
	queue: [],
	command: null,
	...more,
});
const stepOf = (command: Command, more: Partial<Situation> = {}) => {
	const step = decide(situation(more), command);
	return step.type === "answer" ? (step.result.error?.kind ?? step.result.data) : step.type;
};

test.each<[string, Command, Partial<Situation>, unknown]>([
	["a read reads", read(1), {}, "read"],
	["a read that has been made is answered with the rows", read(1, lookedUp), {}, rows],
	["a switch to a known row goes", switchTo("b", 1), {}, "switch"],
	["a switch before anything is known reads", switchTo("b", 1), unread, "read"],
	["a switch to an unknown row reads", switchTo("?", 1), {}, "read"],
	["a switch to a row that a read did not find is refused", switchTo("?", 1, lookedUp), {}, "unknown-session"],
	["a switch to the active row reads", switchTo("a", 1), {}, "read"],
	["a switch to the active row, just read, is answered", switchTo("a", 1, lookedUp), {}, rows[0]],
	["a switch made once more goes although its row shows as active", switchTo("a", 1, { tries: 1 }), {}, "switch"],
	["a revoke of a known row goes", revoke("c", 1), {}, "revoke"],
	["a revoke before anything is known reads", revoke("c", 1), unread, "read"],
	["a revoke of an unknown row reads", revoke("?", 1), {}, "read"],
	["a revoke of a row that a read did not find is refused", revoke("?", 1, lookedUp), {}, "unknown-session"],
	[
		"a revoke of a row that was there is success",
		revoke("?", 1, { ...lookedUp, known: true }),
		{},
		{ revoked: "?", active: rows[0] },
	],
	["a revoke with an unknown survivor reads", revoke("a", 1, { next: "?" }), {}, "read"],
	[
		"a revoke with a survivor that a read did not find is refused",
		revoke("a", 1, { next: "?", ...lookedUp, known: true }),
		{},
		"unknown-session",
	],
	["signing out the others goes", revokeOthers(1), {}, "revoke"],
	["signing out the others before anything is known reads", revokeOthers(1), unread, "read"],
	["signing out the others of nobody is refused", revokeOthers(1), { rows: rowsOf(null, "a", "b") }, "unauthorized"],
	["signing out no others is done", revokeOthers(1), { rows: rowsOf("a", "a") }, { revoked: [] }],
	["signing out all goes", signOutAll(1), {}, "revoke"],
	["signing out all goes although nothing is known", signOutAll(1), unread, "revoke"],
])("%s", (_, command, more, step) => {
	expect(stepOf(command, more)).toEqual(step);
});

test.each<[string, Command, Partial<Situation>]>([
	["setActive", switchTo("?", 1, lookedUp), {}],
	["setActive", switchTo("a", 1, lookedUp), { rows: rowsOf("x", "a", row("x", { listed: false })) }],
	["revoke", revoke("?", 1, lookedUp), {}],
	["signOutOthers", revokeOthers(1), { rows: rowsOf(null, "a", "b") }],
])("a refused %s says what was called", (operation, command, more) => {
	expect(decide(situation(more), command)).toMatchObject({ type: "answer", result: { error: { operation } } });
});

test("with an unlisted account active each command looks once more, and a switch away from it needs leave", () => {
	const unlisted = { rows: rowsOf("x", "a", row("x", { listed: false })) };
	expect(stepOf(switchTo("a", 1), unlisted)).toBe("read");
	expect(stepOf(switchTo("a", 1, lookedUp), unlisted)).toBe("active-unlisted");
	expect(stepOf(switchTo("a", 1, { ...lookedUp, leaveUnlisted: true }), unlisted)).toBe("switch");
	expect([stepOf(revoke("x", 1), unlisted), stepOf(revoke("x", 1, lookedUp), unlisted)]).toEqual(["read", "revoke"]);
});

test("with nobody active switches and revokes go", () => {
	const dead = { rows: rowsOf(null, "a", "b") };
	expect([stepOf(switchTo("a", 1), dead), stepOf(revoke("a", 1), dead)]).toEqual(["switch", "revoke"]);
});

test("requests that are over are answered, once what is unsure has been looked up", () => {
	const unsure = revoke("c", 1, { done: true, targets: ["c"], failed: [failure("c", "timeout", { unsure: true })] });
	expect(stepOf(unsure)).toBe("read");
	expect(stepOf({ ...unsure, ...lookedUp })).toBe("timeout");
	expect(stepOf({ ...unsure, ...lookedUp }, { rows: rowsOf("a", "a", "b") })).toMatchObject({ revoked: "c" });
	expect(stepOf(revoke("c", 1, { done: true, targets: ["c"], failed: [failure("c")] }))).toBe("rejected");
});

test("no read leads to another: what was looked up is never looked up again", () => {
	const commands = [switchTo("?", 1), switchTo("a", 1), revoke("?", 1), revoke("a", 1, { next: "?" }), revokeOthers(1)];
	for (const rows of [rowsOf("a", "a"), rowsOf(null, "a", "b"), rowsOf(null)]) {
		for (const command of commands) {
			expect(stepOf({ ...command, ...lookedUp }, { rows })).not.toBe("read");
			for (const id of ["a", "?", null]) {
				const failed = [failure(id, "timeout", { unsure: true })];
				expect(stepOf({ ...command, ...lookedUp, done: true, failed }, { rows })).not.toBe("read");
			}
		}
	}
});

test("what is refused is refused in words", () => {
	const message = (situation: Situation, command: Command) => {
		const step = decide(situation, command);
		return step.type === "answer" && step.result.error?.message;
	};
	expect(message(dead().context, revokeOthers(1))).toContain("make one active");
	expect(message(unlisted().context, switchTo("b", 1, lookedUp))).toContain("leaveUnlisted");
});
