import { AsyncLocalStorage } from "node:async_hooks";
import { createAuthClient } from "better-auth/client";
import { expect, test } from "vitest";
import { createDeviceSessions, deviceSessionsClient } from "../../../src/index.js";
import { type Browser, createBrowser, createRealServer, password } from "../../support/real-server.js";

const people = Array.from({ length: 100 }, (_, index) => `Person ${index}`);

/** On a server one client serves everybody: whose request is being answered says which cookies go along. */
async function serve() {
	const server = createRealServer();
	const visitor = new AsyncLocalStorage<Browser>();
	const sent: string[] = [];
	const client = createAuthClient({
		baseURL: "http://localhost:3000",
		plugins: [deviceSessionsClient()],
		fetchOptions: {
			customFetchImpl: async (input, init) => {
				const browser = visitor.getStore();
				if (!browser) throw new Error("A request of nobody's went out.");
				sent.push(new Request(input, init).url);
				// The others come in between.
				await new Promise((resolve) => setImmediate(resolve));
				return browser.send(input, init);
			},
		},
	});
	const browsers = people.map(() => createBrowser(server));
	await Promise.all(
		browsers.map(async (browser, index) => {
			const name = people[index] ?? "";
			const email = `${name.replace(" ", "-").toLowerCase()}@example.com`;
			const { error } = await browser.openTab().signUp.email({ name, email, password });
			if (error) throw new Error(`${name} could not sign up`);
		}),
	);
	/** What comes of it for each of them, all at once. */
	const forEach = <T>(run: (name: string) => Promise<T>) =>
		Promise.all(browsers.map((browser, index) => visitor.run(browser, () => run(people[index] ?? ""))));
	return { client, forEach, sent };
}

test("a client of the whole server, with the plugin, answers each of 100 people at once with their own", async () => {
	expect(typeof window).toBe("undefined");
	const { client, forEach, sent } = await serve();
	const names = await forEach(async () => {
		const [session, list] = await Promise.all([client.getSession(), client.multiSession.listDeviceSessions()]);
		return [session.data?.user.name, list.data?.map(({ user }) => user.name)];
	});
	expect(names).toEqual(people.map((name) => [name, [name]]));
	expect(sent).toHaveLength(200);
	const renamed = await forEach(async (name) => (await client.updateUser({ name: `${name}, renamed` })).error);
	expect(renamed).toEqual(people.map(() => null));
	expect(await forEach(async () => (await client.getSession()).data?.user.name)).toEqual(
		people.map((name) => `${name}, renamed`),
	);
	// The plugin's own store has seen nothing of it.
	expect(client.deviceSessions.value).toMatchObject({ isPending: true, sessions: [], active: null, error: null });
	expect(client.deviceSessions.actor.getSnapshot().context.calls).toEqual([]);
});

test("sign-ins and sign-outs of 100 people at once wait for nobody", async () => {
	const { client, forEach } = await serve();
	expect(await forEach(async () => (await client.signOut()).data)).toEqual(people.map(() => ({ success: true })));
	expect(await forEach(async () => (await client.getSession()).data)).toEqual(people.map(() => null));
});

test("a store for each of 100 requests at once shows its own person's accounts", async () => {
	const { client, forEach } = await serve();
	const shown = await forEach(async () => {
		const store = createDeviceSessions(client, { timeout: 60_000 });
		const { error } = await store.refetch();
		return [error?.kind, store.value?.sessions.map(({ user }) => user.name), store.value?.active?.user.name];
	});
	expect(shown).toEqual(people.map((name) => [undefined, [name], name]));
}, 90_000);
