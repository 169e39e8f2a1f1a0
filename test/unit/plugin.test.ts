import { createAuthClient } from "better-auth/client";
import {
	adminClient,
	anonymousClient,
	deviceAuthorizationClient,
	emailOTPClient,
	inferAdditionalFields,
	jwtClient,
	lastLoginMethodClient,
	magicLinkClient,
	multiSessionClient,
	oauthPopupClient,
	oneTapClient,
	oneTimeTokenClient,
	organizationClient,
	phoneNumberClient,
	siweClient,
	twoFactorClient,
	usernameClient,
} from "better-auth/client/plugins";
import { createDeviceSessions, deviceSessionsClient } from "device-sessions";
import { createTestDevice, settle, type TestClientOptions } from "device-sessions/testing";
import { expect, onTestFinished, test, vi } from "vitest";

const createClient = (options: TestClientOptions) =>
	createAuthClient({ ...options, plugins: [deviceSessionsClient()] });

const createThrowing = (options: TestClientOptions) =>
	createAuthClient({
		...options,
		fetchOptions: { ...options.fetchOptions, throw: true },
		plugins: [deviceSessionsClient()],
	});

type Client = ReturnType<typeof createClient>;

/** A device whose client has the plugin; its store ends with the test. */
function open(
	accounts: readonly string[] = ["Ada", "Bob"],
	create: (options: TestClientOptions) => Client = createClient,
) {
	const device = createTestDevice({ accounts, createClient: create });
	const store = device.client.deviceSessions;
	onTestFinished(() => store.destroy());
	return { device, client: device.client, store };
}

/** The same, looked at and loaded. */
async function load(...given: Parameters<typeof open>) {
	const opened = open(...given);
	const { store } = opened;
	store.subscribe(() => {});
	await vi.waitUntil(() => store.get().loadedAt !== null);
	return {
		...opened,
		id: (name: string) => store.get().sessions.find(({ user }) => user.name === name)?.id ?? "",
		names: () => store.get().sessions.map(({ user }) => user.name),
		active: () => store.get().active?.user.name,
	};
}

test("the client has the store itself, not a copy: as an atom, with its commands and its actor", () => {
	const { client, store } = open();
	expect(client.$store.atoms["deviceSessions"]).toBe(store);
	expect(client.useDeviceSessions).toBe(store);
	expect(store.actor.getSnapshot().status).toBe("active");
	expect(store.get()).toMatchObject({ status: "idle", isPending: true, sessions: [], active: null });
});

test("nothing is sent before somebody looks", async () => {
	const { device } = open();
	await settle();
	expect(device.requests).toEqual([]);
});

test("whoever looks gets the accounts, and single stores stay in step", async () => {
	const { names, active, store } = await load();
	expect([names(), active()]).toEqual([["Ada", "Bob"], "Bob"]);
	expect([store.$active.get(), store.$sessions.get()]).toEqual([store.get().active, store.get().sessions]);
});

test("createDeviceSessions with such a client is the store of the plugin", () => {
	const { client, store } = open();
	expect(createDeviceSessions(client)).toBe(store);
	expect(createDeviceSessions(client, {})).toBe(store);
});

test("options for such a client belong to the plugin, and a second time they are refused with a hint", () => {
	const { client } = open();
	expect(() => createDeviceSessions(client, { timeout: 5000 })).toThrow(
		expect.objectContaining({
			kind: "invalid-input",
			operation: "createDeviceSessions",
			message: expect.stringContaining("deviceSessionsClient()"),
		}),
	);
});

const twice = expect.objectContaining({ kind: "invalid-input", operation: "deviceSessionsClient" });

test("the plugin twice is refused, be it the same one or another", () => {
	expect(() => createAuthClient({ plugins: [deviceSessionsClient(), deviceSessionsClient()] })).toThrow(twice);
	const plugin = deviceSessionsClient();
	expect(() => createAuthClient({ plugins: [plugin, twoFactorClient(), plugin] })).toThrow(twice);
});

