import { memoryAdapter } from "better-auth/adapters/memory";
import { describe, expect, test } from "vitest";
import { type Browser, createBrowser, createRealServer, origin, signUp } from "../support/real-server.js";
import { expire, multiCookie, unauthorized } from "./better-auth-facts/server.js";
import { signedIn } from "./operations/every-operation.js";

// What the code relies on, of Better Auth as it is installed: an upgrade that changes it turns a test red.
// No operation of this package is called here, only Better Auth's own client.

const endActive = (browser: Browser) => browser.cookies.delete("better-auth.session_token");

describe("the endpoints of multi-session", () => {
	test("list-device-sessions answers a row a user, and does not mark the active one", async () => {
		const { browser, client, token } = await signedIn(["Ada", "Grace"]);
		const { data } = await client.multiSession.listDeviceSessions();
		expect(data?.map(({ user }) => user.name).sort()).toEqual(["Ada", "Grace"]);
		expect(data?.map((row) => Object.keys(row).sort())).toEqual([
			["session", "user"],
			["session", "user"],
		]);
		await client.multiSession.setActive({ sessionToken: token("Ada") });
		expect((await client.multiSession.listDeviceSessions()).data).toEqual(data);
		expect(browser.requests.at(-1)).toBe("GET /multi-session/list-device-sessions");
	});

	test("list-device-sessions needs no active session, and answers [] where there are no cookies", async () => {
		const { browser, client } = await signedIn(["Ada", "Grace"]);
		endActive(browser);
		expect((await client.multiSession.listDeviceSessions()).data).toHaveLength(2);
		browser.cookies.clear();
		expect((await client.multiSession.listDeviceSessions()).data).toEqual([]);
	});

	test("set-active answers { session, user }, and needs no active session", async () => {
		const { browser, client, token } = await signedIn(["Ada", "Grace"]);
		endActive(browser);
		const { data } = await client.multiSession.setActive({ sessionToken: token("Ada") });
		expect(data).toMatchObject({ session: { token: token("Ada") }, user: { name: "Ada" } });
		expect(data).not.toHaveProperty("status");
		expect(browser.activeToken()).toBe(token("Ada"));
	});

	test("revoke answers { status: true } and no more, and needs an active session", async () => {
		const { browser, client, token } = await signedIn(["Ada", "Grace"]);
		const active = browser.cookies.get("better-auth.session_token") ?? "";
		endActive(browser);
		const sessionToken = token("Ada");
		expect(await client.multiSession.revoke({ sessionToken })).toEqual(unauthorized("UNAUTHORIZED"));
		browser.cookies.set("better-auth.session_token", active);
		expect(await client.multiSession.revoke({ sessionToken })).toEqual({ data: { status: true }, error: null });
	});

	test("revoke is answered { status: true } though the session could not be looked up, and its session goes on", async () => {
		const tables: Record<string, Record<string, unknown>[]> = { user: [], session: [], account: [], verification: [] };
		let isDown = false;
		const database: typeof memory = (options) => {
			const adapter = memory(options);
			return {
				...adapter,
				findMany: (asked) => {
					const isOfRevoke = isDown && asked.model === "session" && asked.limit === 1;
					return isOfRevoke ? Promise.reject(new Error("the connection was lost")) : adapter.findMany(asked);
				},
			};
		};
		const memory = memoryAdapter(tables);
		const { browser, client } = await signedIn(["Ada", "Grace"], { database });
		const sessionToken = String(tables["session"]?.[0]?.["token"]);
		isDown = true;
		expect(await client.multiSession.revoke({ sessionToken })).toEqual({ data: { status: true }, error: null });
		expect(tables["session"]?.map((session) => session["token"])).toContain(sessionToken);
		expect(browser.cookies.has(multiCookie(sessionToken))).toBe(false);
	});

	test("sign-out ends every session of the device in one request", async () => {
		const { server, browser, client } = await signedIn(["Ada", "Grace", "Alan"]);
		expect((await client.signOut()).data).toEqual({ success: true });
		expect(browser.requests).toEqual(["POST /sign-out"]);
		expect(server.sessions()).toEqual([]);
		expect(browser.cookies.size).toBe(0);
	});
});

