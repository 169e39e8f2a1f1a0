import { createAuthClient } from "better-auth/client";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions, deviceSessionsClient } from "../../../src/index.js";
import { pretendBrowser, until } from "../../support/open-store.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";

/** The library once more, as a page has it that bundles it twice: every module of its own. */
async function importAgain() {
	vi.resetModules();
	return import("../../../src/index.js");
}

async function open() {
	const browser = createBrowser(createRealServer());
	await signUp(browser, "Ada", "Bob");
	return browser;
}

type Store = ReturnType<typeof createDeviceSessions>;

/** Looks at a store until the test is over, and loads it. */
async function look(store: Store): Promise<Store> {
	store.subscribe(() => {});
	onTestFinished(() => store.destroy());
	await until(store, ({ isPending }) => !isPending);
	return store;
}
const active = (store: Store) => store.value?.active?.user.name;
const id = (store: Store, name: string) => store.value?.sessions.find(({ user }) => user.name === name)?.id ?? "";

beforeEach(pretendBrowser);

test("the store that one copy's plugin has made is the store of the other copy's createDeviceSessions", async () => {
	const browser = await open();
	const other = await importAgain();
	expect(other.createDeviceSessions).not.toBe(createDeviceSessions);
	const client = createAuthClient({ ...browser.clientOptions, plugins: [deviceSessionsClient()] });
	onTestFinished(() => client.deviceSessions.destroy());
	expect(other.createDeviceSessions(client)).toBe(client.deviceSessions);
	const own = createAuthClient({ ...browser.clientOptions, plugins: [other.deviceSessionsClient()] });
	onTestFinished(() => own.deviceSessions.destroy());
	expect(createDeviceSessions(own)).toBe(own.deviceSessions);
});

test("the other copy refuses options for such a client as well", async () => {
	const browser = await open();
	const other = await importAgain();
	const client = createAuthClient({ ...browser.clientOptions, plugins: [deviceSessionsClient()] });
	onTestFinished(() => client.deviceSessions.destroy());
	expect(() => other.createDeviceSessions(client, { timeout: 5_000 })).toThrow(
		expect.objectContaining({ kind: "invalid-input", operation: "createDeviceSessions" }),
	);
});

test("the plugin of both copies on one client is refused", async () => {
	const other = await importAgain();
	expect(() => createAuthClient({ plugins: [deviceSessionsClient(), other.deviceSessionsClient()] })).toThrow(
		expect.objectContaining({ kind: "invalid-input", operation: "deviceSessionsClient" }),
	);
});

test("without the plugin two copies have a store each, side by side: one follows the other, and then all is quiet", async () => {
	const browser = await open();
	const other = await importAgain();
	const client = browser.openTab();
	const here = await look(createDeviceSessions(client));
	// Safe: the same, of another copy.
	const there = await look(other.createDeviceSessions(client) as unknown as Store);
	expect(here).not.toBe(there);
	expect((await here.setActive(id(here, "Ada"))).error).toBeNull();
	await vi.waitUntil(() => active(there) === "Ada", { timeout: 5_000 });
	expect((await there.setActive(id(there, "Bob"))).error).toBeNull();
	await vi.waitUntil(() => active(here) === "Bob", { timeout: 5_000 });
	const isAtRest = (store: Store) => {
		const { context, value } = store.actor.getSnapshot();
		return value === "idle" && !context.check && context.dueAt === null;
	};
	await vi.waitUntil(() => isAtRest(here) && isAtRest(there), { timeout: 10_000 });
	browser.requests.length = 0;
	// An echo would be read for at the end of the second.
	await new Promise((resolve) => setTimeout(resolve, 1_500));
	expect(browser.requests).toEqual([]);
	expect([active(here), active(there)]).toEqual(["Bob", "Bob"]);
});

test("commands of both at once are each answered, and both show who is active then", async () => {
	const browser = await open();
	const other = await importAgain();
	const client = browser.openTab();
	const here = await look(createDeviceSessions(client));
	// Safe: as above.
	const there = await look(other.createDeviceSessions(client) as unknown as Store);
	const ada = id(here, "Ada");
	const answers = await Promise.all([here.setActive(ada), there.revoke(id(there, "Bob"))]);
	expect(answers.map(({ error }) => error)).toEqual([null, null]);
	await vi.waitUntil(() => [here, there].every((store) => store.value?.sessions.length === 1), { timeout: 5_000 });
	expect([active(here), active(there)]).toEqual(["Ada", "Ada"]);
});