test("one plugin given to two clients makes a store for each, and each has a wire of its own", () => {
	const plugin = deviceSessionsClient();
	const create = (options: TestClientOptions) => createAuthClient({ ...options, plugins: [plugin] });
	const [one, other] = [open(["Ada"], create), open(["Bob"], create)];
	expect(one.store).not.toBe(other.store);
	expect(plugin.fetchPlugins[0]).not.toBe(plugin.fetchPlugins[0]);
});

test.each([
	["an option that does not exist", { refetchOnFocus: true }],
	["a value that is none of the choices", { whenActiveLost: "panic" }],
	["a time that is none", { timeout: Number.NaN }],
	["no options at all", null],
])("%s is refused at once, in the name of deviceSessionsClient", (_, options) => {
	// What a page without types can pass.
	expect(() => deviceSessionsClient(options as never)).toThrow(
		expect.objectContaining({ kind: "invalid-input", operation: "deviceSessionsClient" }),
	);
});

test("an option takes effect", async () => {
	const onIdentityChange = vi.fn();
	const { store, id } = await load(["Ada", "Bob"], (options) =>
		createAuthClient({ ...options, plugins: [deviceSessionsClient({ onIdentityChange })] }),
	);
	await store.setActive(id("Ada"));
	expect(onIdentityChange).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ reason: "setActive" }));
});

const clients: readonly (readonly [string, (options: TestClientOptions) => Client])[] = [
	["a client that answers errors", createClient],
	// Safe: what differs is what its own calls answer, and the store has none of them.
	["a client that throws errors", createThrowing as unknown as (options: TestClientOptions) => Client],
	[
		"a client with multiSessionClient() as well",
		(options) => createAuthClient({ ...options, plugins: [multiSessionClient(), deviceSessionsClient()] }),
	],
];

test.each(clients)("with %s a switch is one request, and useSession follows", async (_, create) => {
	const { client, device, store, id, active } = await load(["Ada", "Bob"], create);
	client.useSession.subscribe(() => {});
	await vi.waitUntil(() => client.useSession.get().data !== null);
	const before = device.requests.length;
	const { data, error } = await store.setActive(id("Ada"));
	expect([error, data?.user.name, active()]).toEqual([null, "Ada", "Ada"]);
	await vi.waitUntil(() => client.useSession.get().data?.user.name === "Ada");
	expect(device.requests.slice(before).filter((line) => line.startsWith("POST"))).toEqual([
		"POST /multi-session/set-active",
	]);
	expect(device.rows().find((row) => row.active)?.name).toBe("Ada");
});

test.each(clients)("with %s an account is signed out, and its survivor is active", async (_, create) => {
	const { device, store, id, names, active } = await load(["Ada", "Bob"], create);
	expect((await store.revoke(id("Bob"))).error).toBeNull();
	expect([names(), active()]).toEqual([["Ada"], "Ada"]);
	expect(device.rows().map(({ name }) => name)).toEqual(["Ada"]);
});

test.each(clients)("with %s the whole device is signed out in one request", async (_, create) => {
	const { device, store, names } = await load(["Ada", "Bob"], create);
	const before = device.requests.length;
	expect((await store.signOutAll()).data?.revoked).toHaveLength(2);
	expect([names(), device.rows()]).toEqual([[], []]);
	expect(device.requests.slice(before).filter((line) => line.startsWith("POST"))).toEqual(["POST /sign-out"]);
});

test.each(clients)("with %s a refusal is an error of the command, as it comes from the server", async (_, create) => {
	const { device, store, id, active } = await load(["Ada", "Bob"], create);
	device.disturb("/multi-session/set-active", {
		refuse: () => Response.json({ code: "INVALID_SESSION_TOKEN" }, { status: 401 }),
	});
	const { error } = await store.setActive(id("Ada"));
	expect(error).toMatchObject({ kind: "session-gone", status: 401, code: "INVALID_SESSION_TOKEN" });
	expect(active()).toBe("Bob");
});

