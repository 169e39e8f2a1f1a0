import { createDeviceSessions } from "device-sessions";
import { perAccount } from "device-sessions/per-account";
import { createTestDevice } from "device-sessions/testing";
import { atom } from "nanostores";
import { expect, onTestFinished, test, vi } from "vitest";

/** Ada and Bob on a device, Bob active, and what was made and ended for whom, in order. */
async function open() {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const store = createDeviceSessions(device.client);
	onTestFinished(() => void store.destroy());
	const users = new Map(["Ada", "Bob"].map((name) => [name, device.sessionsOf(name)[0]?.userId ?? ""]));
	const userOf = (name: string) => users.get(name);
	const log: string[] = [];
	const nameOf = (account: string | null) => [...users.keys()].find((name) => userOf(name) === account) ?? account;
	const $value = perAccount(
		store,
		(account) => {
			log.push(`make ${nameOf(account)}`);
			return { account };
		},
		({ account }) => log.push(`end ${nameOf(account)}`),
	);
	const idOf = (name: string) => store.get().sessions.find(({ user }) => user.name === name)?.id ?? "";
	return { device, store, log, $value, idOf, userOf };
}

test("nothing is made until it is known who is active", async () => {
	const { store, log, $value, userOf } = await open();
	const seen: unknown[] = [];
	onTestFinished($value.subscribe((value) => void seen.push(value)));
	expect([seen, log]).toEqual([[null], []]);
	await store.refetch();
	expect([seen.at(-1), log]).toEqual([{ account: userOf("Bob") }, ["make Bob"]]);
});

test("another user has another value, which comes together with the account; the old one is ended", async () => {
	const { store, log, $value, idOf, userOf } = await open();
	await store.refetch();
	const pairs: unknown[] = [];
	onTestFinished($value.subscribe((value) => void pairs.push([store.get().active?.user.id, value?.account])));
	await store.setActive(idOf("Ada"));
	expect(pairs.at(-1)).toEqual([userOf("Ada"), userOf("Ada")]);
	expect(pairs.every((pair) => Array.isArray(pair) && pair[0] === pair[1])).toBe(true);
	expect(log).toEqual(["make Bob", "end Bob", "make Ada"]);
});

test("the same user keeps the value, whatever else changes", async () => {
	const { device, store, log, $value, idOf } = await open();
	onTestFinished($value.listen(() => {}));
	await store.refetch();
	const first = $value.get();
	device.change("Bob", { name: "Robert" });
	await store.refetch();
	await store.revoke(idOf("Ada"));
	expect($value.get()).toBe(first);
	expect(log).toEqual(["make Bob"]);
});

test("nobody is an account of its own, and who signs in again after that starts anew", async () => {
	const { device, store, log, $value } = await open();
	onTestFinished($value.listen(() => {}));
	await store.refetch();
	await store.signOutAll();
	expect($value.get()).toEqual({ account: null });
	device.signIn("Bob");
	await store.refetch();
	expect(log).toEqual(["make Bob", "end Bob", "make null", "end null", "make Bob"]);
});

test("a value that cannot be ended is the page's error, and the new one is there", () => {
	const later = vi.spyOn(globalThis, "queueMicrotask").mockImplementation(() => {});
	onTestFinished(() => later.mockRestore());
	const $state = atom({ isPending: false, active: { user: { id: "a" } } });
	const fault = new Error("a fault");
	const $value = perAccount(
		$state,
		(account) => account,
		() => {
			throw fault;
		},
	);
	onTestFinished($value.listen(() => {}));
	$state.set({ isPending: false, active: { user: { id: "b" } } });
	expect($value.get()).toBe("b");
	expect(() => later.mock.lastCall?.[0]()).toThrow(fault);
});

test("where a value cannot be made there is none, not the one of the account before", () => {
	const later = vi.spyOn(globalThis, "queueMicrotask").mockImplementation(() => {});
	onTestFinished(() => later.mockRestore());
	const $state = atom({ isPending: false, active: { user: { id: "a" } } });
	const fault = new Error("a fault");
	const ended: (string | null)[] = [];
	const $value = perAccount(
		$state,
		(account) => {
			if (account === "b") throw fault;
			return account;
		},
		(value) => ended.push(value),
	);
	onTestFinished($value.listen(() => {}));
	$state.set({ isPending: false, active: { user: { id: "b" } } });
	expect([$value.get(), ended]).toEqual([null, ["a"]]);
	expect(() => later.mock.lastCall?.[0]()).toThrow(fault);
	$state.set({ isPending: false, active: { user: { id: "c" } } });
	expect([$value.get(), ended]).toEqual(["c", ["a"]]);
});

test.each([
	["no store", [undefined, () => 1]],
	["no function that makes", [atom(), undefined]],
	["no function that ends", [atom(), () => 1, "clear"]],
])("%s is invalid input", (_, args) => {
	// Safe: what plain JavaScript may pass.
	expect(() => perAccount(...(args as unknown as Parameters<typeof perAccount>))).toThrow(
		expect.objectContaining({ kind: "invalid-input", operation: "perAccount" }),
	);
});
