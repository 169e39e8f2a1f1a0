import { expect, test } from "vitest";
import {
	type Command,
	fail as failWith,
	isAlone,
	isRepeated,
	isRevoking,
	isWanted,
	operationOf,
	ownSwitch,
	supersede,
} from "../../../../src/device-sessions/machine/commands.js";
import { failure, read, revoke, revokeOthers, signOutAll, switchTo } from "./commands.js";
import { fail } from "./data.js";

test.each<[Command["type"], string]>([
	["read", "refetch"],
	["switch", "setActive"],
	["revoke", "revoke"],
	["revokeOthers", "signOutOthers"],
	["signOutAll", "signOutAll"],
])("in errors, the command %s is called %s, as the store's method is", (type, operation) => {
	expect(operationOf({ type })).toBe(operation);
});

test("what signs accounts out is a revoke, of one, of the others or of all", () => {
	const commands = [read(1), switchTo("b", 1), revoke("b", 1), revokeOthers(1), signOutAll(1), null];
	expect(commands.map(isRevoking)).toEqual([false, false, true, true, true, false]);
});

test("a switch is wanted by whoever asked for it, and by the store, but for one that is only made again", () => {
	const again = { tries: 1 };
	const commands = [switchTo("b", 1), switchTo("b", 1, again), ownSwitch("b"), { ...ownSwitch("b"), ...again }];
	expect(commands.map(isRepeated)).toEqual([false, true, false, true]);
	expect(commands.map(isWanted)).toEqual([true, true, true, false]);
});

test("a command that fails is over as a whole, whatever came of its rows", () => {
	const error = fail("network");
	const command = revokeOthers(1, { targets: ["b"], failed: [failure("b")] });
	expect(failWith(command, error)).toEqual({ ...command, done: true, failed: [{ id: null, error, unsure: false }] });
});

test("a superseded switch fails under its own name", () => {
	expect(supersede(switchTo("b", 1)).failed).toMatchObject([
		{ id: null, error: { kind: "superseded", operation: "setActive", message: expect.stringContaining("newer") } },
	]);
});

test("a read is never alone with the device, nor is what waits for the lock: whoever asks for the same joins", () => {
	expect([isAlone(read(1), "v2"), isAlone(switchTo("b", 1), "v2")]).toEqual([true, true]);
	expect(["v1", "v2"].map((version) => isAlone(switchTo("b", 1, { version: "v1" }), version))).toEqual([true, false]);
});
