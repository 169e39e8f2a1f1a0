import { expect, test } from "vitest";
import { openDevice, until } from "../../support/open-store.js";

test("another account is signed out in one round trip, and the active one stays", async () => {
	const { browser, server, store, row, states } = await openDevice(["Ada", "Bob", "Cy"]);
	const { id } = row("Ada");
	states.length = 0;
	expect(await store.revoke(id)).toEqual({ data: { revoked: id, active: row("Cy") }, error: null });
	expect(states[0]).toMatchObject({ status: "revoking", targets: [id], done: 0 });
	expect(store.value?.sessions.map(({ user }) => user.name)).toEqual(["Bob", "Cy"]);
	expect(server.sessions().map((session) => session["id"])).not.toContain(id);
	expect(browser.count()["POST /multi-session/revoke"]).toBe(1);
	expect(browser.count()["POST /multi-session/set-active"]).toBeUndefined();
});

test("of the active account the one used last survives, made active first: two round trips", async () => {
	const { browser, store, row } = await openDevice(["Ada", "Bob", "Cy"]);
	await store.setActive(row("Bob").id);
	await store.setActive(row("Cy").id);
	browser.requests.length = 0;
	const { data } = await store.revoke(row("Cy").id);
	expect(data?.active?.user.name).toBe("Bob");
	expect(store.value?.active).toBe(row("Bob"));
	expect(browser.requests.filter((request) => request.startsWith("POST"))).toEqual([
		"POST /multi-session/set-active",
		"POST /multi-session/revoke",
	]);
});

test("of the active account `next` survives, where it is given", async () => {
	const { store, row, browser, server } = await openDevice(["Ada", "Bob", "Cy"]);
	const { data } = await store.revoke(row("Cy").id, { next: row("Ada").id });
	expect(data?.active?.user.name).toBe("Ada");
	expect(server.sessions().find(({ token }) => token === browser.activeToken())?.["id"]).toBe(row("Ada").id);
});

test("where `next` is gone nothing is revoked", async () => {
	const { server, store, row, names } = await openDevice(["Ada", "Bob"]);
	server.end(row("Ada").id);
	expect((await store.revoke(row("Bob").id, { next: row("Ada").id })).error?.kind).toBe("session-gone");
	await until(store, ({ status, sessions }) => status === "idle" && sessions.length === 1);
	expect(names()).toEqual(["Bob"]);
	expect(store.value?.active?.user.name).toBe("Bob");
});

test("where the survivor is gone too the next one takes its place", async () => {
	const { server, store, row } = await openDevice(["Ada", "Bob", "Cy"]);
	await store.setActive(row("Bob").id);
	await store.setActive(row("Cy").id);
	server.end(row("Bob").id);
	const { data } = await store.revoke(row("Cy").id);
	expect(data?.active?.user.name).toBe("Ada");
	expect(store.value?.sessions).toEqual([row("Ada")]);
});

test("the last account leaves an empty device", async () => {
	const { store, row, browser } = await openDevice(["Ada"]);
	const { data } = await store.revoke(row("Ada").id);
	expect(data?.active).toBeNull();
	expect(store.value).toMatchObject({ isPending: false, sessions: [], active: null, error: null });
	expect(browser.activeToken()).toBe("");
});

test("useSession never goes on showing an account that was revoked", async () => {
	const { client, store, row } = await openDevice(["Ada", "Bob"]);
	const stop = client.useSession.subscribe(() => {});
	await store.revoke(row("Bob").id);
	const after = await until(client.useSession, ({ isRefetching, data }) => !isRefetching && data?.user.name !== "Bob");
	expect(after.data?.user.name).toBe("Ada");
	await store.revoke(row("Ada").id);
	expect((await until(client.useSession, ({ isRefetching, data }) => !isRefetching && !data)).data).toBeNull();
	stop();
});

test("the session signal fires once for each revoke", async () => {
	const { client, store, row } = await openDevice(["Ada", "Bob", "Cy", "Dee"]);
	let fired = 0;
	const signal = client.$store.atoms["$sessionSignal"];
	const stop = signal?.listen(() => (fired += 1));
	await store.revoke(row("Ada").id);
	expect(fired).toBe(1);
	await store.revoke(row("Dee").id);
	expect(fired).toBe(2);
	await store.signOutOthers();
	expect(fired).toBe(3);
	stop?.();
});

test("already gone is success, and removes the row", async () => {
	const { server, store, row, names } = await openDevice(["Ada", "Bob"]);
	const { id } = row("Ada");
	server.end(id);
	expect((await store.revoke(id)).data?.revoked).toBe(id);
	expect(names()).toEqual(["Bob"]);
});

test("revokes are never dropped, and the same one joins", async () => {
	const { browser, store, row, names } = await openDevice(["Ada", "Bob", "Cy", "Dee"]);
	const [ada, bob] = [row("Ada").id, row("Bob").id];
	const answers = await Promise.all([
		store.revoke(ada),
		store.revoke(bob),
		store.revoke(ada),
		store.setActive(row("Cy").id),
	]);
	expect(answers.map(({ error }) => error)).toEqual([null, null, null, null]);
	expect(names()).toEqual(["Cy", "Dee"]);
	expect(store.value?.active?.user.name).toBe("Cy");
	expect(browser.count()["POST /multi-session/revoke"]).toBe(2);
});

test("a revoke of unknown outcome is looked up", async () => {
	const { browser, store, row, names } = await openDevice(["Ada", "Bob", "Cy"]);
	const held = browser.hold("/multi-session/revoke");
	const revoke = store.revoke(row("Ada").id);
	await (await held).act();
	await (await held).release(new TypeError("connection lost"));
	expect((await revoke).error).toBeNull();
	expect(names()).toEqual(["Bob", "Cy"]);

	browser.answer("/multi-session/revoke", () => new TypeError("fetch failed"));
	expect((await store.revoke(row("Bob").id)).error?.kind).toBe("network");
	expect(names()).toEqual(["Bob", "Cy"]);
});

test("an active session that ended unnoticed does not stand in the way of a revoke", async () => {
	const { server, store, row, names } = await openDevice(["Ada", "Bob", "Cy"]);
	server.end(row("Cy").id);
	const { data } = await store.revoke(row("Ada").id);
	expect(data?.active?.user.name).toBe("Bob");
	await until(store, ({ sessions, status }) => status === "idle" && sessions.length === 1).catch(() => {});
	expect(names()).toContain("Bob");
	expect(names()).not.toContain("Ada");
});
