import { describe, expect, test } from "vitest";
import { toDeviceSessions } from "../../../../src/device-sessions/store/to-device-sessions.js";
import { OperationError } from "../../../../src/errors.js";
import { row } from "../machine/data.js";

/** An account as a server answers it: with its token. */
function account(id: string) {
	const { session, user } = row(id);
	return { session: { ...session, token: `token-of-${id}-and-long` }, user };
}
const [ada, bob] = [account("a"), account("b")];

test("what a server answered becomes rows without tokens, and says who is active", () => {
	const snapshot = toDeviceSessions([ada, bob], bob);
	expect(snapshot).toEqual({ version: 1, sessions: [row("a"), row("b")], active: "b" });
	expect(JSON.stringify(snapshot)).not.toContain("token");
});

test.each([null, undefined])("with %s for a session nobody is active", (session) => {
	expect(toDeviceSessions([ada], session)).toMatchObject({ sessions: [{ id: "a" }], active: null });
});

test("an active account that is not listed has a row of its own, and comes last", () => {
	const { active, sessions } = toDeviceSessions([ada], bob);
	expect([active, sessions.map(({ id, listed }) => [id, listed])]).toEqual([
		"b",
		[
			["a", true],
			["b", false],
		],
	]);
});

test("an account that is malformed is left out, and one that is there twice is there once", () => {
	const { sessions } = toDeviceSessions([{ ...ada, user: null }, bob, bob], null);
	expect(sessions.map(({ id }) => id)).toEqual(["b"]);
});

test("somebody in a shape of the app's own is left to the first read", () => {
	expect(toDeviceSessions([ada], { user: { id: "somebody" } }).active).toBeNull();
});

describe("something else than what a server answers is refused", () => {
	test.each<[string, unknown, unknown]>([
		["a response", new Response(), null],
		["nothing", undefined, null],
		["an error for a session", [], { code: "UNAUTHORIZED" }],
		["a text for a session", [], "Ada"],
	])("%s", (_, list, session) => {
		const read = () => toDeviceSessions(list as readonly object[], session as object | null);
		expect(read).toThrow(OperationError);
		expect(read).toThrow(expect.objectContaining({ kind: "invalid-input", operation: "toDeviceSessions" }));
	});

	test("a getter that throws, and its message is not handed on", () => {
		const throwing = Object.defineProperty({}, "session", {
			get() {
				throw new Error("a secret");
			},
		});
		expect(() => toDeviceSessions([], throwing)).toThrow("cannot be read");
	});
});
