import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
	createDeviceSessions,
	type DeviceSessionsSnapshot,
	OperationError,
	toDeviceSessions,
} from "../../../src/index.js";
import { pretendBrowser, until } from "../../support/open-store.js";
import { type createBrowser, signUp } from "../../support/real-server.js";
import { askServer } from "../../support/server-render.js";
import { open, render } from "../../support/snapshots.js";

describe("what a server renders", () => {
	test("has every account and says who is active, without a token", async () => {
		const { server, snapshot, html } = await render(["Ada", "Bob"]);
		expect(snapshot.sessions.map(({ user, listed }) => [user.name, listed])).toEqual([
			["Ada", true],
			["Bob", true],
		]);
		expect(snapshot.active).toBe(snapshot.sessions[1]?.id);
		expect(html).not.toMatch(/token/i);
		for (const { token } of server.sessions()) expect(html).not.toContain(token);
	});

	test("has no token under another name either", async () => {
		const { list, session } = await render(["Ada"]);
		const token = (session as unknown as { session: { token: string } }).session.token;
		const custom = list.map((account) => ({
			...account,
			user: { ...(account as { user: object }).user, note: `session ${token}`, key: token },
		}));
		expect(JSON.stringify(toDeviceSessions(custom, session))).not.toContain(token);
	});

	test("says that nobody is active, and shows an active account that is not listed", async () => {
		const { server, browser } = await render(["Ada", "Bob"], { maximumSessions: 1 });
		const { list, session } = await askServer(server, browser);
		expect(toDeviceSessions(list, session).sessions.map(({ user, listed }) => [user.name, listed])).toEqual([
			["Ada", true],
			["Bob", false],
		]);
		expect(toDeviceSessions(list, null).active).toBeNull();
		expect(toDeviceSessions([], undefined)).toEqual({ version: 1, sessions: [], active: null });
	});

	test("leaves a malformed account out", async () => {
		const { list, session } = await render(["Ada", "Bob"]);
		const [ada] = list as { session: object; user: object }[];
		const broken = [{ ...ada, user: { name: "Ada" } }, ...list.slice(1)];
		expect(toDeviceSessions(broken, session).sessions.map(({ user }) => user.name)).toEqual(["Bob"]);
	});

	test.each([
		["a Response", new Response("[]")],
		["an error", { error: { status: 500 } }],
		["nothing", undefined],
	])("%s in the place of the list is an error that says so", (_, list) => {
		const wrong = () => toDeviceSessions(list as never, null);
		expect(wrong).toThrow(OperationError);
		expect(wrong).toThrow(/toDeviceSessions: Pass what the server answered: list should be Array/);
	});
});

describe.each<
	[string, (snapshot: DeviceSessionsSnapshot, browser: ReturnType<typeof createBrowser>) => ReturnType<typeof open>]
>([
	["as an option", (snapshot, browser) => open(browser, { initial: snapshot })],
	[
		"by hydrate",
		(snapshot, browser) => {
			const opened = open(browser);
			expect(opened.store.hydrate(snapshot)).toMatchObject({ error: null });
			return opened;
		},
	],
])("taken in %s", (_, take) => {
	test("it shows at once, without a request, and is what a page renders first", async () => {
		const { browser, snapshot, html } = await render(["Ada", "Bob"]);
		const { store } = take(JSON.parse(html), browser);
		const value = store.value;
		expect(value).toMatchObject({ status: "idle", isPending: false, loadedAt: null, error: null });
		expect(value?.sessions.map(({ id }) => id)).toEqual(snapshot.sessions.map(({ id }) => id));
		expect(value?.active).toBe(value?.sessions[1]);
		expect(value?.active?.session.expiresAt).toBeInstanceOf(Date);
		expect([store.init, store.$sessions.init, store.$active.init]).toEqual([value, value?.sessions, value?.active]);
		expect(browser.requests).toEqual([]);
	});

	test("the first read finds nothing new: every row stays the same object, and nobody is told", async () => {
		const { browser, html } = await render(["Ada", "Bob"]);
		const { store } = take(JSON.parse(html), browser);
		const rows = store.value?.sessions;
		const told = vi.fn();
		const stops = [store.$sessions, store.$active, store.$error].map((part) => part.listen(told));
		await until(store, ({ loadedAt }) => loadedAt !== null);
		for (const stop of stops) stop();
		expect(told).not.toHaveBeenCalled();
		expect(store.value?.sessions).toBe(rows);
		expect(browser.count()).toEqual({ "GET /multi-session/list-device-sessions": 1, "GET /get-session": 1 });
	});

	test.each(["setActive", "revoke", "signOutOthers"] as const)(
		"%s gets its token by a read when it is first used",
		async (command) => {
			const { browser, snapshot, html } = await render(["Ada", "Bob"]);
			const { store } = take(JSON.parse(html), browser);
			expect((await store[command](snapshot.sessions[0]?.id ?? "")).error).toBeNull();
			expect(browser.requests.filter((path) => path.includes("list-device-sessions"))).toHaveLength(1);
			expect(store.value?.sessions).toHaveLength(command === "setActive" ? 2 : 1);
		},
	);

	test("who is active on the device is announced where the page showed somebody else", async () => {
		const { browser, html } = await render(["Ada", "Bob"]);
		await signUp(browser, "Cy");
		pretendBrowser();
		const changes: unknown[] = [];
		const store = createDeviceSessions(browser.openTab(), {
			onIdentityChange: ({ from, to, reason }) => void changes.push([from?.user.name, to?.user.name, reason]),
		});
		onTestFinished(() => store.destroy());
		store.hydrate(JSON.parse(html));
		await store.refetch();
		expect(changes).toEqual([["Bob", "Cy", "external"]]);
	});
});

