import { describe, expect, test, vi } from "vitest";
import type { IdentityChange } from "../../../src/index.js";
import { holding, keepStorage, told } from "../../support/callbacks.js";
import { openDevice, openStore, until } from "../../support/open-store.js";
import { createBrowser, createRealServer, password, signUp } from "../../support/real-server.js";
import { createClock } from "../../support/simulated-clock.js";

type Device = Awaited<ReturnType<typeof openDevice>>;

/** Another tab of this browser, without a store, makes somebody active. */
async function switchElsewhere({ browser }: Device, name: string): Promise<void> {
	const tab = browser.openTab();
	const { data } = await tab.multiSession.listDeviceSessions();
	const account = data?.find(({ user }) => user.name === name);
	const { error } = await tab.multiSession.setActive({ sessionToken: account?.session.token ?? "" });
	if (error) throw new Error(error.message);
}

test("what it is handed is frozen through and through, and holds no token", async () => {
	const seen: IdentityChange[] = [];
	const { server, store, row } = await openDevice(["Ada", "Bob"], {
		onIdentityChange: (change) => void seen.push(change),
	});
	await store.setActive(row("Ada").id);
	const [change] = seen;
	expect(change).toMatchObject({ from: { user: { name: "Bob" } }, to: { active: true, user: { name: "Ada" } } });
	const parts = [change, change?.from, change?.from?.session, change?.from?.user, change?.to, change?.to?.session];
	expect(parts.map((part) => typeof part === "object" && Object.isFrozen(part))).toEqual(parts.map(() => true));
	for (const { token } of server.sessions()) expect(JSON.stringify(seen)).not.toContain(token);
});

test("the first read is no change, whoever was active on this device before, and neither is nobody", async () => {
	const kept = keepStorage();
	const { note, changes } = told();
	const server = createRealServer();
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	const first = await openStore(browser, { onIdentityChange: note });
	await first.store.setActive(first.row("Ada").id);
	await first.store.destroy();
	expect(kept.has("device-sessions:3:http://localhost:last-used")).toBe(true);
	// A return from an identity provider: the page is new, and somebody else is active.
	await browser.openTab().signIn.email({ email: "bob@example.com", password });
	changes.length = 0;
	const second = await openStore(browser, { onIdentityChange: note });
	expect(second.store.value?.active?.user.name).toBe("Bob");
	server.end(second.row("Bob").id);
	await openStore(browser, { onIdentityChange: note });
	expect(changes).toEqual([]);
});

test("somebody who signs in anew stays the same user: the row is another, and nothing is told", async () => {
	const { note, changes } = told();
	const { client, store, row } = await openDevice(["Ada", "Bob"], { onIdentityChange: note });
	const before = row("Bob").id;
	await client.signIn.email({ email: "bob@example.com", password });
	await until(store, ({ active, status }) => status === "idle" && active !== null && active.id !== before);
	expect([store.value?.active?.user.name, changes]).toEqual(["Bob", []]);
});

test.each(["another tab", "the app's own client"])("a switch by %s is told before the state shows it", async (who) => {
	const { changes, letGo, note, ...held } = holding();
	const device = await openDevice(["Ada", "Bob"], { onIdentityChange: note });
	const { client, store } = device;
	if (who === "another tab") {
		await switchElsewhere(device, "Ada");
		client.$store.notify("$sessionSignal");
	} else {
		const { data } = await client.multiSession.listDeviceSessions();
		const ada = data?.find(({ user }) => user.name === "Ada");
		await client.multiSession.setActive({ sessionToken: ada?.session.token ?? "" });
	}
	await held.told(1);
	expect([changes, store.value?.active?.user.name]).toEqual([["Bob → Ada: external"], "Bob"]);
	letGo();
	await until(store, ({ active, status }) => active?.user.name === "Ada" && status === "idle");
	expect(changes).toHaveLength(1);
});

test("a change that is found on waking up is told before the state shows it", async () => {
	const { changes, letGo, note, ...held } = holding();
	const device = await openDevice(["Ada", "Bob"], { onIdentityChange: note });
	const { client, store, stop } = device;
	stop();
	await vi.waitUntil(() => (client.$store.atoms["session"]?.lc ?? 0) === 0, { timeout: 3_000 });
	await switchElsewhere(device, "Ada");
	const again = store.listen(() => {});
	await held.told(1);
	expect([changes, store.value?.active?.user.name]).toEqual([["Bob → Ada: external"], "Bob"]);
	letGo();
	await until(store, ({ active }) => active?.user.name === "Ada");
	again();
});

test("a failure while an outside change is told shows as a read's error, the change is followed, and a good read clears it", async () => {
	const cause = new Error("no cache");
	const onIdentityChange = vi.fn().mockRejectedValueOnce(cause);
	const device = await openDevice(["Ada", "Bob"], { onIdentityChange });
	await switchElsewhere(device, "Ada");
	await device.store.refetch();
	expect(device.store.value).toMatchObject({
		active: { user: { name: "Ada" } },
		error: { kind: "callback", operation: "onIdentityChange", cause },
	});
	await device.store.refetch();
	expect([device.store.value?.error, onIdentityChange.mock.calls.length]).toEqual([null, 1]);
});

test("that never ends delays an outside change by five seconds and no more", async () => {
	const clock = createClock();
	const onIdentityChange = vi.fn(() => new Promise<never>(() => {}));
	const device = await openDevice(["Ada", "Bob"], { onIdentityChange, clock });
	await switchElsewhere(device, "Ada");
	const read = device.store.refetch();
	await vi.waitUntil(() => onIdentityChange.mock.calls.length === 1);
	clock.advance(4_999);
	expect(device.store.value?.active?.user.name).toBe("Bob");
	clock.advance(1);
	expect((await read).data).toHaveLength(2);
	expect([device.store.value?.active?.user.name, device.store.value?.error?.kind]).toEqual(["Ada", "callback"]);
});

