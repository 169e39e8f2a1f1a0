import { customSession, multiSession } from "better-auth/plugins";
import * as v from "valibot";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions } from "../../../src/index.js";
import { Session, User } from "../../../src/schemas.js";
import { createTestDevice } from "../../../src/testing/index.js";
import { openKitStore } from "../../support/open-kit-store.js";
import { openStore } from "../../support/open-store.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";

const list = "/multi-session/list-device-sessions";

type Sent = { session: Record<string, unknown>; user: Record<string, unknown> };
type Bend = (account: Sent) => Sent;

function quiet() {
	const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
	onTestFinished(() => warn.mockRestore());
	return warn;
}

/** People on a device of the kit, the last one active, whose accounts are bent on their way to the page. */
async function openBent(people: readonly string[], who: string, bend: Bend, options = {}) {
	const device = createTestDevice({ accounts: people });
	const one = (account: Sent | null) =>
		account?.user["email"] === `${who.toLowerCase()}@example.com` ? bend(account) : account;
	// Safe: what the kit's server answers at these paths.
	const answer = ({ body }: { body: unknown }) =>
		Response.json(Array.isArray(body) ? body.map((account) => one(account as Sent)) : one(body as Sent));
	for (const path of [list, "/multi-session/set-active", "/get-session"]) device.disturb(path, { answer }, 1_000);
	return { device, ...(await openKitStore(device, options)) };
}

const withName =
	(name: unknown): Bend =>
	({ session, user }) => ({ session, user: { ...user, name } });
const cookieOf = (device: ReturnType<typeof createTestDevice>) => device.rows().find(({ active }) => active)?.name;

describe("an account whose name is null", () => {
	test("is shown, and left, when it is active; the page is told once, without a value and without an error", async () => {
		const warn = quiet();
		const { device, store, id } = await openBent(["Ada", "Bob"], "Bob", withName(null));
		expect(store.value).toMatchObject({ error: null, active: { user: { name: "", email: "bob@example.com" } } });
		expect((await store.setActive(id("Ada"))).error).toBeNull();
		expect(cookieOf(device)).toBe("Ada");
		await store.refetch();
		expect(warn.mock.calls.map(String).filter((line) => line.includes("user.name"))).toHaveLength(1);
	});

	test("is signed out, when it is active and when it is not", async () => {
		quiet();
		const active = await openBent(["Ada", "Bob"], "Bob", withName(null));
		expect((await active.store.revoke(active.id(""))).data?.active?.user.name).toBe("Ada");
		expect(active.device.rows().map(({ name }) => name)).toEqual(["Ada"]);
		const other = await openBent(["Bob", "Ada"], "Bob", withName(null));
		const bob = other.id("");
		expect((await other.store.signOutOthers()).data?.revoked).toEqual([bob]);
		expect(other.device.rows().map(({ name }) => name)).toEqual(["Ada"]);
	});

	test("comes next where the active one is signed out", async () => {
		quiet();
		const { device, store, id } = await openBent(["Bob", "Ada"], "Bob", withName(null));
		expect((await store.revoke(id("Ada"))).data?.active?.user.email).toBe("bob@example.com");
		expect([store.value?.active?.user.email, cookieOf(device)]).toEqual(["bob@example.com", "Bob"]);
	});
});

test.each([
	["emailVerified", 1, true],
	["emailVerified", "0", false],
	["emailVerified", "maybe", false],
	["createdAt", 1_700_000_000_000, new Date(1_700_000_000_000)],
	["createdAt", "2026-01-02", new Date("2026-01-02")],
	["createdAt", "soon", new Date(0)],
	["image", 42, null],
	["email", null, ""],
])("user.%s sent as %o is %o on the page", async (key, sent, shown) => {
	quiet();
	const bend: Bend = ({ session, user }) => ({ session, user: { ...user, [key]: sent } });
	const { store } = await openBent(["Ada", "Bob"], "Bob", bend);
	expect(store.value?.active?.user).toMatchObject({ [key]: shown });
});

