import { expect, test, vi } from "vitest";
import { evenly } from "../../support/open-page.js";
import { openDevice, openStore, until } from "../../support/open-store.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";
import { createClock } from "../../support/simulated-clock.js";

const list = "/multi-session/list-device-sessions";
const offline = () => new TypeError("fetch failed");

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
