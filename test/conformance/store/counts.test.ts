import * as v from "valibot";
import { expect, onTestFinished, test } from "vitest";
import { openDevice } from "../../support/open-store.js";

// What a benchmark can only time, counted: it is the same on every machine.

/** Schemas of an app that count how often they are asked. */
function counting() {
	const asked = { session: 0, user: 0 };
	const count = (part: keyof typeof asked) =>
		v.custom<object>(() => {
			asked[part] += 1;
			return true;
		});
	const take = () => {
		const found = { ...asked };
		Object.assign(asked, { session: 0, user: 0 });
		return found;
	};
	return { schemas: { session: count("session"), user: count("user") }, asked: take };
}

test("a switch checks one account, once: the one that set-active answered", async () => {
	const { schemas, asked } = counting();
	const { store, row } = await openDevice(["Ada", "Bob", "Cy"], { schemas });
	asked();
	await store.setActive(row("Ada").id);
	expect(asked()).toEqual({ session: 1, user: 1 });
});

test("a read checks each account once, and the active one not once more", async () => {
	const { schemas, asked } = counting();
	const { store } = await openDevice(["Ada", "Bob", "Cy"], { schemas });
	asked();
	await store.refetch();
	expect(asked()).toEqual({ session: 3, user: 3 });
});

test("a switch tells the store twice, the rows, the active account and the status as often as they change", async () => {
	const { store, row } = await openDevice(["Ada", "Bob", "Cy"]);
	const stores = { state: store, rows: store.$sessions, active: store.$active, status: store.$status };
	const told = Object.fromEntries(Object.keys(stores).map((name) => [name, 0]));
	for (const [name, one] of Object.entries(stores))
		onTestFinished(one.listen(() => Object.assign(told, { [name]: (told[name] ?? 0) + 1 })));
	await store.setActive(row("Ada").id);
	expect(told).toEqual({ state: 2, rows: 1, active: 1, status: 2 });
});

test("a row that is the same in ten reads is the same object in each, its session and its user too", async () => {
	const { store, row } = await openDevice(["Ada", "Bob"]);
	const [before, { session, user }] = [store.value?.sessions, row("Ada")];
	for (let count = 0; count < 10; count += 1) await store.refetch();
	expect(store.value?.sessions).toBe(before);
	expect([row("Ada").session, row("Ada").user]).toEqual([session, user]);
	expect(row("Ada").session).toBe(session);
});
