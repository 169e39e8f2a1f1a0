import * as v from "valibot";
import { expect, test } from "vitest";
import * as MultiSession from "../../../src/multi-session/index.js";

test.each([
	["multiSession.listDeviceSessions", MultiSession.ListSessions, false],
	["multiSession.setActive", MultiSession.SetActive, true],
	["multiSession.revoke", MultiSession.Revoke, true],
])("%s says what it is called and whether it changes the session", (name, { operation, mutatesSession }, mutates) => {
	expect(operation).toBe(name);
	expect(mutatesSession).toBe(mutates);
});

test("the one that changes nothing takes no payload", () => {
	expect(MultiSession.ListSessions.payload).toBeUndefined();
});

test.each([
	["multiSession.setActive", MultiSession.SetActive.payload],
	["multiSession.revoke", MultiSession.Revoke.payload],
])("the payload of %s is a schema that wants a token", (_, payload) => {
	expect(v.is(payload, { sessionToken: "token" })).toBe(true);
	expect(v.is(payload, { sessionToken: "" })).toBe(false);
	expect(v.is(payload, {})).toBe(false);
});

const moment = new Date();
const row = {
	session: { token: "t", userId: "u", expiresAt: moment, createdAt: moment, updatedAt: moment },
	user: { id: "u", name: "Ada", email: "ada@example.com", emailVerified: true, createdAt: moment, updatedAt: moment },
};

test.each([
	["multiSession.listDeviceSessions", MultiSession.ListSessions.success, [row], [{}]],
	["multiSession.setActive", MultiSession.SetActive.success, row, null],
	["multiSession.revoke", MultiSession.Revoke.success, { status: true }, {}],
])("the success of %s is a schema", (_, success, good, bad) => {
	expect(v.is(success, good)).toBe(true);
	expect(v.is(success, bad)).toBe(false);
});
