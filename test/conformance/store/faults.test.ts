import { expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions, type DeviceSessionsOptions } from "../../../src/index.js";
import { openDevice, openStore, until } from "../../support/open-store.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";
import { createClock } from "../../support/simulated-clock.js";

const reads = { "GET /get-session": 1, "GET /multi-session/list-device-sessions": 1 };
const list = "/multi-session/list-device-sessions";
const offline = () => new TypeError("fetch failed");
/** A clock without chance: a back-off waits for 1, 2 and 4 seconds. */
const evenly = () => ({ ...createClock(), random: () => 0 });

/** A page whose events are sent by hand. */
function pretendPage(onLine: boolean) {
	const page = Object.assign(new EventTarget(), {
		document: Object.assign(new EventTarget(), { visibilityState: "visible" }),
		navigator: { onLine },
		localStorage: { getItem: () => null, setItem() {} },
	});
	vi.stubGlobal("window", page);
	onTestFinished(() => void vi.unstubAllGlobals());
	return page;
}

/** A store on a page of its own, looked at and loaded. */
async function openPage(options: DeviceSessionsOptions = {}, { onLine = true } = {}) {
	const clock = evenly();
	const server = createRealServer();
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	const page = pretendPage(onLine);
	const store = createDeviceSessions(browser.openTab(), { clock, ...options });
	const stop = store.subscribe(() => {});
	onTestFinished(async () => {
		stop();
		await store.destroy();
	});
	await until(store, ({ isPending, error }) => !isPending || error !== null);
	if (onLine) browser.requests.length = 0;
	return { browser, clock, page, server, store };
}

test("a failed read keeps the rows and is made again with a back-off, three times; then it rests", async () => {
	const clock = evenly();
	const { browser, store, names } = await openDevice(["Ada", "Bob"], { clock });
	browser.answer(list, offline);
	const { error } = await store.refetch();
	expect([error?.kind, names()]).toEqual(["network", ["Ada", "Bob"]]);
	for (const wait of [1_000, 2_000, 4_000]) {
		expect(store.value?.retryAt).toBe(clock.now() + wait);
		browser.requests.length = 0;
		clock.advance(wait - 1);
		expect(browser.requests).toEqual([]);
		clock.advance(1);
		await until(store, ({ status }) => status === "loading");
		await until(store, ({ status }) => status === "idle");
	}
	expect(store.value).toMatchObject({ retryAt: null, error: { kind: "network" } });
	browser.requests.length = 0;
	clock.advance(3_600_000);
	expect([browser.requests, names()]).toEqual([[], ["Ada", "Bob"]]);
});

test("the attempt that succeeds clears the error, and the next failure is counted anew", async () => {
	const clock = evenly();
	const { browser, store } = await openDevice(["Ada", "Bob"], { clock });
	const heal = browser.answer(list, () => new Response(null, { status: 503 }));
	await store.refetch();
	expect(store.value).toMatchObject({ error: { kind: "server" }, retryAt: clock.now() + 1_000 });
	heal();
	clock.advance(1_000);
	await until(store, ({ error }) => error === null);
	expect(store.value?.retryAt).toBeNull();
	browser.answer(list, offline);
	await store.refetch();
	expect(store.value?.retryAt).toBe(clock.now() + 1_000);
});

test("a back-off is jittered: up to a half longer than its length", async () => {
	for (const [random, wait] of [
		[0, 1_000],
		[0.998, 1_499],
	] as const) {
		const clock = { ...createClock(), random: () => random };
		const { browser, store } = await openDevice(["Ada"], { clock });
		browser.answer(list, offline);
		await store.refetch();
		expect(store.value?.retryAt).toBe(clock.now() + wait);
	}
});

