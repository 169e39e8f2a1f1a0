import { expect, test } from "vitest";
import { createDeviceSessions } from "../../../src/index.js";
import { openDevice, openStore, pretendBrowser, until } from "../../support/open-store.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";

async function deviceOf(...people: string[]) {
	pretendBrowser();
	const server = createRealServer();
	const browser = createBrowser(server);
	await signUp(browser, ...people);
	const client = browser.openTab();
	return { server, browser, client, store: createDeviceSessions(client) };
}

test("nothing is known and nothing is sent before somebody looks", async () => {
	const { browser, store } = await deviceOf("Ada");
	expect(store.value).toEqual({
		status: "idle",
		isPending: true,
		sessions: [],
		active: null,
		signingIn: null,
		limit: null,
		isFull: false,
		ended: [],
		error: null,
		loadedAt: null,
		retryAt: null,
	});
	expect(browser.count()).toEqual({});
});

test("a start is one list and one get-session", async () => {
	const { browser, store } = await deviceOf("Ada", "Bob");
	const stop = store.subscribe(() => {});
	const state = await until(store, ({ isPending }) => !isPending);
	expect(state.sessions.map(({ user, active }) => [user.name, active])).toEqual([
		["Ada", false],
		["Bob", true],
	]);
	expect(state.active).toBe(state.sessions[1]);
	expect(state.loadedAt).toBeTypeOf("number");
	expect(browser.count()).toEqual({ "GET /multi-session/list-device-sessions": 1, "GET /get-session": 1 });
	stop();
});

test("a start sends its two requests side by side", async () => {
	const { browser, store } = await deviceOf("Ada");
	const list = browser.hold("/multi-session/list-device-sessions");
	const session = browser.hold("/get-session");
	const stop = store.subscribe(() => {});
	const [heldList, heldSession] = await Promise.all([list, session]);
	await heldSession.release();
	await heldList.release();
	expect((await until(store, ({ isPending }) => !isPending)).active?.user.name).toBe("Ada");
	stop();
});

test.each(["before", "after", "long before"])(
	"useSession subscribed %s the store costs no second get-session",
	async (when) => {
		const { browser, client, store } = await deviceOf("Ada");
		const settled = () =>
			new Promise<void>((resolve) => {
				const stop = client.useSession.listen(({ isPending, isRefetching }) => {
					if (isPending || isRefetching) return;
					stop();
					resolve();
				});
			});
		const look = () => client.useSession.subscribe(() => {});
		const stops = when === "after" ? [store.subscribe(() => {}), look()] : [look()];
		if (when === "long before") await settled();
		if (when !== "after") stops.push(store.subscribe(() => {}));
		await until(store, ({ isPending }) => !isPending);
		expect(browser.count()).toEqual({ "GET /multi-session/list-device-sessions": 1, "GET /get-session": 1 });
		for (const stop of stops) stop();
	},
);

test("no account on the device is an empty list, and known to be one", async () => {
	pretendBrowser();
	const browser = createBrowser(createRealServer());
	const { store } = await openStore(browser);
	expect(store.value).toMatchObject({ isPending: false, sessions: [], active: null, error: null });
});

test("a refetch that finds nothing new tells nobody and keeps every row", async () => {
	const { store } = await openDevice(["Ada", "Bob"]);
	const before = store.value?.sessions;
	let told = 0;
	const stops = [store.$sessions, store.$active, store.$error].map((part) => part.listen(() => (told += 1)));
	const { data } = await store.refetch();
	expect(data).toBe(before);
	expect(told).toBe(0);
	for (const stop of stops) stop();
});

test("refetches asked for in one go are one read, though the clock moves on between them", async () => {
	let now = Date.now();
	const clock = {
		setTimeout,
		clearTimeout: (timer: unknown) => clearTimeout(timer as number),
		now: () => {
			now += 1;
			return now;
		},
	};
	const { browser, store } = await openDevice(["Ada"], { clock });
	const answers = await Promise.all([store.refetch(), store.refetch(), store.refetch()]);
	expect(answers.map(({ data }) => data?.length)).toEqual([1, 1, 1]);
	expect(browser.count()).toEqual({ "GET /multi-session/list-device-sessions": 1, "GET /get-session": 1 });
});

