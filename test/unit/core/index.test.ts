import * as v from "valibot";
import { expect, test } from "vitest";
import * as Core from "../../../src/core/index.js";

test.each([
	["getSession", Core.GetSession, false],
	["signOut", Core.SignOut, true],
	["revokeSession", Core.RevokeSession, true],
])("%s says what it is called and whether it changes the session", (name, { operation, mutatesSession }, mutates) => {
	expect(operation).toBe(name);
	expect(mutatesSession).toBe(mutates);
});

test("the one that changes nothing takes no payload", () => {
	expect(Core.GetSession.payload).toBeUndefined();
});

test("the payload of revokeSession is a schema that wants a token", () => {
	expect(v.is(Core.RevokeSession.payload, { token: "token" })).toBe(true);
	expect(v.is(Core.RevokeSession.payload, { token: "" })).toBe(false);
	expect(v.is(Core.RevokeSession.payload, {})).toBe(false);
});

test("the payload of signOut is a schema whose every field may be left out", () => {
	expect(v.is(Core.SignOut.payload, {})).toBe(true);
	expect(v.is(Core.SignOut.payload, { disableRedirect: true, callbackURL: "/" })).toBe(true);
	expect(v.is(Core.SignOut.payload, { disableRedirect: "yes" })).toBe(false);
});

test.each([
	["getSession", Core.GetSession.success, null, undefined],
	["signOut", Core.SignOut.success, { success: true }, { status: true }],
	["revokeSession", Core.RevokeSession.success, { status: true }, null],
])("the success of %s is a schema", (_, success, good, bad) => {
	expect(v.is(success, good)).toBe(true);
	expect(v.is(success, bad)).toBe(false);
});
