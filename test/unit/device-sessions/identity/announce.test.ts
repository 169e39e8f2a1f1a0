import { describe, expect, test } from "vitest";
import { createIdentity } from "../../../../src/device-sessions/identity/announce.js";
import type { IdentityChange, RowData } from "../../../../src/device-sessions/types.js";
import { OperationError } from "../../../../src/errors.js";
import { settle } from "../../../../src/testing/clock.js";

function rowOf(name: string, session = "1"): RowData {
	const at = new Date(0);
	const user = { id: name, name, email: `${name}@example.com`, emailVerified: true, createdAt: at, updatedAt: at };
	const id = `${name}-${session}`;
	return { id, session: { id, userId: name, expiresAt: at, createdAt: at, updatedAt: at }, user, listed: true };
}
const [ada, bob, cy] = [rowOf("ada"), rowOf("bob"), rowOf("cy")];

function openIdentity(atoms: Record<string, unknown> = {}) {
	const changes: IdentityChange[] = [];
	const signals: string[] = [];
	let stopped: { readonly from: RowData | undefined } | null = null;
	/** What the app does when it is told. */
	let app = async (): Promise<OperationError | null> => null;
	const identity = createIdentity(
		{ $store: { atoms, notify: (signal) => void signals.push(signal) } },
		{
			ask: async () => null,
			tell: (change) => {
				changes.push(change);
				return app();
			},
		},
		() => stopped,
	);
	return {
		identity,
		show: identity.show,
		changes,
		signals,
		/** A sign-in is half-way; without a row it is over. */
		stop: (from: RowData | undefined | null) => {
			stopped = from === null ? null : { from };
		},
		whenTold: (run: typeof app) => {
			app = run;
		},
		told: () => changes.map(({ from, to, reason }) => [from?.id ?? null, to?.id ?? null, reason]),
	};
}

describe("the page is told", () => {
	test("of nothing while nobody was known before", async () => {
		const { show, told } = openIdentity();
		await show(ada, "external");
		expect(told()).toEqual([]);
	});

	test("of another user, of nobody, and of somebody after nobody", async () => {
		const { show, told } = openIdentity();
		for (const row of [ada, bob, null, ada]) await show(row, "setActive");
		expect(told()).toEqual([
			["ada-1", "bob-1", "setActive"],
			["bob-1", null, "setActive"],
			[null, "ada-1", "setActive"],
		]);
		await show(undefined, "signOutAll");
		expect(told().at(-1)).toEqual(["ada-1", null, "signOutAll"]);
	});

	test("of nothing where the same user is shown, with another name or another session", async () => {
		const { show, told } = openIdentity();
		for (const row of [ada, { ...ada, user: { ...ada.user, name: "Lady Ada" } }, rowOf("ada", "2")])
			await show(row, "external");
		expect(told()).toEqual([]);
	});

	test("of two strangers without a user's id, as a customSession may answer, by their rows", async () => {
		const { show, told } = openIdentity();
		const stranger = (id: string) => ({ ...ada, id, user: { ...ada.user, id: undefined as never } });
		await show(stranger("s1"), "external");
		await show(stranger("s1"), "external");
		await show(stranger("s2"), "external");
		expect(told()).toEqual([["s1", "s2", "external"]]);
	});

	test("with rows that say when they were active last on this device, null where they never were", async () => {
		const { show, changes } = openIdentity();
		await show(ada, "external");
		await show({ ...bob, lastActiveAt: 5 }, "setActive");
		expect([changes[0]?.from?.lastActiveAt, changes[0]?.to?.lastActiveAt]).toEqual([null, 5]);
	});

	test("with rows that are marked as active, and frozen", async () => {
		const { show, changes } = openIdentity();
		await show(ada, "external");
		await show(bob, "setActive");
		const [change] = changes;
		expect([change?.from?.active, change?.to?.active]).toEqual([true, true]);
		for (const part of [change, change?.from, change?.to?.user]) expect(Object.isFrozen(part)).toBe(true);
	});

	test("that its own active one is about to go, and of no other", async () => {
		const { identity, show, told } = openIdentity();
		await identity.hide("ada-1", "revoke");
		expect(told()).toEqual([]);
		await show(ada, "external");
		expect(identity.shown()?.id).toBe("ada-1");
		await identity.hide("bob-1", "revoke");
		expect(told()).toEqual([]);
		await identity.hide("ada-1", "revoke");
		expect(told()).toEqual([["ada-1", null, "revoke"]]);
	});
});