describe("an account that the app's own schemas refuse", () => {
	const schemas = { user: v.object({ name: v.picklist(["Ada", "Cy"]) }) };

	test("is not shown, and signed out with the others", async () => {
		const device = createTestDevice({ accounts: ["Bob", "Cy", "Ada"] });
		const { store } = await openKitStore(device, { schemas });
		expect(store.value?.sessions.map(({ user }) => user.name)).toEqual(["Cy", "Ada"]);
		const ids = device.rows().flatMap(({ active, id }) => (active ? [] : [id]));
		expect((await store.signOutOthers()).data?.revoked).toEqual(ids);
		expect(device.rows().map(({ name }) => name)).toEqual(["Ada"]);
	});

	test("is kept where it is the active one: nobody is shown as active, it is said why, and no change is announced", async () => {
		const device = createTestDevice({ accounts: ["Ada", "Cy"] });
		const onIdentityChange = vi.fn();
		const { store, id } = await openKitStore(device, { schemas, onIdentityChange });
		device.signIn("Bob");
		await store.refetch();
		expect(store.value).toMatchObject({ active: null, error: { kind: "invalid-response" } });
		expect(store.value?.sessions.map(({ user }) => user.name)).toEqual(["Ada", "Cy"]);
		expect(onIdentityChange).not.toHaveBeenCalled();
		const others = [id("Ada"), id("Cy")];
		expect((await store.signOutOthers()).data?.revoked).toEqual(others);
		expect(device.rows().map(({ name }) => name)).toEqual(["Bob"]);
	});

	test("comes next where nobody else is left, and is not shown", async () => {
		const device = createTestDevice({ accounts: ["Bob", "Ada"] });
		const { store, id } = await openKitStore(device, { schemas });
		const ada = id("Ada");
		expect((await store.revoke(ada)).data).toEqual({ revoked: ada, active: null });
		expect(device.rows().map(({ name, active }) => [name, active])).toEqual([["Bob", true]]);
	});
});

test("rows of a session that nobody can know have the times that this device knows", async () => {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const { store, id } = await openKitStore(device);
	await store.setActive(id("Ada"));
	const times = store.value?.sessions.map(({ lastActiveAt }) => lastActiveAt);
	device.disturb("/get-session", { answer: () => Response.json({ name: "Ada" }) }, 1_000);
	const other = createDeviceSessions(device.openTab().client);
	onTestFinished(() => other.destroy());
	await other.refetch();
	expect(other.value?.sessions.map(({ lastActiveAt }) => lastActiveAt)).toEqual(times);
});

test("three rows of one session id are reported, and the others are signed out all the same", async () => {
	const device = createTestDevice({ accounts: ["Ada", "Bob", "Cy"] });
	const answer = ({ body }: { body: unknown }) =>
		// Safe: the list of a device.
		Response.json((body as Sent[]).map(({ session, user }) => ({ session: { ...session, id: "one" }, user })));
	device.disturb(list, { answer }, 1_000);
	const { store } = await openKitStore(device);
	expect(store.value?.error?.issues?.map(({ path }) => path)).toEqual(["1.session.id", "2.session.id"]);
	expect((await store.signOutOthers()).data?.revoked).toHaveLength(2);
	expect(device.rows().map(({ name }) => name)).toEqual(["Cy"]);
});

test("a session that names nobody is not that of a row of which nobody knows whose it is: nobody is signed out for it", async () => {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	// Safe: the list of a device.
	const more = ({ body }: { body: unknown }) => Response.json([...(body as Sent[]), { session: {}, user: {} }]);
	device.disturb(list, { answer: more }, 1_000);
	device.disturb("/get-session", { answer: () => Response.json({ user: {}, session: { token: "" } }) }, 1_000);
	const { store } = await openKitStore(device);
	expect(store.value?.error?.kind).toBe("invalid-response");
	expect((await store.signOutOthers()).error?.kind).toBe("invalid-response");
	expect(device.rows()).toHaveLength(2);
});

test("a session without an id is named by user and moment", async () => {
	const bend: Bend = ({ session: { id: _, ...session }, user }) => ({ session, user });
	const { device, store } = await openBent(["Ada", "Bob"], "Bob", bend);
	const [bob] = device.sessionsOf("Bob");
	expect(store.value?.active?.id).toBe(`${bob?.userId}:${bob?.createdAt.toISOString()}`);
});

test("a read whose list fails while the session names another known account shows the session's", async () => {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const changes: unknown[] = [];
	const { store, id } = await openKitStore(device, {
		onIdentityChange: ({ from, to }) => void changes.push([from?.user.name, to?.user.name]),
	});
	const other = createDeviceSessions(device.openTab().client);
	onTestFinished(() => other.destroy());
	device.disturb(list, { answer: () => new Response(null, { status: 400 }) }, 1_000);
	const token = device.sessionsOf("Ada")[0]?.token ?? "";
	await device.openTab().client.multiSession.setActive({ sessionToken: token });
	expect((await store.refetch()).error?.kind).toBe("rejected");
	expect([store.value?.active?.id, store.value?.sessions.length, changes]).toEqual([id("Ada"), 2, [["Bob", "Ada"]]]);
});

