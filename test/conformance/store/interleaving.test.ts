import { customSession, multiSession } from "better-auth/plugins";
import { expect, test, vi } from "vitest";
import { openDevice, openStore, until } from "../../support/open-store.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";

/** Every get-session takes its time from here on. */
const slowSession = (browser: ReturnType<typeof createBrowser>) =>
	browser.answer("/get-session", async (request) => {
		const response = await browser.pass(request);
		await new Promise((resolve) => setTimeout(resolve, 60));
		return response;
	});
const settled = { status: "idle" } as const;

test("a sign-in while a list is on its way is not overlooked by that read", async () => {
	const { browser, client, store } = await openDevice(["Ada", "Bob"]);
	const slow = browser.hold("/multi-session/list-device-sessions");
	const read = store.refetch();
	const list = await slow;
	await list.act();
	await client.signUp.email({ name: "Cy", email: "cy@example.com", password: "long enough" });
	await until(client.useSession, ({ data, isRefetching }) => data?.user.name === "Cy" && !isRefetching);
	await list.release();
	await read;
	expect(store.value?.active).toMatchObject({ user: { name: "Cy" }, listed: true });
});

test("accounts signed out one after the other leave no error behind", async () => {
	const { browser, store, row } = await openDevice(["Ada", "Bob"]);
	slowSession(browser);
	const [ada, bob] = [row("Ada").id, row("Bob").id];
	await Promise.all([store.revoke(bob), store.revoke(ada)]);
	await vi.waitUntil(() => store.actor.getSnapshot().context.check === null && store.value?.status === "idle");
	expect(store.value).toMatchObject({ ...settled, sessions: [], error: null });
});

test("a sign-out past the store while a switch is being checked is no conflict", async () => {
	const { browser, client, store, row } = await openDevice(["Ada", "Bob"]);
	slowSession(browser);
	await store.setActive(row("Ada").id);
	await client.signOut();
	await until(store, ({ sessions, status }) => sessions.length === 0 && status === "idle");
	await vi.waitUntil(() => store.actor.getSnapshot().context.check === null);
	expect(store.value).toMatchObject({ ...settled, active: null, error: null });
});

test("a dead session that the server's cookie cache keeps alive does not stand in the way", async () => {
	const server = createRealServer({ session: { cookieCache: { enabled: true, maxAge: 300 } } });
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	server.end(String(server.sessions()[1]?.["id"]));
	const { store, row } = await openStore(browser);
	expect((await store.setActive(row("Ada").id)).data?.user.name).toBe("Ada");
});

test("an unlisted account is not lost where a customSession leaves its token out", async () => {
	const server = createRealServer({
		plugins: [
			multiSession({ maximumSessions: 2 }),
			customSession(async ({ user, session }) => ({
				user: { id: user.id, nick: user.name },
				session: { id: session.id },
			})),
		],
	});
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob", "Cy");
	const { store, row } = await openStore(browser);
	expect(store.value?.active).toMatchObject({ listed: false, user: { nick: "Cy" } });
	expect((await store.setActive(row("Ada").id)).error?.kind).toBe("active-unlisted");
	expect((await store.setActive(row("Ada").id, { leaveUnlisted: true })).error?.kind).toBe("active-unlisted");
	expect(server.sessions().length).toBe(3);
});

test("a customSession without a session is matched by its user", async () => {
	const server = createRealServer({
		plugins: [multiSession(), customSession(async ({ user }) => ({ user, roles: [] }))],
	});
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	const { store, row } = await openStore(browser);
	expect(store.value?.active).toBe(row("Bob"));
});

test("others are whoever is not active once the switch that was asked for before is made", async () => {
	const { browser, store, row, names } = await openDevice(["Ada", "Bob", "Cy"]);
	const held = browser.hold("/multi-session/set-active");
	const commands = [store.setActive(row("Ada").id), store.setActive(row("Bob").id), store.signOutOthers()];
	await (await held).release();
	expect((await Promise.all(commands)).map(({ error }) => error)).toEqual([null, null, null]);
	expect(names()).toEqual(["Bob"]);
});

test("an older command's error does not outlive a newer success", async () => {
	const { browser, server, store, row } = await openDevice(["Ada", "Bob", "Cy"]);
	const held = browser.hold("/multi-session/set-active");
	const commands = [store.setActive(row("Ada").id), store.setActive(row("Bob").id)];
	server.end(row("Ada").id);
	await (await held).release();
	expect((await Promise.all(commands)).map(({ error }) => error?.kind)).toEqual(["session-gone", undefined]);
	expect(store.value).toMatchObject({ active: { user: { name: "Bob" } }, error: null });
});

test("refetches that come faster than the answers do not starve", async () => {
	const { browser, store } = await openDevice(["Ada"]);
	const slow = browser.hold("/multi-session/list-device-sessions");
	const first = store.refetch();
	const list = await slow;
	await new Promise((resolve) => setTimeout(resolve, 5));
	const second = store.refetch();
	await list.release();
	expect((await first).data?.length).toBe(1);
	expect((await second).data?.length).toBe(1);
	expect(browser.count()["GET /multi-session/list-device-sessions"]).toBe(2);
});

test("a get-session that began in the same go as a switch is looked after, too", async () => {
	const { browser, client, store, row } = await openDevice(["Ada", "Bob"]);
	void client.useSession.get().refetch();
	await store.setActive(row("Ada").id);
	await vi.waitUntil(() => browser.requests.filter((request) => request === "GET /get-session").length === 3);
	expect(store.value?.active?.user.name).toBe("Ada");
});

test("a storage that cannot be written still leaves the last used account known", async () => {
	const full = {
		getItem: () => null,
		setItem: () => {
			throw new Error("quota");
		},
	};
	Object.defineProperty(globalThis, "localStorage", { value: full, configurable: true });
	const { store, row } = await openDevice(["Ada", "Bob", "Cy"]);
	await store.setActive(row("Bob").id);
	await store.setActive(row("Cy").id);
	expect((await store.revoke(row("Cy").id)).data?.active?.user.name).toBe("Bob");
	Reflect.deleteProperty(globalThis, "localStorage");
});

test("an inspector or a listener that throws reaches nobody else", async () => {
	const thrown: unknown[] = [];
	const catchPage = (error: unknown) => thrown.push(error);
	const listeners = process.listeners("uncaughtException");
	process.removeAllListeners("uncaughtException");
	process.on("uncaughtException", catchPage);
	let angry = false;
	const { client, store, row } = await openDevice(["Ada", "Bob"], {
		inspect: () => {
			if (angry) throw new Error("inspector");
		},
	});
	const stop = store.listen(() => {
		throw new Error("listener");
	});
	angry = true;
	expect((await store.setActive(row("Ada").id)).data?.user.name).toBe("Ada");
	await until(client.useSession, ({ data, isRefetching }) => data?.user.name === "Ada" && !isRefetching);
	expect(client.useSession.get().error).toBeNull();
	await vi.waitUntil(() => thrown.length > 1);
	stop();
	angry = false;
	process.removeListener("uncaughtException", catchPage);
	for (const listener of listeners) process.on("uncaughtException", listener);
});

test("a check that never comes back keeps nobody awake", async () => {
	const { browser, client, store, stop, row } = await openDevice(["Ada", "Bob"], { timeout: 500 });
	const check = browser.hold("/get-session");
	await store.setActive(row("Ada").id);
	await check;
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	stop();
	await vi.advanceTimersByTimeAsync(1000);
	vi.useRealTimers();
	await vi.waitUntil(() => client.$store.atoms["session"]?.lc === 0);
});