describe("while a sign-in is half-way the page is told of nothing", () => {
	test("and once it is over, of whoever has come, from whoever was there before", async () => {
		const { show, stop, told } = openIdentity();
		await show(ada, "external");
		stop(ada);
		for (const row of [null, undefined, null]) await show(row, "external");
		expect(told()).toEqual([]);
		stop(null);
		await show(bob, "external");
		expect(told()).toEqual([["ada-1", "bob-1", "external"]]);
	});

	test("from nobody, where it knows that nobody was active before another tab's doing", async () => {
		const { show, stop, told } = openIdentity();
		for (const row of [ada, null]) await show(row, "external");
		stop(bob);
		await show(null, "external");
		stop(null);
		await show(ada, "external");
		expect(told()).toEqual([
			["ada-1", null, "external"],
			[null, "ada-1", "external"],
		]);
	});

	test("nor is it, where the same user is active again", async () => {
		const { show, stop, told } = openIdentity();
		await show(ada, "external");
		stop(ada);
		await show(null, "external");
		stop(null);
		await show(ada, "setActive");
		expect(told()).toEqual([]);
	});

	test("on a page that was loaded meanwhile, with a snapshot or without, it is told of a change from who was there", async () => {
		const { show, stop, told } = openIdentity();
		stop(undefined);
		await show(undefined, "external");
		stop(ada);
		await show(null, "external");
		expect(told()).toEqual([]);
		stop(null);
		await show(bob, "external");
		expect(told()).toEqual([["ada-1", "bob-1", "external"]]);
	});

	test("given up, nobody is active, and the page is told so", async () => {
		const { show, stop, told } = openIdentity();
		await show(ada, "external");
		stop(ada);
		await show(null, "external");
		stop(null);
		await show(null, "external");
		expect(told()).toEqual([["ada-1", null, "external"]]);
	});
});

describe("the state waits", () => {
	test("until the app has come back, also where it is asked for the same identity again", async () => {
		const { show, whenTold } = openIdentity();
		await show(ada, "external");
		let comeBack = (_: null) => {};
		whenTold(() => new Promise((resolve) => (comeBack = resolve)));
		const order: string[] = [];
		const first = show(bob, "setActive").then(() => order.push("first"));
		const again = show(bob, "external").then(() => order.push("again"));
		await settle();
		expect(order).toEqual([]);
		comeBack(null);
		await Promise.all([first, again]);
		expect(order).toHaveLength(2);
	});

	test("and the app is told of one change after the other, not of two at once", async () => {
		const { show, whenTold, told } = openIdentity();
		await show(ada, "external");
		const waiting: ((_: null) => void)[] = [];
		const order: string[] = [];
		whenTold(() => new Promise((resolve) => waiting.push(resolve)));
		const both = [show(bob, "setActive"), show(cy, "setActive")];
		await settle();
		expect(told()).toEqual([["ada-1", "bob-1", "setActive"]]);
		waiting[0]?.(null);
		await settle();
		expect(told()[1]).toEqual(["bob-1", "cy-1", "setActive"]);
		// The first is over; the second is waited for all the same.
		const again = show(cy, "external").then(() => order.push("again"));
		await settle();
		expect(order).toEqual([]);
		waiting[1]?.(null);
		expect(await Promise.all(both)).toEqual([null, null]);
		await again;
	});

	test("and the failure of the app's callback is answered, once", async () => {
		const { show, told, whenTold } = openIdentity();
		await show(ada, "external");
		const error = new OperationError("callback", "onIdentityChange", "It threw.");
		whenTold(async () => error);
		expect(await show(bob, "setActive")).toBe(error);
		expect(await show(bob, "external")).toBeNull();
		expect(told()).toEqual([["ada-1", "bob-1", "setActive"]]);
	});
});

test("the organization's signals are fired after the app was told, where the client has them", async () => {
	const { show, signals, whenTold } = openIdentity({ $listOrg: {}, $activeOrgSignal: {}, $other: {} });
	await show(ada, "external");
	whenTold(async () => {
		expect(signals).toEqual([]);
		return null;
	});
	await show(bob, "setActive");
	expect(signals).toEqual(["$listOrg", "$activeOrgSignal"]);
});

test("of an organization that the client does not have, Better Auth answers a function: no signal is fired", async () => {
	const { show, signals } = openIdentity({ $listOrg: {}, $activeOrgSignal: () => {} });
	await show(ada, "external");
	await show(bob, "setActive");
	expect(signals).toEqual(["$listOrg"]);
});
