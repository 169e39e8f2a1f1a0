import { expect, test, vi } from "vitest";
import { openStore, until } from "../../support/open-store.js";
import { type Browser, createBrowser, createRealServer, signUp } from "../../support/real-server.js";

/** Ada and Bob*, on a server with Better Auth's cookie cache; of the requests the query is kept, too. */
async function open(maximumSessions?: number) {
	const server = createRealServer({
		session: { cookieCache: { enabled: true, maxAge: 300 } },
		...(maximumSessions !== undefined && { maximumSessions }),
	});
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	const looks: string[] = [];
	browser.answer("/get-session", (request) => {
		looks.push(new URL(request.url).search);
		return browser.pass(request);
	});
	return { ...(await reopen(browser)), server, browser, looks };
}

async function reopen(browser: Browser) {
	const page = await openStore(browser);
	const shown = () => page.store.value?.sessions.map(({ active, user }) => user.name + (active ? "*" : ""));
	return { ...page, shown };
}

test("a page that opens asks as useSession does, the cookie cache included: a database that lags behind signs nobody out", async () => {
	const { browser, looks, server } = await open();
	const sessions = server.db["session"] ?? [];
	server.db["session"] = [];
	looks.length = 0;
	const { store } = await openStore(browser);
	server.db["session"] = sessions;
	expect([store.value?.active?.user.name, looks]).toEqual(["Bob", [""]]);
});

test("a cached session that the list does not know is asked for again before a command is decided from it", async () => {
	const { server, store, row, shown, looks } = await open();
	server.end(row("Bob").id);
	await store.refetch();
	const { error } = await store.signOutOthers();
	expect([error?.kind, error?.operation, shown()]).toEqual(["unauthorized", "signOutOthers", ["Ada"]]);
	expect(looks).toContain("?disableCookieCache=true");
	expect(server.sessions()).toHaveLength(1);
});

test.each(["setActive", "revoke"] as const)("%s away from it is what it is with nobody active", async (command) => {
	const { server, store, row } = await open();
	const { id } = row("Bob");
	server.end(id);
	const { error } = await store[command](command === "setActive" ? row("Ada").id : id);
	expect([error, store.value?.active?.user.name]).toEqual([null, "Ada"]);
});

test("that it is active is not said on the word of a read that has just ended", async () => {
	const { browser, server, row } = await open();
	const { id } = row("Bob");
	server.end(id);
	const { store, shown } = await reopen(browser);
	expect(shown()).toEqual(["Ada", "Bob*"]);
	expect([(await store.setActive(id)).error?.kind, shown()]).toEqual(["unknown-session", ["Ada"]]);
});

test("an active account past the limit is looked at without the cache, and kept", async () => {
	const { store, row, looks } = await open(1);
	expect(row("Bob").listed).toBe(false);
	expect((await store.setActive(row("Ada").id)).error?.kind).toBe("active-unlisted");
	expect(looks.at(-1)).toBe("?disableCookieCache=true");
});

test("a page with an active account past the limit opens with one list and one get-session", async () => {
	const { browser } = await open(1);
	await openStore(browser);
	await vi.waitUntil(() => true);
	browser.requests.length = 0;
	const count = vi.fn();
	const restore = browser.answer("/multi-session/list-device-sessions", (request) => {
		count();
		return browser.pass(request);
	});
	await openStore(browser);
	restore();
	expect(count).toHaveBeenCalledTimes(1);
});

test("refetch asks past the cookie cache where it is told to", async () => {
	const { server, store, row, looks, shown } = await open();
	server.end(row("Bob").id);
	looks.length = 0;
	await store.refetch({ disableCookieCache: true });
	expect([looks, shown()]).toEqual([["?disableCookieCache=true"], ["Ada"]]);
});

test("what became of a command whose outcome is not known is asked past the cookie cache", async () => {
	const { browser, store, row, looks } = await open();
	browser.answer("/multi-session/set-active", () => new Error("lost"));
	looks.length = 0;
	await store.setActive(row("Ada").id);
	expect(looks[0]).toBe("?disableCookieCache=true");
});

test("a read past the cache is not answered from it where a call of the app's brings its cookie back meanwhile", async () => {
	const { browser, client, server, store, row, shown } = await open();
	const before = [...browser.cookies];
	server.end(row("Bob").id);
	const list = browser.hold("/multi-session/list-device-sessions");
	const command = store.refetch({ disableCookieCache: true });
	const held = await list;
	await until(client.useSession, ({ data, isRefetching }) => !data && !isRefetching);
	// The store has heard of it.
	await new Promise(setImmediate);
	// As the late answer of an `updateUser` does, which Better Auth follows with its signal.
	for (const [name, value] of before) browser.cookies.set(name, value);
	client.$store.notify("$sessionSignal");
	await until(client.useSession, ({ data, isRefetching }) => data !== null && !isRefetching);
	await held.release();
	expect((await command).data?.map(({ active }) => active)).toEqual([false]);
	expect(shown()).toEqual(["Ada"]);
});
