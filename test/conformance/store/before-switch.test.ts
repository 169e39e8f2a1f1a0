import { expect, test, vi } from "vitest";
import type { SwitchChange } from "../../../src/index.js";
import { gate, told } from "../../support/callbacks.js";
import { openDevice, openStore, until } from "../../support/open-store.js";
import { createClock } from "../../support/simulated-clock.js";

const posts = (requests: readonly string[]) => requests.filter((path) => path.startsWith("POST"));

test("what it is handed is frozen through and through, and holds no token", async () => {
	const asked: SwitchChange[] = [];
	const { server, store, row } = await openDevice(["Ada", "Bob"], {
		onBeforeSwitch: (change) => void asked.push(change),
	});
	await store.setActive(row("Ada").id);
	const [change] = asked;
	const parts = [change, change?.from, change?.from?.session, change?.from?.user, change?.to, change?.to.session];
	expect(parts.map((part) => typeof part === "object" && Object.isFrozen(part))).toEqual(parts.map(() => true));
	for (const { token } of server.sessions()) expect(JSON.stringify(asked)).not.toContain(token);
	expect(JSON.stringify(asked)).toContain("Ada");
});

test("is not asked by a read, by a sign-out of others or of all, nor for the account that is active", async () => {
	const onBeforeSwitch = vi.fn(() => false);
	const { store, row, names } = await openDevice(["Ada", "Bob", "Cy"], { onBeforeSwitch });
	await store.refetch();
	expect((await store.setActive(row("Cy").id)).error).toBeNull();
	await store.revoke(row("Ada").id);
	await store.signOutOthers();
	expect(names()).toEqual(["Cy"]);
	await store.signOutAll();
	expect(names()).toEqual([]);
	expect(onBeforeSwitch).not.toHaveBeenCalled();
});

test("is not asked where the id is unknown: there is nobody to switch to", async () => {
	const onBeforeSwitch = vi.fn();
	const { store } = await openDevice(["Ada", "Bob"], { onBeforeSwitch });
	expect((await store.setActive("nobody")).error?.kind).toBe("unknown-session");
	expect((await store.setActive("")).error?.kind).toBe("invalid-input");
	expect(onBeforeSwitch).not.toHaveBeenCalled();
});

test("refuses the revoke of the active account: nothing is sent and the account stays", async () => {
	const { browser, store, row, names } = await openDevice(["Ada", "Bob"], { onBeforeSwitch: () => false });
	const { error } = await store.revoke(row("Bob").id);
	expect([error?.kind, store.value?.error, browser.requests]).toEqual(["refused", error, []]);
	expect([names(), store.value?.active?.user.name]).toEqual([["Ada", "Bob"], "Bob"]);
});

test("its refusal is forgotten with the next command", async () => {
	const onBeforeSwitch = vi.fn<() => boolean>().mockReturnValueOnce(false).mockReturnValue(true);
	const { store, row } = await openDevice(["Ada", "Bob"], { onBeforeSwitch });
	await store.setActive(row("Ada").id);
	expect(store.value?.error?.kind).toBe("refused");
	expect((await store.setActive(row("Ada").id)).data?.user.name).toBe("Ada");
	expect(store.value?.error).toBeNull();
});

test.each([undefined, null, 0, ""])("answering %j lets the switch go: only false refuses", async (answer) => {
	const { store, row } = await openDevice(["Ada", "Bob"], { onBeforeSwitch: () => answer });
	expect((await store.setActive(row("Ada").id)).error).toBeNull();
});

test("after it took too long the next switch is asked anew and made, and the late answer counts for nothing", async () => {
	const clock = createClock();
	const { open, passed } = gate<boolean>();
	const onBeforeSwitch = vi.fn<() => unknown>().mockReturnValueOnce(passed);
	const { browser, store, row } = await openDevice(["Ada", "Bob", "Cy"], { onBeforeSwitch, clock, timeout: 3_000 });
	const switched = store.setActive(row("Ada").id);
	await vi.waitUntil(() => onBeforeSwitch.mock.calls.length === 1);
	clock.advance(3_000);
	const { error } = await switched;
	expect([error?.kind, error?.operation, store.value?.error]).toEqual(["callback", "onBeforeSwitch", error]);
	expect((await store.setActive(row("Bob").id)).data?.user.name).toBe("Bob");
	open(true);
	await store.refetch();
	expect([store.value?.active?.user.name, posts(browser.requests)]).toEqual([
		"Bob",
		["POST /multi-session/set-active"],
	]);
	expect([onBeforeSwitch.mock.calls.length, store.value?.error]).toEqual([2, null]);
});

