import { createAuthClient } from "better-auth/client";
import { organizationClient, twoFactorClient } from "better-auth/client/plugins";
import { customSession, multiSession } from "better-auth/plugins";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Browser, createBrowser, createRealServer, origin, password, signUp } from "../support/real-server.js";
import { openThrowingTab, signedIn, tokenOf } from "./operations/every-operation.js";

// What the code relies on, of Better Auth as it is installed: an upgrade that changes it turns a test red.
// No operation of this package is called here, only Better Auth's own client.

const unauthorized = (code: string) => ({ data: null, error: expect.objectContaining({ status: 401, code }) });
const expire = (server: ReturnType<typeof createRealServer>, token: string) => {
	for (const session of server.sessions())
		if (session["token"] === token) session["expiresAt"] = new Date(Date.now() - 1000);
};
const multiCookie = (token: string) => `better-auth.session_token_multi-${token.toLowerCase()}`;
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

describe("the client", () => {
	const answering = (how: () => Response | Error) => {
		const browser = createBrowser(createRealServer());
		browser.answer("/get-session", how);
		return browser;
	};

	test("throws where no answer comes, also without throw: true", async () => {
		const client = answering(() => new TypeError("fetch failed")).openTab();
		await expect(client.getSession()).rejects.toThrow("fetch failed");
	});

	test("throws the reason where it is aborted, also without throw: true", async () => {
		const browser = createBrowser(createRealServer());
		const controller = new AbortController();
		const held = browser.hold("/get-session");
		const answer = browser.openTab().getSession({ fetchOptions: { signal: controller.signal } });
		await held;
		controller.abort(new Error("changed my mind"));
		await expect(answer).rejects.toThrow("changed my mind");
	});

	test("gives an HTML page with status 200 as a text, without an error", async () => {
		const page = "<!doctype html><title>My app</title>";
		expect(
			await answering(() => new Response(page))
				.openTab()
				.getSession(),
		).toEqual({ data: page, error: null });
	});

	test("gives 200 null as no data and no error", async () => {
		const client = answering(() => Response.json(null)).openTab();
		expect(await client.getSession()).toEqual({ data: null, error: null });
	});

	test("made with throw: true gives the bare payload, and throws the code in .error.code", async () => {
		const { browser, token } = await signedIn(["Ada"]);
		const client = openThrowingTab(browser);
		expect(await client.getSession()).toMatchObject({ session: { token: token("Ada") } });
		await expect(client.multiSession.setActive({ sessionToken: "unknown" })).rejects.toMatchObject({
			status: 401,
			error: { code: "INVALID_SESSION_TOKEN" },
		});
	});

	test("is a proxy: any path is a function, also without the plugin, and only the server's 404 tells", async () => {
		const { browser } = await signedIn(["Ada"], { plugins: [] });
		const client = createAuthClient({ baseURL: origin, fetchOptions: { customFetchImpl: browser.send } }) as ReturnType<
			Browser["openTab"]
		>;
		expect(typeof client.multiSession.listDeviceSessions).toBe("function");
		expect(typeof (client as unknown as { no: { such: { thing: unknown } } }).no.such.thing).toBe("function");
		const { data, error } = await client.multiSession.listDeviceSessions();
		expect(data).toBeNull();
		expect(error).toEqual({ status: 404, statusText: "Not Found" });
	});

	test("revives ISO dates at any depth, and the name of somebody called like one", async () => {
		const { client } = await signedIn(["Ada"]);
		await client.updateUser({ name: "2024-01-01T00:00:00Z" });
		const { data } = await client.multiSession.listDeviceSessions();
		expect(data?.[0]?.session.expiresAt).toBeInstanceOf(Date);
		expect(data?.[0]?.user.name).toEqual(new Date("2024-01-01T00:00:00Z"));
	});

	test("gives optional fields absent, null or as texts", async () => {
		const { client } = await signedIn(["Ada"]);
		const { data } = await client.getSession();
		for (const value of [data?.user.image, data?.session.ipAddress, data?.session.userAgent])
			expect([undefined, null, expect.any(String)]).toContainEqual(value);
	});
});