describe("a change that is told once, whatever comes in between", () => {
	test("a command interrupts the read that found it", async () => {
		const { changes, letGo, note, ...held } = holding();
		const device = await openDevice(["Ada", "Bob", "Cy"], { onIdentityChange: note });
		const { store, row } = device;
		await switchElsewhere(device, "Ada");
		const read = store.refetch();
		await held.told(1);
		const switched = store.setActive(row("Bob").id);
		await vi.waitUntil(() => store.value?.status === "switching");
		letGo();
		await held.told(2);
		letGo();
		expect([(await switched).data?.user.name, (await read).error]).toEqual(["Bob", null]);
		expect(changes).toEqual(["Cy → Ada: external", "Ada → Bob: setActive"]);
	});

	test("another account is signed out during the read that found it", async () => {
		const { changes, letGo, note, ...held } = holding();
		const device = await openDevice(["Ada", "Bob", "Cy"], { onIdentityChange: note });
		const { store, row, names } = device;
		await switchElsewhere(device, "Ada");
		const read = store.refetch();
		await held.told(1);
		const revoked = store.revoke(row("Bob").id);
		await vi.waitUntil(() => store.value?.status === "revoking");
		letGo();
		expect([(await revoked).error, (await read).error]).toEqual([null, null]);
		await until(store, ({ active, status }) => active?.user.name === "Ada" && status === "idle");
		expect([changes, names()]).toEqual([["Cy → Ada: external"], ["Ada", "Cy"]]);
	});

	test("refetches come faster than it ends", async () => {
		const { changes, letGo, note, ...held } = holding();
		const device = await openDevice(["Ada", "Bob"], { onIdentityChange: note });
		await switchElsewhere(device, "Ada");
		const first = device.store.refetch();
		await held.told(1);
		const more = [device.store.refetch(), device.store.refetch()];
		device.client.$store.notify("$sessionSignal");
		letGo();
		for (const read of [first, ...more]) expect((await read).error).toBeNull();
		expect([changes, device.store.value?.active?.user.name]).toEqual([["Bob → Ada: external"], "Ada"]);
	});

	test("the device moves on while it is told: each step is told, in order", async () => {
		const { changes, letGo, note, ...held } = holding();
		const device = await openDevice(["Ada", "Bob", "Cy"], { onIdentityChange: note });
		await switchElsewhere(device, "Ada");
		device.client.$store.notify("$sessionSignal");
		await held.told(1);
		await switchElsewhere(device, "Bob");
		device.client.$store.notify("$sessionSignal");
		await until(device.client.useSession, ({ data, isRefetching }) => data?.user.name === "Bob" && !isRefetching);
		device.states.length = 0;
		letGo();
		await held.told(2);
		letGo();
		await until(device.store, ({ active, status }) => active?.user.name === "Bob" && status === "idle");
		expect(changes).toEqual(["Cy → Ada: external", "Ada → Bob: external"]);
	});
});

test("where the server comes back to the old account twice, the way back is told as well", async () => {
	const { changes, note } = told();
	const { browser, store, row } = await openDevice(["Ada", "Bob"], { onIdentityChange: note });
	const old = browser.cookies.get("better-auth.session_token") ?? "";
	const checks = [browser.hold("/get-session"), browser.hold("/get-session")];
	await store.setActive(row("Ada").id);
	for (const check of checks) {
		const held = await check;
		browser.cookies.set("better-auth.session_token", old);
		await held.release();
	}
	await until(store, ({ error, status }) => error?.kind === "conflict" && status === "idle");
	expect([changes, store.value?.active?.user.name]).toEqual([["Bob → Ada: setActive", "Ada → Bob: external"], "Bob"]);
});

test("where an unlisted account was signed out for a switch that then failed, nobody is active, and that is told", async () => {
	const { changes, note } = told();
	const { server, browser, store, row } = await openDevice(["Ada", "Bob", "Cy"], {
		onIdentityChange: note,
		maximumSessions: 2,
	});
	const ada = row("Ada").id;
	const held = browser.hold("/multi-session/set-active");
	const switched = store.setActive(ada, { leaveUnlisted: true });
	const request = await held;
	server.end(ada);
	await request.release();
	expect((await switched).error?.kind).toBe("session-gone");
	await until(store, ({ sessions, status }) => status === "idle" && sessions.length === 1);
	expect([changes, store.value?.active]).toEqual([["Cy → nobody: setActive"], null]);
});

test("a switch away from an unlisted account that is signed out for it is told once", async () => {
	const { changes, note } = told();
	const { store, states, row } = await openDevice(["Ada", "Bob", "Cy"], { onIdentityChange: note, maximumSessions: 2 });
	states.length = 0;
	await store.setActive(row("Ada").id, { leaveUnlisted: true });
	expect(changes).toEqual(["Cy → Ada: setActive"]);
	expect(new Set(states.map(({ active }) => active?.user.name))).toEqual(new Set(["Cy", "Ada"]));
});

test("a sign-out of all whose answer was lost is told when it is looked up, as the command's own", async () => {
	const { changes, note } = told();
	const { browser, store } = await openDevice(["Ada", "Bob"], { onIdentityChange: note });
	const out = browser.hold("/sign-out");
	const command = store.signOutAll();
	const held = await out;
	await held.act();
	await held.release(new TypeError("no network"));
	expect((await command).error).toBeNull();
	expect([changes, store.value?.sessions]).toEqual([["Bob → nobody: signOutAll"], []]);
});
