import { expect, onTestFinished, test, vi } from "vitest";
import { evenly, openPage } from "../../support/open-page.js";
import { until } from "../../support/open-store.js";

const reads = { "GET /get-session": 1, "GET /multi-session/list-device-sessions": 1 };
const list = "/multi-session/list-device-sessions";

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

test("a page that was frozen does not count on a look that was answered before", async () => {
	const { browser, client, clock, page, server, store } = await openPage();
	const look = browser.hold("/get-session");
	client.$store.notify("$sessionSignal");
	const held = await look;
	await held.act();
	page.document.dispatchEvent(new Event("freeze"));
	server.end(store.value?.active?.id ?? "");
	clock.advance(1_000);
	page.document.dispatchEvent(new Event("resume"));
	await held.release();
	await until(store, ({ active, status }) => status === "idle" && active === null);
	expect(client.useSession.value?.data).toBeNull();
});

test("refetchOnWindowFocus: false leaves coming back alone", async () => {
	const { browser, clock, page, store } = await openPage({ refetchOnWindowFocus: false });
	clock.advance(60_000);
	page.dispatchEvent(new Event("focus"));
	page.document.dispatchEvent(new Event("visibilitychange"));
	expect([store.value?.status, browser.requests]).toEqual(["idle", []]);
});

test("refetchInterval goes on with both requests where the clock is set back an hour", async () => {
	let ahead = 3_600_000;
	// Better Auth's own clock, too.
	const { now } = Date;
	vi.spyOn(Date, "now").mockImplementation(() => now() + ahead);
	onTestFinished(() => void vi.restoreAllMocks());
	const clock = evenly();
	const { browser, store } = await openPage({
		refetchInterval: 5,
		clock: { ...clock, now: () => clock.now() + ahead, monotonic: () => clock.now() },
	});
	for (let round = 0; round < 4; round += 1) {
		if (round > 0) ahead = 0;
		clock.advance(5_000);
		await until(store, ({ status }) => status === "idle");
		expect(browser.count()).toEqual(reads);
	}
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