describe("order and limits", () => {
	test("revoking the active session promotes the first row of the list, not the one last used", async () => {
		const { browser, client, token } = await signedIn(["Ada", "Grace", "Alan"]);
		await client.multiSession.setActive({ sessionToken: token("Grace") });
		await client.multiSession.setActive({ sessionToken: token("Alan") });
		await client.multiSession.revoke({ sessionToken: token("Alan") });
		const { data } = await client.multiSession.listDeviceSessions();
		expect(browser.activeToken()).toBe(data?.[0]?.session.token);
		expect(browser.activeToken()).not.toBe(token("Grace"));
	});

	test("a sign-in beyond the limit succeeds, is active and unlisted, and cannot be revoked through the plugin", async () => {
		const { browser, client, token } = await signedIn(["Ada", "Grace"], { maximumSessions: 1 });
		expect(browser.activeToken()).toBe(token("Grace"));
		const { data } = await client.multiSession.listDeviceSessions();
		expect(data?.map(({ user }) => user.name)).toEqual(["Ada"]);
		const sessionToken = token("Grace");
		expect(await client.multiSession.revoke({ sessionToken })).toEqual(unauthorized("INVALID_SESSION_TOKEN"));
	});

	test("an unlisted account is out of reach once another is active, while its session stays valid", async () => {
		const { server, client, token } = await signedIn(["Ada", "Grace"], { maximumSessions: 1 });
		const sessionToken = token("Grace");
		await client.multiSession.setActive({ sessionToken: token("Ada") });
		expect(await client.multiSession.setActive({ sessionToken })).toEqual(unauthorized("INVALID_SESSION_TOKEN"));
		expect(tokenOf(server, "Grace")).toBe(sessionToken);
	});

	test("core revokeSession ends an unlisted active session, and clears the active cookie", async () => {
		const { server, browser, client, token } = await signedIn(["Ada", "Grace"], { maximumSessions: 1 });
		expect((await client.revokeSession({ token: token("Grace") })).data).toEqual({ status: true });
		expect(server.sessions()).toHaveLength(1);
		expect(browser.cookies.has("better-auth.session_token")).toBe(false);
		expect((await client.multiSession.listDeviceSessions()).data).toHaveLength(1);
	});

	test("core revokeSession of another user's token answers alike, and deletes nothing", async () => {
		const { server, client, token } = await signedIn(["Ada", "Grace"]);
		expect((await client.revokeSession({ token: token("Ada") })).data).toEqual({ status: true });
		expect(server.sessions()).toHaveLength(2);
	});

	test("dead cookies count towards the limit, until set-active clears them", async () => {
		const { server, browser, client, token } = await signedIn(["Ada", "Grace"], { maximumSessions: 2 });
		const dead = token("Ada");
		expire(server, dead);
		await signUp(browser, "Alan");
		const names = async () => (await client.multiSession.listDeviceSessions()).data?.map(({ user }) => user.name);
		expect(await names()).toEqual(["Grace"]);
		await client.multiSession.setActive({ sessionToken: dead });
		await client.signIn.email({ email: "alan@example.com", password });
		expect((await names())?.sort()).toEqual(["Alan", "Grace"]);
	});

	test("the _multi- cookie is not renewed when its session is", async () => {
		const { server, browser, token } = await signedIn(["Ada"]);
		const [session] = server.sessions();
		if (session) session["expiresAt"] = new Date(Date.now() + 60_000);
		const response = await browser.send(`${origin}/api/auth/get-session`);
		const renewed = response.headers.getSetCookie().map((line) => line.split("=")[0]);
		expect(renewed).toContain("better-auth.session_token");
		expect(renewed).not.toContain(multiCookie(token("Ada")));
	});

	test("signing in again as somebody who is on the device deletes the old session", async () => {
		const { server, client, token } = await signedIn(["Ada", "Grace"]);
		const sessionToken = token("Ada");
		await client.signIn.email({ email: "ada@example.com", password });
		expect(server.sessions()).toHaveLength(2);
		expect(await client.multiSession.setActive({ sessionToken })).toEqual(unauthorized("INVALID_SESSION_TOKEN"));
	});

	test("an active session ended elsewhere: get-session is null, the list and set-active work, revoke does not", async () => {
		const { server, client, token } = await signedIn(["Ada", "Grace"]);
		server.end(String(server.sessions()[1]?.["id"]));
		expect(await client.getSession()).toEqual({ data: null, error: null });
		expect((await client.multiSession.listDeviceSessions()).data).toHaveLength(1);
		const sessionToken = token("Ada");
		expect(await client.multiSession.revoke({ sessionToken })).toEqual(unauthorized("UNAUTHORIZED"));
		expect((await client.multiSession.setActive({ sessionToken })).data?.user.name).toBe("Ada");
	});
});