test("a newer click waits for it, and is asked with whoever is active then", async () => {
	const { changes, note } = told();
	const { open, passed } = gate();
	const onBeforeSwitch = (change: SwitchChange) => {
		note(change);
		return passed;
	};
	const { browser, store, row } = await openDevice(["Ada", "Bob", "Cy"], { onBeforeSwitch });
	const first = store.setActive(row("Ada").id);
	await vi.waitUntil(() => changes.length === 1);
	const second = store.setActive(row("Bob").id);
	expect([changes.length, browser.requests]).toEqual([1, []]);
	open();
	expect([(await first).data?.user.name, (await second).data?.user.name]).toEqual(["Ada", "Bob"]);
	expect(changes).toEqual(["Cy → Ada: setActive", "Ada → Bob: setActive"]);
});

test("refusing the first of two clicks does not refuse the second", async () => {
	const { open, passed } = gate<boolean>();
	const onBeforeSwitch = vi.fn<() => unknown>().mockReturnValueOnce(passed);
	const { store, row } = await openDevice(["Ada", "Bob", "Cy"], { onBeforeSwitch });
	const first = store.setActive(row("Ada").id);
	const second = store.setActive(row("Bob").id);
	open(false);
	expect([(await first).error?.kind, (await second).data?.user.name]).toEqual(["refused", "Bob"]);
	expect(store.value).toMatchObject({ error: null, active: { user: { name: "Bob" } } });
});

test("is asked once where the switch has to be made once more", async () => {
	const onBeforeSwitch = vi.fn();
	const { browser, store, row } = await openDevice(["Ada", "Bob"], { onBeforeSwitch });
	const old = browser.cookies.get("better-auth.session_token") ?? "";
	const check = browser.hold("/get-session");
	await store.setActive(row("Ada").id);
	const held = await check;
	browser.cookies.set("better-auth.session_token", old);
	await held.release();
	await vi.waitUntil(() => posts(browser.requests).length === 2);
	await until(store, ({ status }) => status === "idle");
	expect(onBeforeSwitch).toHaveBeenCalledTimes(1);
});

test("is asked with nobody to leave where the active session has ended", async () => {
	const { changes, note } = told();
	const { server, store, row } = await openDevice(["Ada", "Bob"], { onBeforeSwitch: note });
	server.end(row("Bob").id);
	await store.refetch();
	await store.setActive(row("Ada").id);
	expect(changes).toEqual(["nobody → Ada: setActive"]);
});

test("is asked before an unlisted active account is signed out for a switch, and keeps it where it refuses", async () => {
	const { changes, note } = told();
	const onBeforeSwitch = (change: SwitchChange) => {
		note(change);
		return false;
	};
	const { browser, server, store, row } = await openDevice(["Ada", "Bob", "Cy"], {
		onBeforeSwitch,
		maximumSessions: 2,
	});
	const { error } = await store.setActive(row("Ada").id, { leaveUnlisted: true });
	expect([error?.kind, changes, posts(browser.requests)]).toEqual(["refused", ["Cy → Ada: setActive"], []]);
	expect((await store.revoke(row("Cy").id, { next: row("Bob").id })).error?.kind).toBe("refused");
	expect([changes.at(-1), posts(browser.requests), server.sessions().length]).toEqual(["Cy → Bob: revoke", [], 3]);
});

test("is asked before a survivor is made active for the sign-out of another account, where nobody is", async () => {
	const { changes, note } = told();
	const { server, store, row } = await openDevice(["Ada", "Bob", "Cy"], { onBeforeSwitch: note });
	server.end(row("Cy").id);
	await store.refetch();
	const { data } = await store.revoke(row("Ada").id);
	expect(data?.active?.user.name).toBe("Bob");
	expect(changes).toEqual(["nobody → Bob: revoke"]);
});

test("is asked of each account that is to be active where the one before it is gone, and may refuse it", async () => {
	const { changes, note } = told();
	const onBeforeSwitch = (change: SwitchChange) => {
		note(change);
		return change.to.user.name !== "Ada";
	};
	const { server, store, row, names } = await openDevice(["Ada", "Bob", "Cy"], { onBeforeSwitch });
	await store.setActive(row("Bob").id);
	await store.setActive(row("Cy").id);
	changes.length = 0;
	server.end(row("Bob").id);
	const { error } = await store.revoke(row("Cy").id);
	expect([error?.kind, changes]).toEqual(["refused", ["Cy → Bob: revoke", "Cy → Ada: revoke"]]);
	expect([names(), store.value?.active?.user.name]).toEqual([["Ada", "Cy"], "Cy"]);
});

test("is asked again where another tab has made somebody else active meanwhile, and not where nobody has", async () => {
	const { changes, note } = told();
	const { open, passed } = gate();
	const onBeforeSwitch = (change: SwitchChange) => {
		note(change);
		return changes.length === 1 ? passed : true;
	};
	const { browser, store, row } = await openDevice(["Ada", "Bob", "Cy"], { onBeforeSwitch });
	const other = await openStore(browser);
	const switched = store.setActive(row("Ada").id);
	await vi.waitUntil(() => changes.length === 1);
	await other.store.setActive(row("Bob").id);
	open();
	expect((await switched).data?.user.name).toBe("Ada");
	expect(changes).toEqual(["Cy → Ada: setActive", "Bob → Ada: setActive"]);
});
