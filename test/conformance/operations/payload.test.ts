import { expect, test } from "vitest";
import { Core, MultiSession, type Result } from "../../../src/index.js";
import type { Browser } from "../../support/real-server.js";
import { browserWithoutServer, everythingIn } from "./every-operation.js";

type Tab = ReturnType<Browser["openTab"]>;

const takeToken: [string, string, (client: Tab, payload: never) => Promise<Result<unknown>>][] = [
	["multiSession.setActive", "sessionToken", MultiSession.SetActive],
	["multiSession.revoke", "sessionToken", MultiSession.Revoke],
	["revokeSession", "token", Core.RevokeSession],
];

/** What a page without types may hand over. */
async function refused(
	operation: string,
	run: (client: Tab, payload: never) => Promise<Result<unknown>>,
	payload: unknown,
) {
	const browser = browserWithoutServer();
	const { data, error } = await run(browser.openTab(), payload as never);
	expect(browser.requests).toEqual([]);
	expect(data).toBeNull();
	if (!error) throw new Error("not refused");
	expect(error).toMatchObject({ kind: "invalid-input", operation });
	expect(error.message).toContain(operation);
	expect(error.status).toBeUndefined();
	return error;
}

for (const [operation, field, run] of takeToken) {
	test(`${operation}: an empty token is refused before anything is sent`, async () => {
		const { issues, message } = await refused(operation, run, { [field]: "" });
		expect(issues).toMatchObject([{ path: field }]);
		expect(message).toContain(field);
	});

	test.each([
		["a missing token", {}],
		["a number", { [field]: 42 }],
		["null", { [field]: null }],
		["a list", { [field]: ["token"] }],
		["an object", { [field]: { token: "token" } }],
	])(`${operation}: %s for a token is refused before anything is sent, as no string`, async (_, payload) => {
		const { issues, message } = await refused(operation, run, payload);
		expect(issues).toMatchObject([{ path: field }]);
		expect(message).toContain(field);
	});

	test.each([
		["nothing", undefined],
		["null", null],
		["the bare token", "token"],
	])(`${operation}: %s for a payload is refused before anything is sent`, async (_, payload) => {
		expect((await refused(operation, run, payload)).issues).toMatchObject([{ path: "" }]);
	});

	test(`${operation}: what was refused is not repeated`, async () => {
		const error = await refused(operation, run, { [field]: ["a-misplaced-secret"] });
		expect(everythingIn(error)).not.toContain("a-misplaced-secret");
	});

	test(`${operation}: nothing but the payload's own fields is sent`, async () => {
		const browser = browserWithoutServer();
		const bodies: unknown[] = [];
		for (const path of ["/multi-session/set-active", "/multi-session/revoke", "/revoke-session"])
			browser.answer(path, async (request) => {
				bodies.push(await request.json());
				return Response.json({ status: true });
			});
		await run(browser.openTab(), {
			[field]: "token",
			password: "hunter2",
			fetchOptions: { method: "DELETE" },
		} as never);
		expect(bodies).toEqual([{ [field]: "token" }]);
	});
}

test.each([
	["disableRedirect", { disableRedirect: "yes" }],
	["callbackURL", { callbackURL: 42 }],
	["", null],
	["", "out"],
])("signOut: a bad %o is refused before anything is sent", async (path, payload) => {
	expect((await refused("signOut", Core.SignOut, payload)).issues).toMatchObject([{ path }]);
});
