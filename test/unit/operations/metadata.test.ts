import * as v from "valibot";
import { expect, test } from "vitest";
import { Core, MultiSession } from "../../../src/index.js";

test.each([
	["multiSession.listDeviceSessions", MultiSession.ListSessions, false],
	["multiSession.setActive", MultiSession.SetActive, true],
	["multiSession.revoke", MultiSession.Revoke, true],
	["getSession", Core.GetSession, false],
	["signOut", Core.SignOut, true],
	["revokeSession", Core.RevokeSession, true],
])("%s says what it is called and whether it changes the session", (name, { operation, mutatesSession }, mutates) => {
	expect(operation).toBe(name);
	expect(mutatesSession).toBe(mutates);
});

test("those that change nothing take no payload", () => {
	expect(MultiSession.ListSessions.payload).toBeUndefined();
	expect(Core.GetSession.payload).toBeUndefined();
});

test.each([
	["multiSession.setActive", MultiSession.SetActive.payload, "sessionToken"],
	["multiSession.revoke", MultiSession.Revoke.payload, "sessionToken"],
	["revokeSession", Core.RevokeSession.payload, "token"],
])("the payload of %s is a schema that wants a token", (_, payload, field) => {
	expect(v.is(payload, { [field]: "token" })).toBe(true);
	expect(v.is(payload, { [field]: "" })).toBe(false);
	expect(v.is(payload, {})).toBe(false);
});

test("the payload of signOut is a schema whose every field may be left out", () => {
	expect(v.is(Core.SignOut.payload, {})).toBe(true);
	expect(v.is(Core.SignOut.payload, { disableRedirect: true, callbackURL: "/" })).toBe(true);
	expect(v.is(Core.SignOut.payload, { disableRedirect: "yes" })).toBe(false);
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
	["getSession", Core.GetSession.success, null, undefined],
	["signOut", Core.SignOut.success, { success: true }, { status: true }],
	["revokeSession", Core.RevokeSession.success, { status: true }, null],
])("the success of %s is a schema", (_, success, good, bad) => {
	expect(v.is(success, good)).toBe(true);
	expect(v.is(success, bad)).toBe(false);
});