test("a sign-out of all fires the session signal once, and tells Better Auth's clients in other tabs once", async () => {
	const post = vi.fn();
	Reflect.set(globalThis, Symbol.for("better-auth:broadcast-channel"), { post });
	onTestFinished(() => void Reflect.deleteProperty(globalThis, Symbol.for("better-auth:broadcast-channel")));
	const { client, store } = await load();
	const fired = vi.fn();
	// The 10 ms after which Better Auth fires its signals are over when this test says so.
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	onTestFinished(() => void vi.useRealTimers());
	client.$store.atoms["$sessionSignal"]?.listen(fired);
	await store.signOutAll();
	vi.advanceTimersByTime(1000);
	expect(fired).toHaveBeenCalledOnce();
	expect(post).toHaveBeenCalledExactlyOnceWith({
		event: "session",
		data: { trigger: "signout" },
		clientId: expect.stringMatching(/^[a-z0-9]+$/),
	});
});

test("a sign-out of all that is refused fires no signal and tells nobody", async () => {
	const post = vi.fn();
	Reflect.set(globalThis, Symbol.for("better-auth:broadcast-channel"), { post });
	onTestFinished(() => void Reflect.deleteProperty(globalThis, Symbol.for("better-auth:broadcast-channel")));
	const { client, device, store } = await load();
	const fired = vi.fn();
	client.$store.atoms["$sessionSignal"]?.listen(fired);
	device.disturb("/sign-out", { refuse: () => Response.json({}, { status: 403 }) });
	expect((await store.signOutAll()).error).not.toBeNull();
	expect([fired.mock.calls, post.mock.calls]).toEqual([[], []]);
});

test("a sign-out of all works where Better Auth has no channel yet", async () => {
	const { store } = await load();
	expect(Reflect.has(globalThis, Symbol.for("better-auth:broadcast-channel"))).toBe(false);
	expect((await store.signOutAll()).error).toBeNull();
});

const before = () => [
	multiSessionClient(),
	organizationClient(),
	twoFactorClient(),
	adminClient(),
	usernameClient(),
	magicLinkClient(),
	phoneNumberClient(),
];
const after = () => [
	anonymousClient(),
	emailOTPClient(),
	oneTapClient({ clientId: "id" }),
	jwtClient(),
	oneTimeTokenClient(),
	siweClient(),
	lastLoginMethodClient(),
	oauthPopupClient(),
	deviceAuthorizationClient(),
	inferAdditionalFields({ user: { plan: { type: "string" } } }),
];

test.each([
	["before", [...before(), ...after()], []],
	["after", [], [...before(), ...after()]],
	["around", before(), after()],
] as const)(
	"with all of Better Auth's plugins %s it, the client has the store itself, and it works",
	async (_, first, last) => {
		const { client, store, id, active } = await load(
			["Ada", "Bob"],
			(options) =>
				// Safe: with more plugins it has more calls.
				createAuthClient({ ...options, plugins: [...first, deviceSessionsClient(), ...last] }) as unknown as Client,
		);
		expect(client.useDeviceSessions).toBe(store);
		expect(client.$store.atoms["deviceSessions"]).toBe(store);
		expect((await store.setActive(id("Ada"))).error).toBeNull();
		expect(active()).toBe("Ada");
	},
);

test("calls of the multi-session endpoints by the app itself work, and what they change is followed", async () => {
	const { client, active, device } = await load();
	const { data } = await client.multiSession.listDeviceSessions();
	const token = data?.find(({ user }) => user.name === "Ada")?.session.token ?? "";
	expect((await client.multiSession.setActive({ sessionToken: token })).data?.user.name).toBe("Ada");
	// It has read the device in this second.
	await device.clock.advance(1_000);
	await vi.waitUntil(() => active() === "Ada");
});

/** A client with the plugin, and with which `fetch` each of its requests is sent. */
function createSeen(own: typeof fetch, options: object = {}) {
	const used: unknown[] = [];
	const last = {
		id: "last",
		fetchPlugins: [
			{
				id: "last",
				name: "last",
				init: async (url: string, given?: { customFetchImpl?: unknown }) => {
					used.push(given?.customFetchImpl === own);
					return { url };
				},
			},
		],
	};
	const plugins = [deviceSessionsClient(), last];
	const client = createAuthClient({
		baseURL: "http://localhost:3000",
		...options,
		fetchOptions: { customFetchImpl: own },
		plugins,
	});
	return { client, used };
}

