import { describe, expect, test, vi } from "vitest";
import type { DeviceSessionsOptions } from "../../../src/index.js";
import { openStore, until } from "../../support/open-store.js";
import { keepStorage, openPluginPage } from "../../support/plugin-page.js";
import { createBrowser, createRealServer, password, signUp } from "../../support/real-server.js";
import { mailOf, must } from "../../support/scenes.js";

const key = "device-sessions:3:http://localhost:3000/api/auth:ended";
const remember = { rememberEnded: true } as const;

/** These people on a device, the last one active, and a page that remembers whose session ends. */
async function openDevice(names: string[], options: DeviceSessionsOptions = remember) {
	const kept = keepStorage();
	const server = createRealServer({ user: { deleteUser: { enabled: true } } });
	const browser = createBrowser(server);
	await signUp(browser, ...names);
	return { kept, server, browser, ...(await openPluginPage(browser, options)) };
}

describe("an account whose session ends elsewhere is remembered", () => {
	test("with its name, email and image and never a token, until its user signs in again", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		const { user } = page.row("Ada");
		page.server.end(page.row("Ada").id);
		const before = Date.now();
		await must(page.store.refetch());
		const [ada] = page.store.value?.ended ?? [];
		expect(ada).toEqual({ id: user.id, name: "Ada", email: mailOf("Ada"), image: null, endedAt: expect.any(Number) });
		expect(ada?.endedAt).toBeGreaterThanOrEqual(before);
		const kept = [...page.kept.values()].join();
		for (const { token } of page.server.sessions()) expect(kept).not.toContain(token);
		await must(page.client.signIn.email({ email: mailOf("Ada"), password }));
		await until(page.store, ({ active }) => active?.user.name === "Ada");
		expect(page.ended()).toEqual([]);
		expect(page.kept.get(key)).not.toMatch(/"endedAt":\d/);
	});

	test("revoked by the person, from another device", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		const phone = createBrowser(page.server).openTab();
		await must(phone.signIn.email({ email: mailOf("Bob"), password }));
		await must(phone.revokeOtherSessions());
		await must(page.store.refetch());
		expect([page.shown(), page.ended()]).toEqual([["Ada"], ["Bob"]]);
	});

	test("after a page load the next day, once it has run out", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		const { id } = page.row("Ada");
		await page.close();
		for (const session of page.server.sessions()) {
			if (session["id"] === id) session["expiresAt"] = new Date(Date.now() - 1_000);
		}
		const next = await openPluginPage(page.browser, remember);
		expect([next.shown(), next.ended()]).toEqual([["Bob*"], ["Ada"]]);
		await next.close();
		expect((await openPluginPage(page.browser, remember)).ended()).toEqual(["Ada"]);
	});

	test("where a click on it finds it gone", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		const { id } = page.row("Ada");
		page.server.end(id);
		expect((await page.store.setActive(id)).error?.kind).toBe("session-gone");
		await until(page.store, ({ ended }) => ended.length > 0);
		expect([page.shown(), page.ended()]).toEqual([["Bob*"], ["Ada"]]);
	});

	test("after a switch, a refused sign-in and the sign-out of another one: none of them hides it", async () => {
		const page = await openDevice(["Ada", "Bob", "Cy"]);
		const { id } = page.row("Ada");
		await must(page.store.setActive(page.row("Bob").id));
		await must(page.store.revoke(page.row("Cy").id));
		await page.client.signIn.email({ email: mailOf("Cy"), password: "wrong" });
		await page.rest();
		page.server.end(id);
		await must(page.store.refetch());
		expect([page.shown(), page.ended()]).toEqual([["Bob*"], ["Ada"]]);
	});

	test("the latest first, in every tab once it reads, and a refetch that finds nothing new tells nobody", async () => {
		const page = await openDevice(["Ada", "Bob", "Cy"]);
		page.server.end(page.row("Ada").id);
		await must(page.store.refetch());
		page.server.end(page.row("Bob").id);
		await must(page.store.refetch());
		expect(page.ended()).toEqual(["Bob", "Ada"]);
		const { ended } = page.store.value ?? {};
		await must(page.store.refetch());
		expect(page.store.value?.ended).toBe(ended);
		const other = await openPluginPage(page.browser, remember);
		expect(other.ended()).toEqual(["Bob", "Ada"]);
		await must(other.store.forget(other.store.value?.ended[0]?.id ?? ""));
		await must(page.store.refetch());
		expect(page.ended()).toEqual(["Ada"]);
	});
});

