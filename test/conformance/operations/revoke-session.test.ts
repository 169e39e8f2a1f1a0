import { expect, test } from "vitest";
import { Core, MultiSession } from "../../../src/index.js";
import { createBrowser, password } from "../../support/real-server.js";
import { signedIn } from "./every-operation.js";

test("the active user's session on another device is ended", async () => {
	const { server, client, token } = await signedIn(["Ada"]);
	const here = token("Ada");
	const elsewhere = createBrowser(server);
	await elsewhere.openTab().signIn.email({ email: "ada@example.com", password });
	expect(await Core.RevokeSession(client, { token: elsewhere.activeToken() })).toEqual({
		data: { status: true },
		error: null,
	});
	expect(server.sessions().map((session) => session["token"])).toEqual([here]);
});

test("another user's session is answered alike, and stays", async () => {
	const { server, client, token } = await signedIn(["Ada", "Grace"]);
	expect((await Core.RevokeSession(client, { token: token("Ada") })).data).toEqual({ status: true });
	expect(server.sessions()).toHaveLength(2);
});

test("the active account beyond the limit is signed out this way, and the others stay", async () => {
	const { server, client, token } = await signedIn(["Ada", "Grace"], { maximumSessions: 1 });
	const ada = token("Ada");
	expect((await Core.RevokeSession(client, { token: token("Grace") })).error).toBeNull();
	expect(server.sessions().map((session) => session["token"])).toEqual([ada]);
	expect((await Core.GetSession(client)).data).toBeNull();
	expect((await MultiSession.SetActive(client, { sessionToken: ada })).data?.user.name).toBe("Ada");
});

test("without an active session it is unauthorized", async () => {
	const { server, browser, client, token } = await signedIn(["Ada"]);
	browser.cookies.clear();
	const { data, error } = await Core.RevokeSession(client, { token: token("Ada") });
	expect(data).toBeNull();
	expect(error).toMatchObject({ kind: "unauthorized", operation: "revokeSession", status: 401, code: "UNAUTHORIZED" });
	expect(server.sessions()).toHaveLength(1);
});
