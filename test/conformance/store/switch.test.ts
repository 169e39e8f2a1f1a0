import { expect, test } from "vitest";
import { openDevice, until } from "../../support/open-store.js";

test("a switch publishes the new identity after one round trip, from set-active's own answer", async () => {
	const { browser, store, row, states } = await openDevice(["Ada", "Bob"]);
	const [ada, bob] = [row("Ada"), row("Bob")];
	const check = browser.hold("/get-session");
	states.length = 0;
	const { data, error } = await store.setActive(ada.id);
	expect(error).toBeNull();
	expect(data).toBe(store.value?.active);
	expect(states.map(({ status, active }) => [status, active?.user.name])).toEqual([
		["switching", "Bob"],
		["idle", "Ada"],
	]);
	expect(states[0]).toMatchObject({ status: "switching", target: ada.id });
	expect(store.value?.sessions.map(({ id }) => id)).toEqual([ada.id, bob.id]);
	await (await check).release();
	expect(browser.count()).toEqual({ "POST /multi-session/set-active": 1, "GET /get-session": 1 });
});

test("a switch is two requests in all, and useSession follows", async () => {
	const { browser, client, store, row } = await openDevice(["Ada", "Bob"]);
	const stop = client.useSession.subscribe(() => {});
	await store.setActive(row("Ada").id);
	await until(client.useSession, ({ data, isRefetching }) => data?.user.name === "Ada" && !isRefetching);
	expect(browser.count()).toEqual({ "POST /multi-session/set-active": 1, "GET /get-session": 1 });
	stop();
});

test("a switch changes two rows and no other", async () => {
	const { store, row } = await openDevice(["Ada", "Bob", "Cy"]);
	const bob = row("Bob");
	await store.setActive(row("Ada").id);
	expect(row("Bob")).toBe(bob);
	expect([row("Ada").active, row("Cy").active]).toEqual([true, false]);
});

test.each([
	["the first answer first", [0, 1]],
	["the second asked to answer first", [1, 0]],
])("two quick clicks end on the second: %s", async (_, order) => {
	const { browser, server, store, row } = await openDevice(["Ada", "Bob", "Cy"]);
	const held = [browser.hold("/multi-session/set-active"), browser.hold("/multi-session/set-active")];
	const clicks = [store.setActive(row("Ada").id), store.setActive(row("Bob").id)];
	for (const index of order) void held[index]?.then((request) => request.release());
	const answers = await Promise.all(clicks);
	expect(answers.map(({ data }) => data?.user.name)).toEqual(["Ada", "Bob"]);
	expect(store.value?.active?.user.name).toBe("Bob");
	expect(server.sessions().find(({ token }) => token === browser.activeToken())?.["id"]).toBe(row("Bob").id);
});

test("the last click wins: the one that waits is superseded, and the error does not show", async () => {
	const { browser, store, row } = await openDevice(["Ada", "Bob", "Cy", "Dee"]);
	const held = browser.hold("/multi-session/set-active");
	const first = store.setActive(row("Ada").id);
	const second = store.setActive(row("Bob").id);
	const third = store.setActive(row("Cy").id);
	expect((await second).error?.kind).toBe("superseded");
	await (await held).release();
	expect((await first).data?.user.name).toBe("Ada");
	expect((await third).data?.user.name).toBe("Cy");
	expect(store.value).toMatchObject({ error: null, active: { user: { name: "Cy" } } });
});

test("the same target joins", async () => {
	const { browser, store, row } = await openDevice(["Ada", "Bob"]);
	const [one, two] = await Promise.all([store.setActive(row("Ada").id), store.setActive(row("Ada").id)]);
	expect(one.data).toBe(two.data);
	expect(browser.count()["POST /multi-session/set-active"]).toBe(1);
});

test("the account that is active already is confirmed by a read, unless one has just ended", async () => {
	let now = Date.now();
	const clock = { setTimeout, clearTimeout: (timer: unknown) => clearTimeout(timer as number), now: () => now };
	const { browser, store, row } = await openDevice(["Ada", "Bob"], { clock });
	expect((await store.setActive(row("Bob").id)).data).toBe(row("Bob"));
	expect(browser.count()).toEqual({});
	now += 1000;
	expect((await store.setActive(row("Bob").id)).data).toBe(row("Bob"));
	expect(browser.count()).toEqual({ "GET /multi-session/list-device-sessions": 1, "GET /get-session": 1 });
});

test("an account that signed in elsewhere on this device is looked up before it is called unknown", async () => {
	const { browser, server, store } = await openDevice(["Ada"]);
	// Better Auth does not tell other tabs of a sign-in.
	await browser.openTab().signUp.email({ name: "Bob", email: "bob@example.com", password: "long enough" });
	const bob = server.sessions().at(-1)?.["id"] as string;
	expect((await store.setActive(bob)).data?.user.name).toBe("Bob");
	expect((await store.setActive("nobody")).error).toMatchObject({ kind: "unknown-session", operation: "setActive" });
	expect(store.value).toMatchObject({ status: "idle", error: { kind: "unknown-session" } });
});

test("a session that ended elsewhere answers session-gone, and its row goes", async () => {
	const { server, store, row, names } = await openDevice(["Ada", "Bob"]);
	const { id } = row("Ada");
	server.end(id);
	expect((await store.setActive(id)).error).toMatchObject({ kind: "session-gone", status: 401 });
	await until(store, ({ status, sessions }) => status === "idle" && sessions.length === 1);
	expect(names()).toEqual(["Bob"]);
	expect(store.value?.error?.kind).toBe("session-gone");
});

