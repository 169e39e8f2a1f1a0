import { expect, test } from "vitest";
import { Core, MultiSession } from "../../../src/index.js";
import { createBrowser, createRealServer } from "../../support/real-server.js";
import { signedIn } from "./every-operation.js";

test("the active session and its user are answered", async () => {
	const { browser, client, token } = await signedIn(["Ada", "Grace"]);
	const { data, error } = await Core.GetSession(client);
	expect(error).toBeNull();
	expect(data).toMatchObject({ session: { token: token("Grace") }, user: { name: "Grace" } });
	expect(browser.requests).toEqual(["GET /get-session"]);
});

test("null is a good answer where nobody is signed in", async () => {
	expect(await Core.GetSession(createBrowser(createRealServer()).openTab())).toEqual({ data: null, error: null });
});

test("null is a good answer where the active session was ended elsewhere, although others are valid", async () => {
	const { server, client } = await signedIn(["Ada", "Grace"]);
	server.end(String(server.sessions()[1]?.["id"]));
	expect(await Core.GetSession(client)).toEqual({ data: null, error: null });
	expect((await MultiSession.ListSessions(client)).data).toHaveLength(1);
});

test("one request too many is refused, with the seconds to wait", async () => {
	const { client } = await signedIn([], { rateLimit: { enabled: true, window: 60, max: 1 } });
	await Core.GetSession(client);
	const { data, error } = await Core.GetSession(client);
	expect(data).toBeNull();
	expect(error).toMatchObject({ kind: "rate-limited", status: 429, operation: "getSession" });
	expect(error?.retryAfter).toBeGreaterThan(0);
});

test("a query in fetchOptions reaches the server: past the cookie cache, a session that is gone is gone", async () => {
	const { server, client } = await signedIn(["Ada"], { session: { cookieCache: { enabled: true, maxAge: 300 } } });
	server.end(String(server.sessions()[0]?.["id"]));
	expect((await Core.GetSession(client)).data?.user.name).toBe("Ada");
	const asked = await Core.GetSession(client, { fetchOptions: { query: { disableCookieCache: true } } });
	expect(asked).toEqual({ data: null, error: null });
});