test("a rate limit waits as long as the server says, and what comes by itself waits with it", async () => {
	const clock = evenly();
	const { browser, store } = await openDevice(["Ada", "Bob"], { clock });
	const heal = browser.answer(list, () => new Response("{}", { status: 429, headers: { "X-Retry-After": "40" } }));
	const { error } = await store.refetch();
	expect([error?.kind, error?.retryAfter, store.value?.retryAt]).toEqual(["rate-limited", 40, clock.now() + 40_000]);
	heal();
	browser.requests.length = 0;
	clock.advance(39_999);
	expect(browser.requests).toEqual([]);
	clock.advance(1);
	await until(store, (state) => state.error === null);
	expect(browser.requests.filter((path) => path.endsWith(list))).toHaveLength(1);
});

test("what another read would not mend is not made again", async () => {
	const clock = evenly();
	const { browser, store } = await openDevice(["Ada", "Bob"], { clock });
	for (const answer of [new Response("{}", { status: 403 }), new Response("<html>", { status: 200 })]) {
		const heal = browser.answer(list, () => answer);
		const { error } = await store.refetch();
		expect([error?.kind, store.value?.retryAt]).toEqual([error?.kind, null]);
		expect(error).not.toBeNull();
		heal();
	}
});

test("a mutation is not repeated", async () => {
	const clock = evenly();
	const { browser, store, row } = await openDevice(["Ada", "Bob"], { clock });
	browser.answer("/multi-session/set-active", () => new Response(null, { status: 503 }));
	expect((await store.setActive(row("Ada").id)).error?.kind).toBe("server");
	clock.advance(3_600_000);
	await store.refetch();
	expect(browser.count()["POST /multi-session/set-active"]).toBe(1);
});

test("a first read that fails is made again until it succeeds", async () => {
	const clock = evenly();
	const browser = createBrowser(createRealServer());
	await signUp(browser, "Ada");
	const heal = browser.answer(list, offline);
	const { store, names } = await openStore(browser, { clock });
	expect(store.value).toMatchObject({ isPending: true, error: { kind: "network" }, retryAt: clock.now() + 1_000 });
	heal();
	clock.advance(1_000);
	await until(store, ({ isPending }) => !isPending);
	expect(names()).toEqual(["Ada"]);
});

test("asleep nothing is tried again and no timer is left", async () => {
	const clock = evenly();
	const { browser, store, stop } = await openDevice(["Ada"], { clock });
	browser.answer(list, offline);
	await store.refetch();
	stop();
	await vi.waitUntil(() => clock.timers.size === 0, { timeout: 3_000 });
	browser.requests.length = 0;
	clock.advance(3_600_000);
	expect([browser.requests, store.value?.retryAt]).toEqual([[], null]);
});

test("coming back to the page reads once, however many events say so, and not right after a read", async () => {
	const { browser, clock, page, store } = await openPage();
	page.dispatchEvent(new Event("focus"));
	expect([browser.requests, store.value?.status]).toEqual([[], "idle"]);
	clock.advance(1_000);
	page.dispatchEvent(new Event("focus"));
	page.document.dispatchEvent(new Event("visibilitychange"));
	page.dispatchEvent(new Event("focus"));
	await until(store, ({ status }) => status === "idle");
	expect(browser.count()).toEqual(reads);
});

test("a page that is hidden, or shown for the first time, is not read", async () => {
	const { browser, clock, page, store } = await openPage();
	clock.advance(60_000);
	page.document.visibilityState = "hidden";
	page.document.dispatchEvent(new Event("visibilitychange"));
	page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));
	expect([store.value?.status, browser.requests]).toEqual(["idle", []]);
});

test.each(["pageshow", "resume"])("a page that comes back by %s is read anew, a second after a read", async (type) => {
	const { browser, clock, page, server, store } = await openPage({ refetchOnWindowFocus: false });
	const bob = store.value?.active?.id ?? "";
	server.end(bob);
	clock.advance(1_000);
	const target = type === "pageshow" ? page : page.document;
	target.dispatchEvent(Object.assign(new Event(type), { persisted: true }));
	await until(store, ({ active }) => active === null);
	expect(browser.count()).toEqual(reads);
});