describe("hydrate does nothing", () => {
	test("on a server, where requests share the store", async () => {
		const { browser, snapshot } = await render(["Ada"]);
		const store = createDeviceSessions(browser.openTab());
		expect(store.hydrate(snapshot)).toEqual({ data: [], error: null });
		expect(store.value?.isPending).toBe(true);
	});

	test("over what is known already", async () => {
		const { browser, snapshot } = await render(["Ada", "Bob"]);
		const { store } = open(browser);
		await store.refetch();
		const known = store.value;
		store.hydrate({ ...snapshot, sessions: [], active: null });
		expect(store.value).toBe(known);
		expect(store.init).toMatchObject({ isPending: true });
		const other = open(browser).store;
		other.hydrate(snapshot);
		other.hydrate({ ...snapshot, sessions: [], active: null });
		expect(other.value?.sessions).toHaveLength(2);
	});
});

test("a token that is smuggled in is not kept", async () => {
	const { browser, snapshot } = await render(["Ada"]);
	const [row] = snapshot.sessions;
	const seen: string[] = [];
	pretendBrowser();
	const store = createDeviceSessions(browser.openTab(), {
		inspect: (event) =>
			void seen.push(JSON.stringify("event" in event ? event.event : "snapshot" in event ? event.snapshot : "")),
	});
	onTestFinished(() => store.destroy());
	const token = "smuggledsmuggledsmuggled";
	const smuggled = {
		...row,
		session: { ...row?.session, token, nested: { sessionToken: token, deep: [token] } },
		user: { ...row?.user, token, note: `a ${token}` },
	};
	store.hydrate({ ...snapshot, sessions: [smuggled] } as never);
	expect(store.value?.sessions[0]?.user.name).toBe("Ada");
	expect(JSON.stringify(store.value) + seen.join()).not.toContain(token);
});

test("keys that would reach a prototype reach none", async () => {
	const { browser, html } = await render(["Ada"]);
	const { store } = open(browser);
	store.hydrate(JSON.parse(html.replace('"name":', '"__proto__":{"admin":true},"constructor":{"x":1},"name":')));
	expect([
		({} as { admin?: boolean }).admin,
		(store.value?.sessions[0]?.user as { admin?: boolean } | undefined)?.admin,
	]).toEqual([undefined, undefined]);
});

test("10,000 rows are taken", async () => {
	const { browser, snapshot } = await render(["Ada"]);
	const [row] = snapshot.sessions;
	const sessions = Array.from({ length: 10_000 }, (_, index) => ({ ...row, id: `row ${index}` }));
	const { store } = open(browser);
	const told = vi.fn();
	store.$sessions.listen(told);
	store.hydrate({ version: 1, sessions, active: "row 9999" } as never);
	expect(told).toHaveBeenCalledTimes(1);
	expect([store.value?.sessions.length, store.value?.active?.id]).toEqual([10_000, "row 9999"]);
});