describe("nobody is remembered whom the person has signed out", () => {
	test.each(["revoke", "revoke the active one", "signOutOthers", "signOutAll"] as const)("%s", async (how) => {
		const page = await openDevice(["Ada", "Bob"]);
		const result =
			how === "signOutAll"
				? await page.store.signOutAll()
				: how === "signOutOthers"
					? await page.store.signOutOthers()
					: await page.store.revoke(page.row(how === "revoke" ? "Ada" : "Bob").id);
		expect(result.error).toBeNull();
		await must(page.store.refetch());
		expect(page.ended()).toEqual([]);
		await page.close();
		expect((await openPluginPage(page.browser, remember)).ended()).toEqual([]);
	});

	test.each(["a connection that is lost", "a server that fails"])("nor where its answer is lost in %s", async (how) => {
		const page = await openDevice(["Ada", "Bob"]);
		page.browser.answer("/multi-session/revoke", async (request) => {
			await page.browser.pass(request);
			if (how === "a server that fails") return new Response("{}", { status: 502 });
			throw new TypeError("no network");
		});
		expect((await page.store.revoke(page.row("Ada").id)).error).toBeNull();
		await must(page.store.refetch());
		expect([page.shown(), page.ended()]).toEqual([["Bob*"], []]);
	});

	test("by a call of the app's own, seen on the wire", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		const token = page.server.sessions().find(({ id }) => id === page.row("Ada").id)?.["token"];
		await page.client.$fetch("/multi-session/revoke", { method: "POST", body: { sessionToken: token } });
		await page.rest();
		await must(page.store.refetch());
		expect([page.shown(), page.ended()]).toEqual([["Bob*"], []]);
	});

	test("with the app's own signOut nobody at all is, nor whose session had ended before", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		page.server.end(page.row("Ada").id);
		await must(page.store.refetch());
		expect(page.ended()).toEqual(["Ada"]);
		await must(page.client.signOut());
		await until(page.store, ({ sessions }) => sessions.length === 0);
		await must(page.store.refetch());
		expect(page.ended()).toEqual([]);
		expect(page.kept.get(key)).not.toContain("example.com");
	});

	test("signOutAll forgets them at once", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		page.server.end(page.row("Ada").id);
		await must(page.store.refetch());
		await must(page.store.signOutAll());
		expect([page.ended(), page.kept.get(key)]).toEqual([[], expect.not.stringContaining("example.com")]);
	});

	test("nor who has been deleted", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		await must(page.client.deleteUser({ password }));
		await until(page.store, ({ sessions }) => sessions.length === 1);
		await must(page.store.refetch());
		expect([page.shown(), page.ended()]).toEqual([["Ada"], []]);
	});

	test("nor, while a change is under way in another tab, whom it signs out", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		const other = await openPluginPage(page.browser, remember);
		const hold = page.browser.hold("/multi-session/revoke");
		const revoked = page.store.revoke(page.row("Ada").id);
		const held = await hold;
		await must(other.store.refetch());
		await held.act();
		await must(other.store.refetch());
		expect([other.shown(), other.ended()]).toEqual([["Bob*"], []]);
		await held.release();
		await revoked;
		await Promise.all([page.rest(), other.rest()]);
		await must(other.store.refetch());
		expect([page.ended(), other.ended()]).toEqual([[], []]);
	});
});

describe("forget", () => {
	test("forgets one, at once, and returns those that are left", async () => {
		const page = await openDevice(["Ada", "Bob", "Cy"]);
		for (const name of ["Ada", "Bob"]) page.server.end(page.row(name).id);
		await must(page.store.refetch());
		const [one, other] = page.store.value?.ended ?? [];
		expect(await page.store.forget(one?.id ?? "")).toEqual({ data: [other], error: null });
		expect(page.store.value?.ended).toEqual([other]);
		expect(page.kept.get(key)).not.toContain(one?.email);
		expect((await page.store.forget("nobody")).data).toEqual([other]);
	});

	test.each(["", 7, null, undefined])("of %o is refused", async (id) => {
		const page = await openDevice(["Ada"]);
		// @ts-expect-error: no id.
		expect((await page.store.forget(id)).error).toMatchObject({ kind: "invalid-input", operation: "forget" });
	});

	test("after destroy answers destroyed; without the option it finds nobody", async () => {
		const page = await openDevice(["Ada"], {});
		expect(await page.store.forget("nobody")).toEqual({ data: [], error: null });
		await page.store.destroy();
		expect((await page.store.forget("nobody")).error?.kind).toBe("destroyed");
	});
});