// The monotonic clock stands still while some devices sleep.
test("a page that comes back is read anew where the time of day alone says that it was away", async () => {
	let slept = 0;
	const clock = evenly();
	const { browser, page, server, store } = await openPage({
		refetchOnWindowFocus: false,
		clock: { ...clock, now: () => clock.now() + slept, monotonic: () => 1_000 },
	});
	server.end(store.value?.active?.id ?? "");
	slept = 3_600_000;
	page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
	await vi.waitUntil(() => store.value?.active === null);
	expect(browser.count()).toEqual(reads);
});

test("a page that was frozen is read once, though it comes back with several events, and not by a read of before", async () => {
	const { browser, clock, page, store } = await openPage();
	const held = browser.hold(list);
	void store.refetch();
	await held;
	clock.advance(5_000);
	browser.requests.length = 0;
	page.document.dispatchEvent(new Event("freeze"));
	page.dispatchEvent(new Event("focus"));
	page.document.dispatchEvent(new Event("resume"));
	page.document.dispatchEvent(new Event("visibilitychange"));
	page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
	await (await held).release();
	await until(store, ({ status }) => status === "idle");
	clock.advance(1_000);
	await until(store, ({ status }) => status === "idle");
	expect(browser.count()["GET /multi-session/list-device-sessions"]).toBe(1);
});

test("refetchOnWindowFocus: false leaves coming back alone", async () => {
	const { browser, clock, page, store } = await openPage({ refetchOnWindowFocus: false });
	clock.advance(60_000);
	page.dispatchEvent(new Event("focus"));
	page.document.dispatchEvent(new Event("visibilitychange"));
	expect([store.value?.status, browser.requests]).toEqual(["idle", []]);
});

test("refetchInterval reads every so many seconds while somebody looks", async () => {
	const { browser, clock, store } = await openPage({ refetchInterval: 30 });
	for (let round = 0; round < 3; round += 1) {
		clock.advance(29_999);
		expect(browser.requests).toEqual([]);
		clock.advance(1);
		await until(store, ({ status }) => status === "idle");
		expect(browser.count()).toEqual(reads);
	}
});

test("offline nothing is tried; online again, it is at once", async () => {
	const { browser, clock, page, store } = await openPage({ refetchInterval: 30 });
	page.dispatchEvent(new Event("offline"));
	clock.advance(600_000);
	page.dispatchEvent(new Event("focus"));
	expect([store.value?.status, browser.requests]).toEqual(["idle", []]);
	page.dispatchEvent(new Event("online"));
	await until(store, ({ status }) => status === "idle");
	expect(browser.count()).toEqual(reads);
});

test("a read that failed before the network went is not announced, and made online", async () => {
	const { browser, clock, page, store } = await openPage();
	const heal = browser.answer(list, offline);
	await store.refetch();
	expect(store.value?.retryAt).not.toBeNull();
	page.dispatchEvent(new Event("offline"));
	expect(store.value?.retryAt).toBeNull();
	heal();
	browser.requests.length = 0;
	clock.advance(600_000);
	expect(browser.requests).toEqual([]);
	page.dispatchEvent(new Event("online"));
	await until(store, ({ error }) => error === null);
});

test("refetchWhenOffline goes on reading by itself", async () => {
	const { browser, clock, page, store } = await openPage({ refetchInterval: 30, refetchWhenOffline: true });
	page.dispatchEvent(new Event("offline"));
	clock.advance(30_000);
	await until(store, ({ status }) => status === "idle");
	expect(browser.count()).toEqual(reads);
});

test("a page that opens offline says so without a request, and reads once it is online", async () => {
	const { browser, page, store } = await openPage({}, { onLine: false });
	expect(store.value).toMatchObject({ isPending: true, error: { kind: "network" }, retryAt: null });
	expect(browser.requests.filter((path) => path.endsWith(list))).toEqual([]);
	page.dispatchEvent(new Event("online"));
	await until(store, ({ isPending }) => !isPending);
	expect(store.value?.sessions.map(({ user }) => user.name)).toEqual(["Ada", "Bob"]);
});
