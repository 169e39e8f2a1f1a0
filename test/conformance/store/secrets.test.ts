import { customSession } from "better-auth/plugins";
import { expect, test } from "vitest";
import { openDevice, openStore } from "../../support/open-store.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";

/** Everything that can be reached from a value, as text: own and inherited keys, errors and their stacks, dates. */
function everything(value: unknown, seen = new Set<unknown>()): string {
	if (typeof value !== "object" || value === null || seen.has(value))
		return typeof value === "function" ? "" : String(value);
	seen.add(value);
	const keys = Reflect.ownKeys(value);
	return keys.map((key) => `${String(key)}=${everything(Reflect.get(value, key), seen)}`).join("\n");
}

test("no token is in the state, the context, an answer, an error or an inspection event", async () => {
	const inspected: string[] = [];
	const { server, browser, store, row } = await openDevice(["Ada", "Bob", "Cy", "Dee"], {
		inspect: (event) => inspected.push(everything({ ...event, actorRef: undefined, sourceRef: undefined })),
	});
	const tokens = server.sessions().map(({ token }) => String(token));
	const texts: string[] = [];
	store.subscribe((state) => texts.push(everything(state)));
	texts.push(everything(await store.setActive(row("Ada").id)));
	texts.push(everything(await store.revoke(row("Bob").id)));
	browser.answer("/multi-session/revoke", async (request) => {
		const { sessionToken } = await request.clone().json();
		return Response.json({ code: "ODD", message: `${sessionToken} is odd` }, { status: 400 });
	});
	texts.push(everything(await store.signOutOthers()));
	texts.push(everything(await store.setActive("nobody")));
	texts.push(everything(store.actor.getSnapshot().context));
	expect(tokens.length).toBe(4);
	expect(inspected.length).toBeGreaterThan(20);
	for (const token of tokens) {
		expect(texts.filter((text) => text.includes(token))).toEqual([]);
		expect(inspected.filter((text) => text.includes(token))).toEqual([]);
	}
});

test("a token that custom rows carry under another name does not get through", async () => {
	const server = createRealServer();
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	browser.answer("/multi-session/list-device-sessions", async (request) => {
		const rows: { session: { token: string }; user: object }[] = await (await browser.pass(request)).json();
		return Response.json(
			rows.map(({ session, user }) => ({
				session: { ...session, key: session.token, nested: [{ header: `Bearer ${session.token}` }, "kept"] },
				user: { ...user, other: rows[0]?.session.token, plan: "pro" },
			})),
		);
	});
	const { store, row } = await openStore(browser);
	const text = everything(store.value);
	for (const { token } of server.sessions()) expect(text).not.toContain(String(token));
	expect(row("Ada")).toMatchObject({ session: { nested: [{}, "kept"] }, user: { plan: "pro" } });
});

test("a row id is never derived from the token, where the server leaves the id out", async () => {
	const server = createRealServer();
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	for (const path of ["/multi-session/list-device-sessions", "/multi-session/set-active", "/get-session"]) {
		browser.answer(path, async (request) =>
			Response.json(
				JSON.parse(await (await browser.pass(request)).text(), (key, value) =>
					key === "session" ? { ...value, id: undefined } : value,
				),
			),
		);
	}
	const { store, row } = await openStore(browser);
	const { id, user, session } = row("Ada");
	expect(id).toBe(`${user.id}:${session.createdAt.toISOString()}`);
	expect((await store.setActive(id)).data?.active).toBe(true);
	expect((await store.revoke(id)).data?.revoked).toBe(id);
	expect(row("Bob").active).toBe(true);
});

test("with customSession the active row is still found", async () => {
	const { multiSession } = await import("better-auth/plugins");
	const server = createRealServer({
		plugins: [
			multiSession(),
			customSession(async ({ user, session }) => ({
				user: { id: user.id, nick: user.name },
				session: { id: session.id },
			})),
		],
	});
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	const { store, row } = await openStore(browser);
	expect(store.value?.active).toBe(row("Bob"));
	expect(row("Bob").user.email).toBe("bob@example.com");
	await store.setActive(row("Ada").id);
	expect(store.value?.active).toBe(row("Ada"));
});

test("what is published is frozen, and the store cannot be written", async () => {
	const { store, row } = await openDevice(["Ada"]);
	const { user, session } = row("Ada");
	for (const value of [store.value, store.value?.sessions, row("Ada"), user, session])
		expect(Object.isFrozen(value)).toBe(true);
	await store.setActive("nobody");
	expect(Object.isFrozen(store.value?.error)).toBe(true);
	expect(() => (store as unknown as { set(value: unknown): void }).set({})).toThrow("read-only");
	expect(() => (store.$active as unknown as { set(value: unknown): void }).set(null)).toThrow("read-only");
});

test("the last used account is remembered by row id alone, and a storage that throws does no harm", async () => {
	const stored = new Map<string, string>();
	const storage = {
		getItem: (key: string) => stored.get(key) ?? null,
		setItem: (key: string, value: string) => void stored.set(key, value),
	};
	Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
	const { server, store, row } = await openDevice(["Ada", "Bob", "Cy"]);
	await store.setActive(row("Bob").id);
	await store.setActive(row("Cy").id);
	expect(stored.get("device-sessions:3:http://localhost:last-used")?.split("\n").slice(0, 2)).toEqual([
		row("Cy").id,
		row("Bob").id,
	]);
	for (const { token } of server.sessions()) expect([...stored.values()].join()).not.toContain(String(token));
	stored.forEach((_, key) => void stored.set(key, "{garbage"));
	const broken = {
		getItem: () => {
			throw new Error("denied");
		},
		setItem: () => {
			throw new Error("denied");
		},
	};
	Object.defineProperty(globalThis, "localStorage", { value: broken, configurable: true });
	expect((await store.revoke(row("Cy").id)).data?.active?.user.name).toBe("Bob");
	Reflect.deleteProperty(globalThis, "localStorage");
});
