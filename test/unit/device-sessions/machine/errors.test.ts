import { expect, test } from "vitest";
import {
	activated,
	commandDone,
	errors,
	fail,
	known,
	malformed,
	notRead,
	notSwitched,
	type Played,
	proceed,
	read,
	reading,
	refetch,
	revoke,
	seen,
	setActive,
	signOutAll,
	signOutOthers,
} from "./play.js";

const commandFailed = () => proceed(known(), setActive("b", 1), notSwitched("b", "rejected"));
const readFailed = () => proceed(known(), refetch(1), notRead());

test("a read's error is gone with the next good read", () => {
	expect(errors(readFailed())).toEqual({ read: "network", command: null });
	expect(errors(proceed(readFailed(), refetch(2))).read).toBe("network");
	expect(errors(proceed(readFailed(), refetch(2), read("a"))).read).toBeNull();
});

test("a malformed row's error is gone with the next read that is fine", () => {
	const output = { ...reading("a", ["a"]), error: fail("invalid-response") };
	const partly = proceed(known(), refetch(1), { type: "xstate.done.actor.readDevice", output });
	expect(errors(partly).read).toBe("invalid-response");
	expect(errors(proceed(partly, refetch(2), read("a"))).read).toBeNull();
});

test("a read never clears a command's error", () => {
	expect(errors(commandFailed())).toEqual({ read: null, command: "rejected" });
	expect(errors(proceed(commandFailed(), refetch(2), read("a"))).command).toBe("rejected");
	expect(errors(proceed(commandFailed(), seen("a"), seen("b"))).command).toBe("rejected");
});

test.each<[string, Played]>([
	["switch", setActive("c", 2)],
	["revoke", revoke("c", 2)],
	["signOutOthers", signOutOthers(2)],
	["signOutAll", signOutAll(2)],
	["switch that waits for a read", setActive("?", 2)],
])("a command's error is gone with the next command: %s", (_, command) => {
	expect(errors(proceed(commandFailed(), command)).command).toBeNull();
});

test("a command never clears a read's error", () => {
	const end = proceed(readFailed(), setActive("b", 2), activated("b"));
	expect(errors(end)).toEqual({ read: "network", command: null });
});

test("a malformed command shows its own error, until the next command", () => {
	const wrong = proceed(commandFailed(), malformed(2));
	expect(errors(wrong).command).toBe("invalid-input");
	expect(errors(proceed(wrong, revoke("c", 3))).command).toBeNull();
});

test("a malformed command leaves the one under way alone", () => {
	const end = proceed(known(), setActive("b", 1), malformed(2), activated("b"));
	expect([end.state, errors(end).command]).toEqual(["idle", "invalid-input"]);
});

test("a command's error and a read's are held side by side", () => {
	expect(errors(proceed(commandFailed(), refetch(2), notRead()))).toEqual({ read: "network", command: "rejected" });
});

test("a refused command shows like a failed one", () => {
	expect(errors(proceed(known(), setActive("?", 1), read("a"))).command).toBe("unknown-session");
	expect(errors(proceed(known(), seen(null), read(null), signOutOthers(1))).command).toBe("unauthorized");
});

test("a read that fails under a command is that command's error too", () => {
	const end = proceed(known(), setActive("?", 1), notRead());
	expect(errors(end)).toEqual({ read: "network", command: "network" });
	expect(errors(proceed(end, refetch(2), read("a")))).toEqual({ read: null, command: "network" });
});

test("already gone is no error", () => {
	const end = proceed(known(), revoke("c", 1), { type: "row.revoked", id: "c" }, commandDone);
	expect(errors(end)).toEqual({ read: null, command: null });
});
