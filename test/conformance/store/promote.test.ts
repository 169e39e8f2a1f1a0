import { expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions } from "../../../src/index.js";
import { openDevice, openStore, until } from "../../support/open-store.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";

const promote = { whenActiveLost: "promote" } as const;

/** What a browser keeps between visits. */
function keepStorage(storage: Partial<Storage> = {}) {
	const kept = new Map<string, string>();
	vi.stubGlobal("localStorage", {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => kept.set(key, value),
		...storage,
	});
	onTestFinished(() => void vi.unstubAllGlobals());
	return kept;
}

test("the account used last on this device takes the place of one that was lost", async () => {
	keepStorage();
	const { server, client, store, row } = await openDevice(["Ada", "Bob", "Cy"], promote);
	await store.setActive(row("Ada").id);
	await store.setActive(row("Bob").id);
	server.end(row("Bob").id);
	client.$store.notify("$sessionSignal");
	await until(store, ({ active }) => active?.user.name === "Ada");
	expect(store.value?.sessions.map(({ user }) => user.name)).toEqual(["Ada", "Cy"]);
	expect(store.value?.error).toBeNull();
});

test("who was used last is remembered between visits, as row ids and nothing else", async () => {
	const kept = keepStorage();
	const { server, browser, store, row, stop } = await openDevice(["Ada", "Bob", "Cy"]);
	await store.setActive(row("Bob").id);
	await store.setActive(row("Cy").id);
	stop();
	await store.destroy();
	const ids = [row("Cy").id, row("Bob").id];
	expect(kept.get("device-sessions:3:http://localhost:last-used")?.split("\n")).toEqual(ids);
	for (const { token } of server.sessions()) expect([...kept.values()].join()).not.toContain(token);
	const next = await openStore(browser, promote);
	server.end(row("Cy").id);
	next.client.$store.notify("$sessionSignal");
	await until(next.store, ({ active }) => active?.user.name === "Bob");
});

test("one that was lost before the page was opened is nobody's to replace", async () => {
	keepStorage();
	const { server, browser, store, row, stop } = await openDevice(["Ada", "Bob"]);
	stop();
	await store.destroy();
	server.end(row("Bob").id);
	const next = await openStore(browser, promote);
	await next.store.refetch();
	expect([next.store.value?.active, next.names()]).toEqual([null, ["Ada"]]);
	expect(browser.requests.filter((path) => path.endsWith("/set-active"))).toEqual([]);
});

test("a storage that throws is replaced by memory", async () => {
	const refuse = () => {
		throw new Error("denied");
	};
	keepStorage({ getItem: refuse, setItem: refuse });
	const { server, client, store, row } = await openDevice(["Ada", "Bob", "Cy"], promote);
	await store.setActive(row("Ada").id);
	await store.setActive(row("Cy").id);
	server.end(row("Cy").id);
	client.$store.notify("$sessionSignal");
	await until(store, ({ active }) => active?.user.name === "Ada");
});

test("one that has gone as well is passed over for the next", async () => {
	keepStorage();
	const { server, browser, client, store, row } = await openDevice(["Ada", "Bob", "Cy"], promote);
	await store.setActive(row("Bob").id);
	await store.setActive(row("Cy").id);
	server.end(row("Cy").id);
	const bob = row("Bob").id;
	const set = browser.hold("/multi-session/set-active");
	client.$store.notify("$sessionSignal");
	const held = await set;
	server.end(bob);
	await held.release();
	await until(store, ({ active }) => active?.user.name === "Ada");
});

test.each([
	["fails is tried three times", 3, () => new Response("{}", { status: 500 })],
	["gets no answer is tried three times", 3, () => new TypeError("no network")],
	["is refused is tried once", 1, () => Response.json({ message: "no" }, { status: 403 })],
])("one whose switch %s, and not for ever", async (_, times, how) => {
	const { server, browser, client, store, row } = await openDevice(["Ada", "Bob"], promote);
	browser.answer("/multi-session/set-active", how);
	server.end(row("Bob").id);
	client.$store.notify("$sessionSignal");
	await until(store, ({ active, status, error }) => active === null && status === "idle" && error !== null);
	for (let reads = 0; reads < 4; reads += 1) await store.refetch();
	await until(store, ({ status }) => status === "idle");
	expect(browser.requests.filter((path) => path.endsWith("/set-active"))).toHaveLength(times);
	expect(store.value?.sessions.map(({ user }) => user.name)).toEqual(["Ada"]);
});

test("refused by onBeforeSwitch, nobody is active, and it is not asked again", async () => {
	const onBeforeSwitch = vi.fn(() => false);
	const { server, client, store, row } = await openDevice(["Ada", "Bob"], { ...promote, onBeforeSwitch });
	server.end(row("Bob").id);
	client.$store.notify("$sessionSignal");
	await until(store, ({ error }) => error?.kind === "refused");
	await store.refetch();
	expect(onBeforeSwitch.mock.calls).toMatchObject([[{ from: null, to: { user: { name: "Ada" } }, reason: "promote" }]]);
	expect(store.value?.active).toBeNull();
});

test("a click wins over it", async () => {
	keepStorage();
	const { server, browser, client, store, row } = await openDevice(["Ada", "Bob", "Cy"], promote);
	server.end(row("Cy").id);
	const list = browser.hold("/multi-session/list-device-sessions");
	client.$store.notify("$sessionSignal");
	const held = await list;
	const clicked = store.setActive(row("Bob").id);
	await held.release();
	expect((await clicked).data?.user.name).toBe("Bob");
	await until(store, ({ status }) => status === "idle");
	expect(store.value?.active?.user.name).toBe("Bob");
	expect(browser.requests.filter((path) => path.endsWith("/set-active"))).toHaveLength(1);
});

test("without the option nobody is active, and the rows stay", async () => {
	const { server, browser, client, store, row } = await openDevice(["Ada", "Bob"]);
	server.end(row("Bob").id);
	client.$store.notify("$sessionSignal");
	await until(store, ({ active, status }) => active === null && status === "idle");
	expect([store.value?.sessions.map(({ user }) => user.name), store.value?.error]).toEqual([["Ada"], null]);
	expect(browser.requests.filter((path) => path.endsWith("/set-active"))).toEqual([]);
});

test("on a server nobody is made active", async () => {
	const server = createRealServer();
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	server.end(String(server.sessions().at(-1)?.["id"]));
	const store = createDeviceSessions(browser.openTab(), promote);
	expect((await store.refetch()).data).toHaveLength(1);
	expect(store.value?.active).toBeNull();
	expect(browser.requests.filter((path) => path.endsWith("/set-active"))).toEqual([]);
	await store.destroy();
});