describe("get-session", () => {
	test("goes on answering a deleted session from the cookie cache, unless told to ask the database", async () => {
		const { server, client } = await signedIn(["Ada"], { session: { cookieCache: { enabled: true, maxAge: 300 } } });
		server.end(String(server.sessions()[0]?.["id"]));
		expect((await client.getSession()).data?.user.name).toBe("Ada");
		expect((await client.getSession({ query: { disableCookieCache: true } })).data).toBeNull();
	});

	test("that is due for a refresh and answered late sets the cookie back to the old account", async () => {
		const { server, browser, client, token } = await signedIn(["Ada", "Grace"]);
		const old = token("Grace");
		for (const session of server.sessions()) session["expiresAt"] = new Date(Date.now() + 60_000);
		const sent = new Request(`${origin}/api/auth/get-session`, {
			headers: { cookie: [...browser.cookies].map((pair) => pair.join("=")).join("; ") },
		});
		await client.multiSession.setActive({ sessionToken: token("Ada") });
		const late = await server.auth.handler(sent);
		const cookie = late.headers.getSetCookie().find((line) => line.startsWith("better-auth.session_token="));
		expect(decodeURIComponent(cookie ?? "")).toContain(old);
	});

	test.each([
		[false, "as they are"],
		[true, "as the app made them"],
	])(
		"is bent by customSession; with shouldMutateListDeviceSessionsEndpoint: %s the rows of the list come %s",
		async (mutate) => {
			const shape = async ({ user }: { user: { name: string } }) => ({ who: user.name });
			const plugins = [multiSession(), customSession(shape, {}, { shouldMutateListDeviceSessionsEndpoint: mutate })];
			const { client, token } = await signedIn(["Ada"], { plugins });
			expect((await client.getSession()).data).toEqual({ who: "Ada" });
			const { data } = await client.multiSession.listDeviceSessions();
			const raw = { session: { token: token("Ada") }, user: { name: "Ada" } };
			expect(data).toMatchObject([mutate ? { who: "Ada" } : raw]);
			if (mutate) expect(JSON.stringify(data)).not.toContain(token("Ada"));
			expect((await client.multiSession.setActive({ sessionToken: token("Ada") })).data).toMatchObject(raw);
		},
	);
});