describe("a customSession", () => {
	type Shape = Parameters<typeof customSession>[0];
	async function openCustom(shape: Shape, mutate: boolean) {
		quiet();
		const plugins = [multiSession(), customSession(shape, {}, { shouldMutateListDeviceSessionsEndpoint: mutate })];
		const browser = createBrowser(createRealServer({ plugins }));
		await signUp(browser, "Ada", "Bob");
		const changes: (object | undefined)[] = [];
		const opened = await openStore(browser, { onIdentityChange: ({ to }) => void changes.push(to?.user) });
		return { ...opened, browser, changes };
	}
	const cut: Shape = async ({ user: { id, name, image }, session }) => ({ user: { id, name, image }, session });
	const planned: Shape = async ({ user, session }) => ({ user: { ...user, plan: `${user.name}'s` }, session });

	test.each([false, true])("that cuts the user shows rows, which can be switched; the list too: %s", async (mutate) => {
		const { store, row, names } = await openCustom(cut, mutate);
		expect(names()).toEqual(["Ada", "Bob"]);
		expect(store.value?.active?.user.name).toBe("Bob");
		expect((await store.setActive(row("Ada").id)).data?.user.name).toBe("Ada");
	});

	// As an app may write it, whatever the types say.
	const shaped = (shape: (of: { readonly user: object; readonly session: object }) => unknown) =>
		// Safe: a shape that Better Auth answers as it is.
		(async (of) => shape(of)) as Shape;

	test.each<[string, ReturnType<typeof shaped>]>([
		["no session", shaped(({ user }) => ({ user }))],
		["no session but null", shaped(({ user }) => ({ user, session: null }))],
		["no user but null", shaped(({ session }) => ({ user: null, session }))],
		["a text for a session", shaped(({ user }) => ({ user, session: "abc" }))],
		["a masked token", shaped(({ user, session }) => ({ user, session: { ...session, token: "[redacted]" } }))],
		["no token", shaped(({ user, session }) => ({ user, session: { ...session, token: "" } }))],
	])("that answers %s tells who is active", async (_, shape) => {
		const { store, row, names } = await openCustom(shape, false);
		expect([names(), store.value?.active?.user.name, store.value?.error]).toEqual([["Ada", "Bob"], "Bob", null]);
		expect((await store.setActive(row("Ada").id)).data?.user.name).toBe("Ada");
		await store.refetch();
		expect([names(), store.value?.active?.user.name]).toEqual([["Ada", "Bob"], "Ada"]);
	});

	test.each<[string, ReturnType<typeof shaped>]>([
		["a flat object", shaped(({ user }) => ({ name: Object(user).name }))],
		["a text", shaped(({ user }) => Object(user).name)],
		["a list", shaped(({ user, session }) => [user, session])],
	])("that answers %s, of which nobody can know whose it is, shows who is listed, and says so", async (_, shape) => {
		const { store, row, names, browser } = await openCustom(shape, false);
		expect([names(), store.value?.active, store.value?.isPending]).toEqual([["Ada", "Bob"], null, false]);
		expect(store.value?.error).toMatchObject({ kind: "invalid-response", operation: "getSession" });
		// Nothing is decided from that: whoever is active may not be listed.
		const before = browser.activeToken();
		expect((await store.setActive(row("Ada").id)).error?.kind).toBe("invalid-response");
		expect((await store.signOutOthers()).error?.kind).toBe("invalid-response");
		expect(browser.activeToken()).toBe(before);
		await signUp(browser, "Cy");
		await store.refetch();
		expect(names()).toEqual(["Ada", "Bob", "Cy"]);
	});

	test("that masks every token alike in the list is reported: nobody is signed out for somebody else, and none is said to be", async () => {
		const masked = shaped(({ user, session }) => ({ user, session: { ...session, token: "[redacted]" } }));
		const { store, row, names, browser } = await openCustom(masked, true);
		expect([names(), store.value?.active?.user.name]).toEqual([["Bob"], "Bob"]);
		expect(store.value?.error?.issues?.map(({ path }) => path)).toEqual(["0.session.token", "1.session.token"]);
		expect((await store.signOutOthers()).error?.kind).toBe("partial");
		expect((await store.revoke(row("Bob").id)).error).not.toBeNull();
		await store.refetch();
		expect(names()).toEqual(["Bob"]);
		expect(browser.activeToken()).toBeDefined();
	});

	test("that adds a field to the list keeps it through a switch and a revoke", async () => {
		const { store, row, changes } = await openCustom(planned, true);
		expect((await store.setActive(row("Ada").id)).data?.user).toMatchObject({ plan: "Ada's" });
		expect(row("Ada").user).toMatchObject({ plan: "Ada's" });
		expect((await store.revoke(row("Ada").id)).data?.active?.user).toMatchObject({ plan: "Bob's" });
		expect(changes).toMatchObject([{ plan: "Ada's" }, { plan: "Bob's" }]);
	});
});

