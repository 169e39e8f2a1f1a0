import { describe, expect, test, vi } from "vitest";
import type { IdentityChange } from "../../../../src/index.js";
import { gate, told } from "../../../support/callbacks.js";
import { openDevice, until } from "../../../support/open-store.js";
import { signUp } from "../../../support/real-server.js";
import { createClock } from "../../../support/simulated-clock.js";

const never = () => new Promise<never>(() => {});

describe("onIdentityChange", () => {
	test("is awaited after the server has switched, before the state and useSession show it", async () => {
		const { open, passed } = gate();
		const { changes, note } = told();
		const onIdentityChange = (change: IdentityChange) => {
			note(change);
			return passed;
		};
		const { browser, client, store, row } = await openDevice(["Ada", "Bob"], { onIdentityChange });
		const sessions: (string | undefined)[] = [];
		const stop = client.useSession.subscribe(({ data }) => sessions.push(data?.user.name));
		await until(client.useSession, ({ data, isRefetching }) => data !== null && !isRefetching);
		const before = browser.activeToken();
		const switched = store.setActive(row("Ada").id);
		await vi.waitFor(() => expect(changes).toEqual(["Bob → Ada: setActive"]));
		expect(browser.activeToken()).not.toBe(before);
		expect([store.value?.status, store.value?.active?.user.name, sessions.at(-1)]).toEqual(["switching", "Bob", "Bob"]);
		open();
		await switched;
		expect(store.value?.active?.user.name).toBe("Ada");
		await until(client.useSession, ({ data }) => data?.user.name === "Ada");
		expect(changes).toHaveLength(1);
		stop();
	});

	test.each([
		[
			"throws",
			() => {
				throw new Error("no cache");
			},
		],
		["rejects", () => Promise.reject(new Error("no cache"))],
	])("that %s is an error in the state, while the switch has succeeded", async (_, onIdentityChange) => {
		const { store, row } = await openDevice(["Ada", "Bob"], { onIdentityChange });
		expect(await store.setActive(row("Ada").id)).toMatchObject({ data: { user: { name: "Ada" } }, error: null });
		expect(store.value?.error).toMatchObject({
			kind: "callback",
			operation: "onIdentityChange",
			cause: new Error("no cache"),
		});
		await store.setActive(row("Ada").id);
		expect(store.value?.active?.user.name).toBe("Ada");
	});

	test("that never ends is not waited for longer than five seconds", async () => {
		const clock = createClock();
		const onIdentityChange = vi.fn(never);
		const { store, row } = await openDevice(["Ada", "Bob"], { onIdentityChange, clock });
		const switched = store.setActive(row("Ada").id);
		await vi.waitFor(() => expect(onIdentityChange).toHaveBeenCalled());
		clock.advance(4_999);
		expect(store.value?.active?.user.name).toBe("Bob");
		clock.advance(1);
		expect((await switched).data?.user.name).toBe("Ada");
		expect(store.value?.error?.kind).toBe("callback");
	});

	test("tells of every command that changes who is active, and of nothing else", async () => {
		const { changes, note } = told();
		const { store, row } = await openDevice(["Ada", "Bob", "Cy", "Di"], { onIdentityChange: note });
		await store.refetch();
		await store.setActive(row("Di").id);
		await store.revoke(row("Ada").id);
		expect(changes).toEqual([]);
		await store.revoke(row("Di").id, { next: row("Bob").id });
		await store.signOutOthers();
		await store.revoke(row("Bob").id);
		expect(changes).toEqual(["Di → Bob: revoke", "Bob → nobody: revoke"]);
	});

	test("tells of a device that is signed out", async () => {
		const { changes, note } = told();
		const { store } = await openDevice(["Ada", "Bob"], { onIdentityChange: note });
		await store.signOutAll();
		expect(changes).toEqual(["Bob → nobody: signOutAll"]);
	});

	test("tells of a sign-in, of another tab's switch and of a session that ended elsewhere, before the state shows them", async () => {
		const { changes, note } = told();
		const shown: (string | undefined)[] = [];
		const onIdentityChange = (change: IdentityChange) => {
			note(change);
			shown.push(store.value?.active?.user.name);
		};
		const { server, browser, client, store, row } = await openDevice(["Ada", "Bob"], { onIdentityChange });
		await client.signUp.email({ name: "Cy", email: "cy@example.com", password: "correct horse battery staple" });
		await until(store, ({ active }) => active?.user.name === "Cy");
		const { data } = await browser.openTab().multiSession.listDeviceSessions();
		const ada = data?.find(({ user }) => user.name === "Ada");
		await browser.openTab().multiSession.setActive({ sessionToken: ada?.session.token ?? "" });
		client.$store.notify("$sessionSignal");
		await until(store, ({ active }) => active?.user.name === "Ada");
		server.end(row("Ada").id);
		client.$store.notify("$sessionSignal");
		await until(store, ({ active }) => active === null);
		expect(changes).toEqual(["Bob → Cy: external", "Cy → Ada: external", "Ada → nobody: external"]);
		expect(shown).toEqual(["Bob", "Cy", "Ada"]);
	});

	test("tells of a switch whose answer was lost when it is looked up", async () => {
		const { changes, note } = told();
		const { browser, store, row } = await openDevice(["Ada", "Bob"], { onIdentityChange: note });
		const set = browser.hold("/multi-session/set-active");
		const switched = store.setActive(row("Ada").id);
		const held = await set;
		await held.act();
		await held.release(new TypeError("no network"));
		expect((await switched).error).toBeNull();
		expect(changes).toEqual(["Bob → Ada: setActive"]);
	});

	test("is told once of an unlisted account that makes room for its survivor, and nobody is not shown in between", async () => {
		const { changes, note } = told();
		const { browser, store, states, row } = await openDevice(["Ada", "Bob"], {
			onIdentityChange: note,
			maximumSessions: 2,
		});
		await signUp(browser, "Cy");
		await store.refetch();
		expect(store.value?.active).toMatchObject({ user: { name: "Cy" }, listed: false });
		states.length = 0;
		await store.revoke(row("Cy").id, { next: row("Ada").id });
		expect(changes).toEqual(["Bob → Cy: external", "Cy → Ada: revoke"]);
		expect(states.map(({ active }) => active?.user.name)).not.toContain(undefined);
	});

	test("is not told again where a late cookie brings the old account back and the switch is made once more", async () => {
		const { changes, note } = told();
		const { browser, store, row } = await openDevice(["Ada", "Bob"], { onIdentityChange: note });
		const old = browser.cookies.get("better-auth.session_token") ?? "";
		const check = browser.hold("/get-session");
		await store.setActive(row("Ada").id);
		const held = await check;
		browser.cookies.set("better-auth.session_token", old);
		await held.release();
		await vi.waitFor(() => expect(browser.requests.filter((path) => path.endsWith("/set-active"))).toHaveLength(2));
		await until(store, ({ status }) => status === "idle");
		expect([store.value?.active?.user.name, store.value?.error]).toEqual(["Ada", null]);
		expect(changes).toEqual(["Bob → Ada: setActive"]);
	});
});
