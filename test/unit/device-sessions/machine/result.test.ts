import { describe, expect, test } from "vitest";
import type { Command } from "../../../../src/device-sessions/machine/commands.js";
import type { Situation } from "../../../../src/device-sessions/machine/decide.js";
import { resultOf } from "../../../../src/device-sessions/machine/result.js";
import { failure, read, revoke, revokeOthers, signOutAll, switchTo } from "./commands.js";
import { rowsOf } from "./data.js";

/** Of a command whose requests are over, or none are sent. */
const outcome = (command: Command, rows: Situation["rows"]) => {
	const { data, error } = resultOf({ ...command, done: true }, rows);
	return error ?? data;
};
const pair = rowsOf("a", "a", "b");
const lost = { unsure: true };

test("a read answers the rows, or what went wrong", () => {
	expect(outcome(read(1), pair)).toBe(pair);
	expect(outcome(read(1, { failed: [failure(null, "network")] }), pair)).toMatchObject({ kind: "network" });
});

test("a switch answers its row, or what went wrong", () => {
	expect(outcome(switchTo("a", 1), pair)).toBe(pair[0]);
	const failed = [failure(null, "timeout", lost)];
	expect(outcome(switchTo("b", 1, { failed }), pair)).toMatchObject({ kind: "timeout" });
	expect(outcome(switchTo("a", 1, { failed }), pair)).toBe(pair[0]);
});

test("a switch that signed the unlisted account out, and no more, answers what went wrong with that", () => {
	const command = switchTo("b", 1, { revoked: ["x"], failed: [failure(null, "rate-limited")] });
	expect(outcome(command, pair)).toMatchObject({ kind: "rate-limited" });
});

describe("a revoke", () => {
	test("answers its row and who is active", () => {
		expect(outcome(revoke("c", 1, { targets: ["c"], revoked: ["c"] }), pair)).toEqual({
			revoked: "c",
			active: pair[0],
		});
		expect(outcome(revoke("a", 1, { targets: ["a"], revoked: ["a"] }), rowsOf(null))).toEqual({
			revoked: "a",
			active: null,
		});
	});

	test("that failed answers the failure, though its row be gone", () => {
		for (const id of ["c", null]) {
			const command = revoke("c", 1, { targets: ["c"], failed: [failure(id, "forbidden")] });
			expect(outcome(command, pair)).toMatchObject({ kind: "forbidden" });
		}
	});

	test("of unknown outcome has come about where its row is gone, whether the row or the whole of it failed", () => {
		for (const id of ["c", null]) {
			const command = revoke("c", 1, { targets: ["c"], failed: [failure(id, "timeout", lost)] });
			expect(outcome(command, pair)).toMatchObject({ revoked: "c" });
			expect(outcome(command, rowsOf("a", "a", "c"))).toMatchObject({ kind: "timeout" });
		}
	});
});

describe("signing out the others", () => {
	const some = { targets: ["b", "c", "d"] };

	test("answers who went; of unknown outcome, whoever is not there any more", () => {
		const command = revokeOthers(1, { revoked: ["c"], failed: [failure("d", "timeout", lost)] });
		const end = outcome({ ...command, targets: ["c", "d"] }, pair);
		expect(end).toEqual({ revoked: expect.arrayContaining(["c", "d"]) });
	});

	test("some of several is partial, with each one's own failure and nothing else in it", () => {
		const failed = [failure("b", "rate-limited"), failure("d", "timeout", lost)];
		const end = outcome(revokeOthers(1, { ...some, revoked: ["c"], failed }), rowsOf("a", "a", "b", "d"));
		expect(end).toMatchObject({ kind: "partial", operation: "signOutOthers", revoked: ["c"] });
		expect(end).toHaveProperty("failed", [
			{ id: "b", error: failed[0]?.error },
			{ id: "d", error: failed[1]?.error },
		]);
	});

	test("another tab that was busy all the while is a failure of the whole, not of some", () => {
		const command = revokeOthers(1, { ...some, failed: [failure(null, "busy")] });
		expect(outcome(command, pair)).toMatchObject({ kind: "busy" });
	});

	test("that nobody is signed in, by every answer, is unauthorized", () => {
		const failed = ["b", "c", "d"].map((id) => failure(id, "unauthorized"));
		expect(outcome(revokeOthers(1, { ...some, failed }), rowsOf("a", "a", "b", "c", "d"))).toMatchObject({
			kind: "unauthorized",
		});
	});
});

test("the whole device is signed out or it is not", () => {
	const targets = ["b", "c", "d"];
	const url = "https://idp.example.com";
	expect(outcome(signOutAll(1, { targets }), rowsOf(null))).toEqual({ revoked: targets });
	expect(outcome(signOutAll(1, { targets, url }), rowsOf(null))).toEqual({ revoked: targets, url });
	const unsure = signOutAll(1, { targets, failed: [failure(null, "timeout", lost)] });
	expect(outcome(unsure, rowsOf(null))).toEqual({ revoked: targets });
	expect(outcome(unsure, pair)).toMatchObject({ kind: "timeout" });
	const refused = signOutAll(1, { targets, failed: [failure(null, "forbidden")] });
	expect(outcome(refused, rowsOf(null))).toMatchObject({ kind: "forbidden" });
});

describe("sign-outs of several accounts, some of which failed,", () => {
	const trio = rowsOf("a", "a", "c", "d");
	const command = (failed: readonly ReturnType<typeof failure>[], revoked: readonly string[] = []) =>
		outcome(revokeOthers(1, { targets: ["b", "c", "d"], revoked, failed }), trio);

	test("name those that are out, though that was not certain, and those that are not", () => {
		expect(command([failure("b", "timeout", lost), failure("c", "network")], ["d"])).toMatchObject({
			kind: "partial",
			operation: "signOutOthers",
			message: "2 of 3 accounts were signed out.",
			revoked: ["b", "d"],
			failed: [{ id: "c", error: { kind: "network" } }],
		});
	});

	test("for want of an active account alone, fail as a whole; for another reason beside it, in part", () => {
		const unauthorized = [failure("c", "unauthorized"), failure("d", "unauthorized")];
		expect(command(unauthorized)).toMatchObject({ kind: "unauthorized" });
		expect(command([failure("c", "unauthorized"), failure("d", "network")])).toMatchObject({ kind: "partial" });
		expect(command(unauthorized, ["b"])).toMatchObject({ kind: "partial" });
	});

	test("as a whole and of one row name that row only", () => {
		const found = command([failure("c", "network"), failure(null, "busy")]);
		expect(found).toMatchObject({ kind: "partial", failed: [{ id: "c" }] });
		expect(Object(found).failed).toHaveLength(1);
	});

	test("as a whole, with nobody knowing what became of it, are looked up for no row", () => {
		expect(command([failure(null, "timeout", lost)])).toMatchObject({ kind: "timeout" });
	});
});
