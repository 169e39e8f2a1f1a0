import { expect, test } from "vitest";
import { openDevice, openStore, until } from "../../support/open-store.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";

const people = ["Ada", "Bob", "Cy", "Dee", "Eve"];

test("signing out the others is one command, its requests side by side, with progress", async () => {
	const { browser, store, row, states } = await openDevice(people);
	const holds = Array.from({ length: 4 }, () => browser.hold("/multi-session/revoke"));
	const ids = people.slice(0, 4).map((name) => row(name).id);
	states.length = 0;
	const command = store.signOutOthers();
	for (const held of await Promise.all(holds)) await held.release();
	const { data, error } = await command;
	expect(error).toBeNull();
	expect([...(data?.revoked ?? [])].sort()).toEqual([...ids].sort());
	const progress = states.flatMap((state) => (state.status === "revoking" ? [state.done] : []));
	expect(progress).toEqual([0, 1, 2, 3, 4]);
	expect(store.value?.sessions).toEqual([row("Eve")]);
	expect(row("Eve").active).toBe(true);
});

test("eight others are signed out in one round of requests", async () => {
	const { browser, store } = await openDevice([...people, "Flo", "Gus", "Hal", "Ida"], { maximumSessions: 20 });
	const holds = Array.from({ length: 8 }, () => browser.hold("/multi-session/revoke"));
	const command = store.signOutOthers();
	for (const held of await Promise.all(holds)) await held.release();
	expect((await command).data?.revoked.length).toBe(8);
});

test("without others there is nothing to send", async () => {
	const { browser, store } = await openDevice(["Ada"]);
	expect(await store.signOutOthers()).toEqual({ data: { revoked: [] }, error: null });
	expect(browser.count()).toEqual({});
});

test("a partial failure says which accounts are out and which are not", async () => {
	const { browser, store, row, names } = await openDevice(["Ada", "Bob", "Cy"]);
	const [ada, bob] = [row("Ada").id, row("Bob").id];
	const [first, second] = [browser.hold("/multi-session/revoke"), browser.hold("/multi-session/revoke")];
	const command = store.signOutOthers();
	await (await first).release();
	await (await second).release(new Response("{}", { status: 429, headers: { "x-retry-after": "7" } }));
	const { error } = await command;
	expect(error).toMatchObject({
		kind: "partial",
		revoked: [ada],
		failed: [{ id: bob, error: { kind: "rate-limited", retryAfter: 7 } }],
	});
	expect(names()).toEqual(["Bob", "Cy"]);
	expect(store.value?.error).toBe(error);
});

test("without an active account there are no others: unauthorized", async () => {
	const { server, store, row, names } = await openDevice(["Ada", "Bob"]);
	server.end(row("Bob").id);
	await store.refetch();
	expect((await store.signOutOthers()).error?.kind).toBe("unauthorized");
	expect(names()).toEqual(["Ada"]);
});

test("signing out all is one request, and every session ends", async () => {
	const { browser, server, store, row } = await openDevice(["Ada", "Bob", "Cy"]);
	const ids = ["Ada", "Bob", "Cy"].map((name) => row(name).id);
	expect(await store.signOutAll()).toEqual({ data: { revoked: ids }, error: null });
	expect(store.value).toMatchObject({ status: "idle", isPending: false, sessions: [], active: null });
	expect(server.sessions()).toEqual([]);
	expect(browser.cookies.size).toBe(0);
	expect(browser.count()).toEqual({ "POST /sign-out": 1 });
});

test("the identity provider's sign-out page is handed on, and not gone to", async () => {
	const { browser, store } = await openDevice(["Ada"]);
	const sent: unknown[] = [];
	browser.answer("/sign-out", async (request) => {
		sent.push(await request.clone().json());
		await browser.pass(request);
		return Response.json({ success: true, url: "https://id.example.com/logout", redirect: false });
	});
	expect((await store.signOutAll()).data?.url).toBe("https://id.example.com/logout");
	expect(sent).toEqual([{ disableRedirect: true }]);
});

test("a sign-out that failed leaves every row", async () => {
	const { browser, store, names } = await openDevice(["Ada", "Bob"]);
	browser.answer("/sign-out", () => new Response(null, { status: 500 }));
	expect((await store.signOutAll()).error?.kind).toBe("server");
	expect(names()).toEqual(["Ada", "Bob"]);
});

test("a sign-out through the app's own client empties the list", async () => {
	const { client, store } = await openDevice(["Ada", "Bob"]);
	await client.signOut();
	const state = await until(store, ({ sessions, status }) => status === "idle" && sessions.length === 0);
	expect(state).toMatchObject({ isPending: false, active: null, error: null });
});

test("signing out a device without accounts is no error", async () => {
	const { store } = await openStore(createBrowser(createRealServer()));
	expect(await store.signOutAll()).toEqual({ data: { revoked: [] }, error: null });
});

test("a sign-out of all that is asked for once another was sent takes whoever has signed in since", async () => {
	let tell = (_letGo: () => void) => {};
	const told = new Promise<() => void>((resolve) => {
		tell = resolve;
	});
	const { browser, server, store, names } = await openDevice(["Ada"], {
		onIdentityChange: () => new Promise<void>((letGo) => tell(letGo)),
	});
	const first = store.signOutAll();
	const letGo = await told;
	// In another tab, of which this one has not heard.
	await signUp(browser, "Bob");
	const second = store.signOutAll();
	letGo();
	expect([(await first).error, (await second).error]).toEqual([null, null]);
	expect([names(), server.sessions()]).toEqual([[], []]);
});