describe("refusals", () => {
	test("an unknown or foreign token is 401 INVALID_SESSION_TOKEN", async () => {
		const { server, client } = await signedIn(["Ada"]);
		const elsewhere = createBrowser(server);
		await signUp(elsewhere, "Grace");
		for (const sessionToken of ["unknown", elsewhere.activeToken()])
			for (const call of [client.multiSession.setActive, client.multiSession.revoke])
				expect(await call({ sessionToken })).toEqual(unauthorized("INVALID_SESSION_TOKEN"));
	});

	test("set-active on an expired token is 401 INVALID_SESSION_TOKEN, and clears its cookie", async () => {
		const { server, browser, client, token } = await signedIn(["Ada", "Grace"]);
		const sessionToken = token("Ada");
		expire(server, sessionToken);
		expect(browser.cookies.has(multiCookie(sessionToken))).toBe(true);
		expect(await client.multiSession.setActive({ sessionToken })).toEqual(unauthorized("INVALID_SESSION_TOKEN"));
		expect(browser.cookies.has(multiCookie(sessionToken))).toBe(false);
	});

	test("revoke on an expired token is no refusal: it clears the cookie and deletes the session", async () => {
		const { server, browser, client, token } = await signedIn(["Ada", "Grace"]);
		const sessionToken = token("Ada");
		expire(server, sessionToken);
		expect(await client.multiSession.revoke({ sessionToken })).toEqual({ data: { status: true }, error: null });
		expect(browser.cookies.has(multiCookie(sessionToken))).toBe(false);
		expect(server.sessions()).toHaveLength(1);
	});

	test("a token that was revoked once is 401 INVALID_SESSION_TOKEN the second time", async () => {
		const { client, token } = await signedIn(["Ada", "Grace"]);
		const sessionToken = token("Ada");
		await client.multiSession.revoke({ sessionToken });
		expect(await client.multiSession.revoke({ sessionToken })).toEqual(unauthorized("INVALID_SESSION_TOKEN"));
		expect(await client.multiSession.setActive({ sessionToken })).toEqual(unauthorized("INVALID_SESSION_TOKEN"));
	});

	test("a token that is no string is 400 VALIDATION_ERROR; an empty payload goes out as GET and finds nothing", async () => {
		const { browser, client } = await signedIn(["Ada"]);
		const { error } = await client.multiSession.setActive({ sessionToken: 42 as never });
		expect(error).toMatchObject({ status: 400, code: "VALIDATION_ERROR" });
		const empty = await client.multiSession.setActive({} as never);
		expect(empty.error).toEqual({ status: 404, statusText: "Not Found" });
		expect(browser.requests.at(-1)).toBe("GET /multi-session/set-active");
	});

	test("an argument too many turns list-device-sessions into a POST, and so a 404", async () => {
		const { browser, client } = await signedIn(["Ada"]);
		const { error } = await client.multiSession.listDeviceSessions({ queryKey: ["sessions"] } as never);
		expect(error?.status).toBe(404);
		expect(browser.requests).toEqual(["POST /multi-session/list-device-sessions"]);
	});

	test.each([
		["http://elsewhere.example", "INVALID_ORIGIN"],
		[undefined, "MISSING_OR_NULL_ORIGIN"],
	])("cookies from the origin %s are 403 %s", async (from, code) => {
		const { auth } = createRealServer({ advanced: { disableOriginCheck: false } });
		const response = await auth.handler(
			new Request(`${origin}/api/auth/sign-out`, {
				method: "POST",
				headers: { cookie: "a=b", ...(from && { origin: from }) },
			}),
		);
		expect(response.status).toBe(403);
		expect(await response.json()).toMatchObject({ code });
	});

	test("the rate limit is 429 without a code, and tells the seconds in X-Retry-After alone", async () => {
		const { client } = await signedIn([], { rateLimit: { enabled: true, window: 60, max: 1 } });
		await client.multiSession.listDeviceSessions();
		let headers = new Headers();
		const { error } = await client.multiSession.listDeviceSessions({
			fetchOptions: {
				onError: ({ response }) => {
					headers = response.headers;
				},
			},
		});
		expect(error).toMatchObject({ status: 429 });
		expect(error).not.toHaveProperty("code");
		expect(headers.get("x-retry-after")).toMatch(/^\d{1,2}$/);
		expect(headers.has("retry-after")).toBe(false);
	});
});