describe("without the option", () => {
	test("nobody is remembered, and nothing is kept", async () => {
		const page = await openDevice(["Ada", "Bob"], {});
		page.server.end(page.row("Ada").id);
		await must(page.store.refetch());
		expect([page.ended(), page.kept.has(key)]).toEqual([[], false]);
	});

	test("what was kept with it is erased", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		page.server.end(page.row("Ada").id);
		await must(page.store.refetch());
		await page.close();
		const next = await openPluginPage(page.browser, {});
		expect([next.ended(), page.kept.get(key)]).toEqual([[], ""]);
	});

	test("or without the plugin nobody is: a person's own sign-out could not be told from an end elsewhere", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		page.server.end(page.row("Ada").id);
		await must(page.store.refetch());
		await page.close();
		const kept = page.kept.get(key);
		const { store } = await openStore(page.browser, remember);
		page.server.end(String(page.server.sessions()[0]?.["id"]));
		await must(store.refetch());
		expect([store.value?.ended, page.kept.get(key)]).toEqual([[], kept]);
	});
});

const account = { id: "u", name: null, email: null, image: null };
const day = 86_400_000;
test.each<[string, string, readonly string[]]>([
	["no JSON", "{", []],
	["something else", "[1]", []],
	["an account without a time", JSON.stringify({ version: "", accounts: [account] }), []],
	["an account of another form", JSON.stringify({ version: "", accounts: [{ ...account, id: 1, endedAt: 1 }] }), []],
	[
		"old accounts and too many of them",
		JSON.stringify({
			version: "",
			accounts: Array.from({ length: 40 }, (_, index) => ({
				...account,
				id: `u${index}`,
				name: `n${index}`,
				endedAt: Date.now() - (index % 2 ? 31 : 29) * day,
			})),
		}),
		["n0", "n2", "n4", "n6", "n8", "n10", "n12", "n14", "n16", "n18"],
	],
])("a storage that holds %s hurts nobody", async (_, text, names) => {
	const kept = keepStorage();
	kept.set(key, text);
	const browser = createBrowser(createRealServer());
	await signUp(browser, "Ada");
	const page = await openPluginPage(browser, remember);
	expect([page.ended(), page.store.value?.error]).toEqual([names, null]);
});

test("a storage that is forbidden is replaced by memory", async () => {
	const refuse = () => {
		throw new Error("denied");
	};
	keepStorage({ getItem: refuse, setItem: refuse });
	const server = createRealServer();
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	const page = await openPluginPage(browser, remember);
	server.end(page.row("Ada").id);
	await must(page.store.refetch());
	expect(page.ended()).toEqual(["Ada"]);
});

test("a row says when it was last active on this device, over page loads and in every tab", async () => {
	const page = await openDevice(["Ada", "Bob"], {});
	const times = ({ row }: Pick<typeof page, "row">) => [row("Ada").lastActiveAt, row("Bob").lastActiveAt];
	// Who is found active first may have been for long.
	expect(times(page)).toEqual([null, null]);
	const { sessions } = page.store.value ?? {};
	await must(page.store.refetch());
	expect(page.store.value?.sessions).toBe(sessions);
	vi.spyOn(Date, "now").mockReturnValue(Date.now() + 60_000);
	await must(page.store.setActive(page.row("Ada").id));
	const now = Date.now();
	expect(times(page)).toEqual([now, now]);
	await must(page.store.refetch());
	expect(times(page)).toEqual([now, now]);
	vi.restoreAllMocks();
	const other = await openPluginPage(page.browser);
	expect(times(other)).toEqual([now, now]);
	await must(other.store.revoke(other.row("Bob").id));
	await until(page.store, (state) => state.sessions.length === 1);
	expect(page.row("Ada").lastActiveAt).toBe(now);
});