test.each([
	[undefined, "http://localhost:3000/api/auth"],
	["/shop/auth", "http://localhost:3000/shop/auth"],
	["https://auth.example/", "https://auth.example"],
])("with the scope %j tabs share what is named after %s", async (scope, server) => {
	const { device } = await load(["Ada"], (options) =>
		createAuthClient({ ...options, plugins: [deviceSessionsClient({ scope })] }),
	);
	expect(device.stored().length).toBeGreaterThan(0);
	for (const entry of device.stored()) expect(JSON.parse(entry)[0]).toContain(`device-sessions:3:${server}:`);
});

test("after destroy the client goes on, and its requests go through with nothing around them", async () => {
	let used: unknown[] = [];
	const { client, store, device } = await load(["Ada", "Bob"], (options) => {
		const seen = createSeen(options.fetchOptions.customFetchImpl, options);
		used = seen.used;
		return seen.client as unknown as Client; // Safe: as above.
	});
	await store.destroy();
	// Better Auth's own look after a sign-out comes 10 ms later.
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	onTestFinished(() => void vi.useRealTimers());
	used.length = 0;
	const before = device.requests.length;
	expect((await client.getSession()).data?.user.name).toBe("Bob");
	const { data } = await client.multiSession.listDeviceSessions();
	expect(data?.map(({ user }) => user.name)).toEqual(["Ada", "Bob"]);
	expect((await client.signOut()).data).toEqual({ success: true });
	await settle();
	expect(device.requests.slice(before)).toEqual([
		"GET /get-session",
		"GET /multi-session/list-device-sessions",
		"POST /sign-out",
	]);
	expect(used).toEqual([true, true, true]);
	expect((await store.setActive("id")).error?.kind).toBe("destroyed");
});

test("a client that nobody looks at leaves a store behind that sleeps: no timer, no channel, no lock", async () => {
	const { device, store } = open();
	const unsubscribe = store.subscribe(() => {});
	await vi.waitUntil(() => store.get().loadedAt !== null);
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	onTestFinished(() => void vi.useRealTimers());
	unsubscribe();
	vi.advanceTimersByTime(2000);
	await settle();
	expect([device.channels(), device.clock.pending, device.isBusy()]).toEqual([0, 0, false]);
});

test("on a server a client of the whole module sends nothing by itself, whoever looks, and hands requests on untouched", async () => {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	const own = vi.fn(async () => Response.json(null));
	const { client, used } = createSeen(own);
	client.useDeviceSessions.subscribe(() => {});
	await vi.advanceTimersByTimeAsync(60_000);
	expect(own).not.toHaveBeenCalled();
	expect((await client.getSession()).data).toBeNull();
	expect(own).toHaveBeenCalledOnce();
	expect(used).toEqual([true]);
	expect(client.deviceSessions.get().isPending).toBe(true);
});

test("on a server createDeviceSessions makes a store for each request, with options of its own", () => {
	const { client } = createSeen(async () => Response.json(null));
	const moment = new Date().toISOString();
	const row = {
		id: "ada",
		listed: true,
		session: { id: "ada", userId: "ada", expiresAt: moment, createdAt: moment, updatedAt: moment },
		user: {
			id: "ada",
			name: "Ada",
			email: "ada@example.com",
			emailVerified: true,
			createdAt: moment,
			updatedAt: moment,
		},
	};
	// Safe: a snapshot that has been JSON holds dates as text.
	const initial = { version: 1, sessions: [row], active: "ada" } as never;
	const [one, other] = [createDeviceSessions(client, { initial }), createDeviceSessions(client, { initial })];
	expect(one).not.toBe(other);
	expect(one.get().active?.user.name).toBe("Ada");
	expect(client.deviceSessions.get().active).toBeNull();
});
