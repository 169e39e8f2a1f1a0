import { expect, test, vi } from "vitest";
import { createDeviceSessions } from "../../../src/index.js";
import { openDevice, openStore, pretendBrowser, until } from "../../support/open-store.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";

async function asleep(...people: string[]) {
	const server = createRealServer();
	const browser = createBrowser(server);
	await signUp(browser, ...people);
	const client = browser.openTab();
	const store = createDeviceSessions(client);
	/** Better Auth's session atom has no listener of ours. */
	const isListening = () => (client.$store.atoms["session"]?.lc ?? 0) > 0;
	return { server, browser, client, store, isListening };
}

test("waking starts a macrotask later, so that the first render equals the server's", async () => {
	pretendBrowser();
	const { browser, store, isListening } = await asleep("Ada");
	const stop = store.subscribe(() => {});
	await null;
	expect(store.value).toMatchObject({ status: "idle", isPending: true });
	expect(browser.count()).toEqual({});
	await until(store, ({ isPending }) => !isPending);
	expect(isListening()).toBe(true);
	stop();
});

test("a subscriber that comes and goes in one go sends nothing", async () => {
	pretendBrowser();
	vi.useFakeTimers();
	const { browser, store } = await asleep();
	store.subscribe(() => {})();
	await vi.advanceTimersByTimeAsync(5000);
	expect(browser.count()).toEqual({ "GET /multi-session/list-device-sessions": 1, "GET /get-session": 1 });
	vi.useRealTimers();
});

test("when the last subscriber of any of its stores is gone, it lets go of everything", async () => {
	const { store, stop, client } = await openDevice(["Ada"]);
	const session = client.$store.atoms["session"];
	vi.useFakeTimers();
	const other = store.$active.subscribe(() => {});
	stop();
	await vi.advanceTimersByTimeAsync(1000);
	expect(session?.lc).toBe(1);
	other();
	await vi.advanceTimersByTimeAsync(1000);
	expect(session?.lc).toBe(0);
	expect(vi.getTimerCount()).toBe(1); // nanostores lets go of Better Auth's atom a second later
	vi.useRealTimers();
});

test("looked at again, it reads again", async () => {
	const { browser, client, store, stop } = await openDevice(["Ada"]);
	vi.useFakeTimers();
	stop();
	await vi.advanceTimersByTimeAsync(2000);
	vi.useRealTimers();
	await client.signUp.email({ name: "Bob", email: "bob@example.com", password: "long enough" });
	browser.requests.length = 0;
	const again = store.subscribe(() => {});
	const state = await until(store, ({ sessions }) => sessions.length === 2);
	expect(state.active?.user.name).toBe("Bob");
	again();
});

test("a command wakes it, and it sleeps again when that is done and checked", async () => {
	pretendBrowser();
	const { browser, store, isListening } = await asleep("Ada", "Bob");
	const { data } = await store.refetch();
	expect(isListening()).toBe(false);
	browser.requests.length = 0;
	const check = browser.hold("/get-session");
	expect((await store.setActive(data?.[0]?.id ?? "")).data?.user.name).toBe("Ada");
	expect(isListening()).toBe(true);
	await (await check).release();
	await vi.waitUntil(() => !isListening());
	expect(browser.count()).toEqual({ "POST /multi-session/set-active": 1, "GET /get-session": 1 });
});

test("a first command on a store that knows nothing reads first", async () => {
	pretendBrowser();
	const { server, store } = await asleep("Ada", "Bob");
	const ada = server.sessions()[0]?.["id"] as string;
	expect((await store.setActive(ada)).data?.user.name).toBe("Ada");
});

test("on a server nothing is fetched by itself, and commands work", async () => {
	expect(typeof window).toBe("undefined");
	const { browser, server, store } = await asleep("Ada", "Bob");
	vi.useFakeTimers();
	const stop = store.subscribe(() => {});
	await vi.advanceTimersByTimeAsync(5000);
	vi.useRealTimers();
	expect(browser.count()).toEqual({});
	expect((await store.refetch()).data?.length).toBe(2);
	expect((await store.revoke(server.sessions()[0]?.["id"] as string)).error).toBeNull();
	expect(store.value?.sessions.map(({ user }) => user.name)).toEqual(["Bob"]);
	stop();
});

test("destroy lets what was sent finish; commands that wait and later ones answer destroyed", async () => {
	const { browser, client, store, row } = await openDevice(["Ada", "Bob", "Cy"]);
	const held = browser.hold("/multi-session/set-active");
	const sent = store.setActive(row("Ada").id);
	const waiting = [store.setActive(row("Bob").id), store.revoke(row("Bob").id), store.signOutOthers()];
	const request = await held;
	const end = store.destroy();
	for (const command of waiting) expect((await command).error?.kind).toBe("destroyed");
	await request.release();
	expect((await sent).data?.user.name).toBe("Ada");
	await end;
	expect(store.actor.getSnapshot().status).toBe("stopped");
	for (const later of [store.refetch(), store.setActive("a"), store.revoke(""), store.signOutAll()]) {
		expect((await later).error?.kind).toBe("destroyed");
	}
	expect(store.value).toMatchObject({ status: "idle", error: null, active: { user: { name: "Ada" } } });
	expect(client.$store.atoms["session"]?.lc).toBe(0);
	await store.destroy();
});

test("two stores on one client agree", async () => {
	const { browser, store, row } = await openDevice(["Ada", "Bob"]);
	const other = await openStore(browser);
	await store.setActive(row("Ada").id);
	expect(store.value?.active?.user.name).toBe("Ada");
	await other.store.refetch();
	expect(other.store.value?.active?.user.name).toBe("Ada");
});
