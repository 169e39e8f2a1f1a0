import { createAuthClient } from "better-auth/client";
import { organizationClient, twoFactorClient } from "better-auth/client/plugins";
import { customSession, multiSession } from "better-auth/plugins";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Browser, createBrowser, origin } from "../../support/real-server.js";
import { signedIn } from "../operations/every-operation.js";

// What the code relies on, of Better Auth as it is installed: an upgrade that changes it turns a test red.
// No operation of this package is called here, only Better Auth's own client.

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