describe("the session signal", () => {
	afterEach(() => vi.useRealTimers());

	/** A client whose every call succeeds, and how often each signal is fired in the 10 s that follow. */
	const count = async (path: string, payload: object, options: object = {}) => {
		const browser = createBrowser({ auth: { handler: async () => Response.json({ status: true }) } });
		const client = createAuthClient({
			...browser.clientOptions,
			plugins: [...browser.clientOptions.plugins, twoFactorClient(), organizationClient()],
		});
		vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
		const fired = { session: 0, organization: 0 };
		client.$store.atoms["$sessionSignal"]?.listen(() => void fired.session++);
		client.$store.atoms["$activeOrgSignal"]?.listen(() => void fired.organization++);
		let call: unknown = client;
		for (const name of path.split(".")) call = (call as Record<string, unknown>)[name];
		const { error } = await (call as (payload: object) => Promise<{ error: unknown }>)({
			...payload,
			fetchOptions: options,
		});
		expect(error).toBeNull();
		await vi.advanceTimersByTimeAsync(10_000);
		return fired;
	};

	test.each([
		["multiSession.setActive", { sessionToken: "t" }],
		["signOut", {}],
		["revokeSession", { token: "t" }],
		["signIn.email", { email: "a@b.c", password: "p" }],
		["signUp.email", { name: "A", email: "a@b.c", password: "p" }],
		["changePassword", { currentPassword: "p", newPassword: "q" }],
		["updateUser", { name: "B" }],
		["twoFactor.enable", { password: "p" }],
		["twoFactor.verifyTotp", { code: "123456" }],
		["twoFactor.generateBackupCodes", { password: "p" }],
		["organization.create", { name: "O", slug: "o" }],
		["organization.setActive", { organizationId: "o" }],
	])("is fired once by %s itself, and not with disableSignal", async (path, payload) => {
		expect((await count(path, payload)).session).toBe(1);
		vi.useRealTimers();
		expect((await count(path, payload, { disableSignal: true })).session).toBe(0);
	});

	test.each([
		["multiSession.revoke", { sessionToken: "t" }],
		["multiSession.listDeviceSessions", {}],
		["getSession", {}],
		["linkSocial", { provider: "github" }],
		["unlinkAccount", { providerId: "github" }],
		["resetPassword", { newPassword: "q", token: "t" }],
		["requestPasswordReset", { email: "a@b.c" }],
		["organization.update", { organizationId: "o", data: {} }],
	])("is not fired by %s", async (path, payload) => {
		expect((await count(path, payload)).session).toBe(0);
	});

	test("reaches no organization atom after a switch of account", async () => {
		expect(await count("multiSession.setActive", { sessionToken: "t" })).toEqual({ session: 1, organization: 0 });
	});

	test("is fired 10 ms after a success, and at once by $store.notify", async () => {
		const { client, token } = await signedIn(["Ada"]);
		vi.useFakeTimers({ toFake: ["setTimeout"] });
		let fired = 0;
		client.$store.atoms["$sessionSignal"]?.listen(() => void fired++);
		await client.multiSession.setActive({ sessionToken: token("Ada") });
		vi.advanceTimersByTime(9);
		expect(fired).toBe(0);
		vi.advanceTimersByTime(1);
		expect(fired).toBe(1);
		client.$store.notify("$sessionSignal");
		expect(fired).toBe(2);
	});
});

describe("the session atom", () => {
	afterEach(() => vi.useRealTimers());

	interface Shown {
		data: { user: { name: string } } | null;
		isPending: boolean;
		isRefetching: boolean;
		refetch(): Promise<void>;
	}

	/** The atom of this tab, looked at, and its name once nothing is under way. */
	const look = (client: ReturnType<Browser["openTab"]>) => {
		const { session } = client.$store.atoms as unknown as {
			session: { value: Shown; subscribe(listener: (shown: Shown) => void): () => void };
		};
		vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
		session.subscribe(() => {});
		return session;
	};
	const settle = () => vi.advanceTimersByTimeAsync(10_000);

	test("does not fetch by itself where there is no window", async () => {
		const { browser, client } = await signedIn(["Ada"]);
		const session = look(client);
		await settle();
		expect(browser.requests).toEqual([]);
		expect(session.value.isPending).toBe(true);
	});

	test("goes on showing the account that is gone after a revoke, until the signal is fired", async () => {
		const { browser, client, token } = await signedIn(["Ada", "Grace"]);
		const session = look(client);
		await session.value.refetch();
		await client.multiSession.revoke({ sessionToken: token("Grace") });
		await settle();
		expect(session.value.data?.user.name).toBe("Grace");
		expect(browser.count()).toEqual({ "GET /get-session": 1, "POST /multi-session/revoke": 1 });
		const read = browser.hold("/get-session");
		client.$store.notify("$sessionSignal");
		await (await read).release();
		await vi.waitFor(() => expect(session.value.data?.user.name).toBe("Ada"));
	});

	test("gives up an older get-session when the signal is fired: the old identity does not show again", async () => {
		const { browser, client, token } = await signedIn(["Ada", "Grace"]);
		const session = look(client);
		const shown: (string | undefined)[] = [];
		session.subscribe(({ data }) => shown.push(data?.user.name));
		const older = browser.hold("/get-session");
		const given = session.value.refetch();
		const { request, act } = await older;
		await act();
		await client.multiSession.setActive({
			sessionToken: token("Ada"),
			fetchOptions: { disableSignal: true },
		});
		client.$store.notify("$sessionSignal");
		expect(request.signal.aborted).toBe(true);
		await given;
		await vi.waitFor(() => expect(session.value.data?.user.name).toBe("Ada"));
		expect(shown).not.toContain("Grace");
	});
});