test("a row keeps its place whatever the server's order, and a new one comes last", async () => {
	const { browser, client, store, names } = await openDevice(["Ada", "Bob", "Cy"]);
	browser.answer("/multi-session/list-device-sessions", async (request) =>
		Response.json((await (await browser.pass(request)).json()).reverse()),
	);
	await store.refetch();
	expect(names()).toEqual(["Ada", "Bob", "Cy"]);
	await client.signUp.email({ name: "Dee", email: "dee@example.com", password: "long enough" });
	await until(store, ({ active }) => active?.user.name === "Dee");
	expect(names()).toEqual(["Ada", "Bob", "Cy", "Dee"]);
});

test("a sign-in through the app's own client shows up, active, without a further call", async () => {
	const { browser, client, store } = await openDevice(["Ada"]);
	await client.signUp.email({ name: "Bob", email: "bob@example.com", password: "long enough" });
	const state = await until(store, ({ active }) => active?.user.name === "Bob");
	expect(state.sessions.map(({ user, listed }) => [user.name, listed])).toEqual([
		["Ada", true],
		["Bob", true],
	]);
	expect(browser.count()).toEqual({
		"POST /sign-up/email": 1,
		"GET /get-session": 1,
		"GET /multi-session/list-device-sessions": 1,
	});
});

test("a server that is down at the start leaves isPending, says so, and a later refetch works", async () => {
	pretendBrowser();
	const server = createRealServer();
	const browser = createBrowser(server);
	await signUp(browser, "Ada");
	browser.answer("/multi-session/list-device-sessions", () => new TypeError("fetch failed"));
	browser.answer("/get-session", () => new TypeError("fetch failed"));
	const { store } = await openStore(browser);
	expect(store.value).toMatchObject({ isPending: true, sessions: [], error: { kind: "network" } });
	browser.answer("/multi-session/list-device-sessions", browser.pass);
	browser.answer("/get-session", browser.pass);
	const { data } = await store.refetch();
	expect(data?.length).toBe(1);
	expect(store.value).toMatchObject({ isPending: false, error: null });
});

test("a failed read keeps the last good rows, with the error", async () => {
	const { browser, store, row } = await openDevice(["Ada"]);
	const ada = row("Ada");
	browser.answer("/multi-session/list-device-sessions", () => new Response(null, { status: 503 }));
	expect((await store.refetch()).error?.kind).toBe("server");
	expect(store.value).toMatchObject({ status: "idle", error: { kind: "server", status: 503 } });
	expect(store.value?.sessions).toEqual([ada]);
	browser.answer("/multi-session/list-device-sessions", browser.pass);
	await store.refetch();
	expect(store.value?.error).toBeNull();
});

test("one malformed row is left out and reported; the others show", async () => {
	const { browser, store, names } = await openDevice(["Ada", "Bob"]);
	browser.answer("/multi-session/list-device-sessions", async (request) => {
		const response = await browser.pass(request);
		const [ada, bob] = await response.json();
		return Response.json([{ ...ada, user: null }, bob]);
	});
	expect((await store.refetch()).data?.map(({ user }) => user.name)).toEqual(["Bob"]);
	expect(names()).toEqual(["Bob"]);
	expect(store.value?.error).toMatchObject({ kind: "invalid-response", issues: [{ path: "0.user" }] });
});

test.each([["a client and a server without the plugin", { plugins: [] }]])(
	"%s: the error names both halves of it",
	async (_, options) => {
		const browser = createBrowser(createRealServer(options));
		const { store } = await openStore(browser);
		expect(store.value?.error).toMatchObject({ kind: "rejected", status: 404 });
		expect(store.value?.error?.message).toContain("multiSessionClient()");
		expect(store.value?.error?.message).toContain("multiSession()");
		expect((await store.setActive("somebody")).error?.kind).toBe("rejected");
	},
);
