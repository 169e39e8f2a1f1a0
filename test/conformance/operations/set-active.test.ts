import { expect, test } from "vitest";
import { MultiSession } from "../../../src/index.js";
import { signedIn } from "./every-operation.js";

test("the account that is now active is answered, in one request", async () => {
	const { browser, client, token } = await signedIn(["Ada", "Grace"]);
	const { data, error } = await MultiSession.SetActive(client, { sessionToken: token("Ada") });
	expect(error).toBeNull();
	expect(data).toMatchObject({ session: { token: token("Ada") }, user: { name: "Ada", email: "ada@example.com" } });
	expect(data?.session.expiresAt).toBeInstanceOf(Date);
	expect(browser.activeToken()).toBe(token("Ada"));
	expect(browser.requests).toEqual(["POST /multi-session/set-active"]);
});

test("an account can be made active where none is", async () => {
	const { browser, client, token } = await signedIn(["Ada", "Grace"]);
	browser.cookies.delete("better-auth.session_token");
	expect((await MultiSession.SetActive(client, { sessionToken: token("Ada") })).error).toBeNull();
	expect(browser.activeToken()).toBe(token("Ada"));
});

test("an account that is not on this device is session-gone, and the active one stays", async () => {
	const { browser, client, token } = await signedIn(["Ada"]);
	const { data, error } = await MultiSession.SetActive(client, { sessionToken: "nobody's" });
	expect(data).toBeNull();
	expect(error).toMatchObject({
		name: "OperationError",
		kind: "session-gone",
		operation: "multiSession.setActive",
		status: 401,
		code: "INVALID_SESSION_TOKEN",
	});
	expect(browser.activeToken()).toBe(token("Ada"));
});

test("an account whose session was ended elsewhere is session-gone", async () => {
	const { server, client, token } = await signedIn(["Ada", "Grace"]);
	const sessionToken = token("Ada");
	server.end(String(server.sessions()[0]?.["id"]));
	expect((await MultiSession.SetActive(client, { sessionToken })).error).toMatchObject({
		kind: "session-gone",
		status: 401,
	});
});