describe("whatever a column holds, the page equals the server, and no success is untrue", () => {
	const columns = { session: Object.keys(Session.entries), user: Object.keys(User.entries) };
	const commands = ["refetch", "setActive", "revoke", "signOutOthers", "signOutAll", "cancelSignIn"] as const;
	const values = { missing: undefined, null: null, "of a wrong type": { odd: [1] }, huge: "x".repeat(100_000) };
	const cases = Object.entries(columns).flatMap(([part, keys]) =>
		keys.flatMap((key) => Object.keys(values).map((kind) => [part, key, kind] as const)),
	);
	/** Where it comes from: get-session may answer from elsewhere, as with a cookie cache or a customSession. */
	const places = {
		"in the list alone": [list, "/multi-session/set-active"],
		"in the session as well": [list, "/multi-session/set-active", "/get-session"],
	};
	const all = cases.flatMap((one) => Object.entries(places).map(([where, bentAt]) => [...one, where, bentAt] as const));
	test("there are as many as there are columns", () => {
		expect([columns.session.length, columns.user.length, all.length]).toEqual([8, 7, 120]);
	});
	test.each(all)("%s.%s %s, %s", async (part, key, kind, _, bentAt) => {
		quiet();
		// Safe: the names above.
		const value = values[kind as keyof typeof values];
		const bend: Bend = (account) => ({ ...account, [part]: { ...account[part as keyof Sent], [key]: value } });
		for (const people of [
			["Ada", "Bob", "Cy"],
			["Ada", "Cy", "Bob"],
		]) {
			for (const command of commands) {
				const device = createTestDevice({ accounts: people });
				const bent = (account: Sent | null) =>
					String(account?.user["email"]).startsWith("bob@") && account ? bend(account) : account;
				const answer = ({ body }: { body: unknown }) =>
					// Safe: what the kit's server answers at these paths.
					Response.json(Array.isArray(body) ? body.map((one) => bent(one as Sent)) : bent(body as Sent | null));
				for (const path of bentAt) device.disturb(path, { answer }, 1_000);
				const { store, id } = await openKitStore(device);
				const before = device.rows();
				const active = before.find((row) => row.active)?.name;
				const [ada, bob] = [id("Ada"), before.find(({ name }) => name === "Bob")?.id ?? ""];
				const target = store.value?.sessions.some((row) => row.id === bob) ? bob : ada;
				const { error } = await store[command](target);
				await device.clock.advance(3_000);
				const left = device.rows();
				const isGone = (name: string) => !left.some((row) => row.name === name);
				if (!error && command === "setActive") expect(left.find((row) => row.active)?.id).toBe(target);
				// A token that the server does not know is that of a session that is gone already.
				const isKnown = !(key === "token" && kind === "huge");
				if (!error && command === "revoke" && isKnown) expect(left.some((row) => row.id === target)).toBe(false);
				if (!error && command === "signOutOthers" && isKnown) expect(left.map(({ name }) => name)).toEqual([active]);
				if (!error && command === "signOutAll") expect(left).toEqual([]);
				if (command === "refetch") expect(isGone("Bob")).toBe(false);
				if (command === "cancelSignIn") expect(left).toEqual(before);
				// Who is shown is there; who is active on the page is on the server; who is not shown is reported.
				const emails = store.value?.sessions.map(({ user }) => user.email) ?? [];
				if (!store.value?.error && isKnown) expect(emails).toHaveLength(left.length);
				const shown = store.value?.active?.id;
				const really = left.find((row) => row.active);
				if (shown !== undefined && !shown.includes(":")) expect([really?.id, "x".repeat(100_000)]).toContain(shown);
				else if (really && shown === undefined) expect(store.value?.error).not.toBeNull();
				await store.destroy();
			}
		}
	});
});
