import { expect, test } from "vitest";
import { MultiSession } from "../../../src/index.js";
import { signedIn } from "./every-operation.js";

test("an account is signed out, and the active one stays", async () => {
	const { server, browser, client, token } = await signedIn(["Ada", "Grace"]);
	expect(await MultiSession.Revoke(client, { sessionToken: token("Ada") })).toEqual({
		data: { status: true },
		error: null,
	});
	expect(server.sessions().map((session) => session["token"])).toEqual([token("Grace")]);
	expect(browser.activeToken()).toBe(token("Grace"));
	expect(browser.requests).toEqual(["POST /multi-session/revoke"]);
});

test("without an active session it is unauthorized, and nobody is signed out", async () => {
	const { server, browser, client, token } = await signedIn(["Ada", "Grace"]);
	browser.cookies.delete("better-auth.session_token");
	const { data, error } = await MultiSession.Revoke(client, { sessionToken: token("Ada") });
	expect(data).toBeNull();
	expect(error).toMatchObject({
		kind: "unauthorized",
		operation: "multiSession.revoke",
		status: 401,
		code: "UNAUTHORIZED",
	});
	expect(server.sessions()).toHaveLength(2);
});

test("an account that is not on this device is session-gone", async () => {
	const { client } = await signedIn(["Ada"]);
	const { error } = await MultiSession.Revoke(client, { sessionToken: "nobody's" });
	expect(error).toMatchObject({ kind: "session-gone", status: 401, code: "INVALID_SESSION_TOKEN" });
});

test("the active account beyond the limit cannot be signed out this way", async () => {
	const { server, client, token } = await signedIn(["Ada", "Grace"], { maximumSessions: 1 });
	const { error } = await MultiSession.Revoke(client, { sessionToken: token("Grace") });
	expect(error).toMatchObject({ kind: "session-gone", status: 401 });
	expect(server.sessions()).toHaveLength(2);
});
