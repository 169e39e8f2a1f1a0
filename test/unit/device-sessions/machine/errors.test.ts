import { expect, test } from "vitest";
import { fail, reading } from "./data.js";
import * as on from "./events.js";
import { errors, type Played, proceed } from "./play.js";
import { known } from "./situations.js";

const commandFailed = () => proceed(known(), on.setActive("b", 1), on.notDone("rejected"));
const readFailed = () => proceed(known(), on.refetch(1), on.notRead());

test("a read's error is gone with the next good read", () => {
	expect(errors(readFailed())).toEqual({ read: "network", command: null });
	expect(errors(proceed(readFailed(), on.refetch(2))).read).toBe("network");
	expect(errors(proceed(readFailed(), on.refetch(2), on.read("a"))).read).toBeNull();
});

test("a malformed row's error is gone with the next read that is fine", () => {
	const output = { ...reading("a", ["a"]), error: fail("invalid-response") };
	const partly = proceed(known(), on.refetch(1), { type: "xstate.done.actor.readDevice", output });
	expect(errors(partly).read).toBe("invalid-response");
	expect(errors(proceed(partly, on.refetch(2), on.read("a"))).read).toBeNull();
});

test("a read never clears a command's error", () => {
	expect(errors(commandFailed())).toEqual({ read: null, command: "rejected" });
	expect(errors(proceed(commandFailed(), on.refetch(2), on.read("a"))).command).toBe("rejected");
	expect(errors(proceed(commandFailed(), on.seen("a"), on.seen("b"))).command).toBe("rejected");
});

test.each<[string, Played]>([
	["switch", on.setActive("c", 2)],
	["revoke", on.revoke("c", 2)],
	["signOutOthers", on.signOutOthers(2)],
	["signOutAll", on.signOutAll(2)],
	["switch that waits for a read", on.setActive("?", 2)],
])("a command's error is gone with the next command: %s", (_, command) => {
	expect(errors(proceed(commandFailed(), command)).command).toBeNull();
});

test("a command never clears a read's error", () => {
	const end = proceed(readFailed(), on.setActive("b", 2), on.activated("b"));
	expect(errors(end)).toEqual({ read: "network", command: null });
});

test("a malformed command shows its own error, until the next command", () => {
	const wrong = proceed(commandFailed(), on.malformed(2));
	expect(errors(wrong).command).toBe("invalid-input");
	expect(errors(proceed(wrong, on.revoke("c", 3))).command).toBeNull();
});

test("a malformed command leaves the one under way alone", () => {
	const end = proceed(known(), on.setActive("b", 1), on.malformed(2), on.activated("b"));
	expect([end.state, errors(end).command]).toEqual(["idle", "invalid-input"]);
});

test("a command's error and a read's are held side by side", () => {
	expect(errors(proceed(commandFailed(), on.refetch(2), on.notRead()))).toEqual({
		read: "network",
		command: "rejected",
	});
});

test("a refused command shows like a failed one", () => {
	expect(errors(proceed(known(), on.setActive("?", 1), on.read("a"))).command).toBe("unknown-session");
	expect(errors(proceed(known(), on.seen(null), on.read(null), on.signOutOthers(1))).command).toBe("unauthorized");
});

test("a read that fails under a command is that command's error too", () => {
	const end = proceed(known(), on.setActive("?", 1), on.notRead());
	expect(errors(end)).toEqual({ read: "network", command: "network" });
	expect(errors(proceed(end, on.refetch(2), on.read("a")))).toEqual({ read: null, command: "network" });
});

test("already gone is no error", () => {
	const end = proceed(known(), on.revoke("c", 1), { type: "row.revoked", id: "c" }, on.commandDone);
	expect(errors(end)).toEqual({ read: null, command: null });
});
