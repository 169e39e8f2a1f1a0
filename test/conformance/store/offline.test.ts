import { expect, test } from "vitest";
import { openPage } from "../../support/open-page.js";
import { until } from "../../support/open-store.js";

const reads = { "GET /get-session": 1, "GET /multi-session/list-device-sessions": 1 };
const list = "/multi-session/list-device-sessions";
const offline = () => new TypeError("fetch failed");

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