test("a command's error stays until the next command; a read does not clear it", async () => {
	const { store, row } = await openDevice(["Ada", "Bob"]);
	await store.setActive("nobody");
	await store.refetch();
	expect(store.value?.error?.kind).toBe("unknown-session");
	await store.setActive(row("Ada").id);
	expect(store.value?.error).toBeNull();
});

test("a switch that got no answer is looked up: it answers what the server holds", async () => {
	const { browser, store, row } = await openDevice(["Ada", "Bob"]);
	const held = browser.hold("/multi-session/set-active");
	const click = store.setActive(row("Ada").id);
	await (await held).act();
	await (await held).release(new TypeError("connection lost"));
	expect((await click).data?.user.name).toBe("Ada");

	browser.answer("/multi-session/set-active", () => new TypeError("fetch failed"));
	expect((await store.setActive(row("Bob").id)).error?.kind).toBe("network");
	expect(store.value).toMatchObject({ active: { user: { name: "Ada" } }, error: { kind: "network" } });
});

test("an answer of the wrong shape never reaches the page", async () => {
	const { browser, store, row } = await openDevice(["Ada", "Bob"]);
	browser.answer("/multi-session/set-active", () => Response.json({ status: true }));
	expect((await store.setActive(row("Ada").id)).error?.kind).toBe("invalid-response");
	expect(store.value?.active).toBe(row("Bob"));
});

test("a get-session of the old identity that is under way never shows again", async () => {
	const { browser, client, store, row } = await openDevice(["Ada", "Bob"]);
	const seen: (string | undefined)[] = [];
	const stop = store.$active.listen((active) => seen.push(active?.user.name));
	const old = browser.hold("/get-session");
	void client.useSession.get().refetch();
	const held = await old;
	await held.act();
	await store.setActive(row("Ada").id);
	await held.release().catch(() => {});
	await until(client.useSession, ({ data, isRefetching }) => data?.user.name === "Ada" && !isRefetching);
	expect(seen).toEqual(["Ada"]);
	stop();
});

/** What a late answer of a get-session does: its cookie puts the old account back. */
function putBack(browser: Awaited<ReturnType<typeof openDevice>>["browser"], cookie: string | undefined) {
	if (cookie === undefined) browser.cookies.delete("better-auth.session_token");
	else browser.cookies.set("better-auth.session_token", cookie);
}

test.each(["the old account", "nobody"])("where the check finds %s the switch is made once more", async (who) => {
	const { browser, store, row, states } = await openDevice(["Ada", "Bob"]);
	const old = who === "nobody" ? undefined : browser.cookies.get("better-auth.session_token");
	const check = browser.hold("/get-session");
	await store.setActive(row("Ada").id);
	putBack(browser, old);
	states.length = 0;
	const again = browser.hold("/get-session");
	await (await check).release();
	await (await again).release();
	await until(store, ({ status }) => status === "idle");
	expect(states.map(({ status, active }) => [status, active?.user.name])).toEqual([
		["switching", "Ada"],
		["idle", "Ada"],
	]);
	expect(browser.count()).toEqual({ "POST /multi-session/set-active": 2, "GET /get-session": 2 });
	expect(store.value?.error).toBeNull();
});

test("where the old account comes back twice, that is reported as a conflict and followed", async () => {
	const { browser, store, row } = await openDevice(["Ada", "Bob"]);
	const old = browser.cookies.get("better-auth.session_token");
	const checks = [browser.hold("/get-session"), browser.hold("/get-session")];
	expect((await store.setActive(row("Ada").id)).error).toBeNull();
	for (const check of checks) {
		const held = await check;
		putBack(browser, old);
		await held.release();
	}
	const state = await until(store, ({ error }) => error !== null);
	expect(state).toMatchObject({ error: { kind: "conflict" }, active: { user: { name: "Bob" } } });
	await store.setActive(row("Ada").id);
	expect(store.value).toMatchObject({ error: null, active: { user: { name: "Ada" } } });
});

test("a third identity is another tab's doing and is followed", async () => {
	const { browser, store, row } = await openDevice(["Ada", "Bob", "Cy"]);
	const check = browser.hold("/get-session");
	await store.setActive(row("Ada").id);
	const other = browser.openTab();
	const { data } = await other.multiSession.listDeviceSessions();
	const bob = data?.find(({ user }) => user.name === "Bob");
	await other.multiSession.setActive({ sessionToken: bob?.session.token ?? "" });
	await (await check).release();
	const state = await until(store, ({ active }) => active?.user.name === "Bob");
	expect(state.error).toBeNull();
	expect(browser.count()["POST /multi-session/set-active"]).toBe(2);
});

test("a get-session that was under way asks for one more look, 300 ms later", async () => {
	const { browser, client, store, row } = await openDevice(["Ada", "Bob"]);
	const old = browser.cookies.get("better-auth.session_token");
	const slow = browser.hold("/get-session");
	void client.useSession.get().refetch();
	await slow;
	const [check, later] = [browser.hold("/get-session"), browser.hold("/get-session")];
	await store.setActive(row("Ada").id);
	await (await check).release();
	// The late cookie lands after the check.
	putBack(browser, old);
	await (await later).release();
	await until(store, ({ status }) => status === "switching");
	await until(store, ({ status }) => status === "idle");
	expect(store.value).toMatchObject({ active: { user: { name: "Ada" } }, error: null });
	expect(browser.count()["POST /multi-session/set-active"]).toBe(2);
});
