import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions } from "../../../src/index.js";
import { createTestDevice, settle, type TestDevice, type TestTab } from "../../../src/testing/index.js";
import { openKitStore } from "../../support/open-kit-store.js";

const list = "/multi-session/list-device-sessions";
const unreadable = () => new Response("<!doctype html>", { headers: { "content-type": "text/html" } });
const down = () => new Response(null, { status: 503 });

async function open(tab: TestTab) {
	return {
		...(await openKitStore(tab)),
		/** Whom Better Auth's own session says to be active, once it has settled. */
		session: () => !tab.client.useSession.value?.isRefetching && tab.client.useSession.value?.data?.user.name,
	};
}

async function twoTabs(device: TestDevice) {
	const [here, there] = [await open(device), await open(device.openTab())];
	await device.clock.advance(1_000);
	return { here, there, said: device.said().length };
}

const signIn = (device: TestDevice, name: string) =>
	device.client.signIn.email({ email: `${name.toLowerCase()}@example.com`, password: device.password });

describe("other tabs follow what a tab has seen, though its own list cannot be read", () => {
	test("a sign-in", async () => {
		const device = createTestDevice({ accounts: ["Bob", "Ada"] });
		device.end("Bob");
		const { here, there } = await twoTabs(device);
		device.disturb(list, { answer: unreadable });
		await signIn(device, "Bob");
		await vi.waitUntil(() => there.active() === "Bob");
		expect(here.store.value?.error?.kind).toBe("invalid-response");
	});

	test("a switch past the store", async () => {
		const device = createTestDevice({ accounts: ["Bob", "Ada"] });
		const { here, there } = await twoTabs(device);
		const [bob] = device.sessionsOf("Bob");
		device.disturb(list, { answer: unreadable });
		await device.client.multiSession.setActive({ sessionToken: bob?.token ?? "" });
		await vi.waitUntil(() => there.active() === "Bob");
		expect(here.store.value?.error?.kind).toBe("invalid-response");
	});

	test("a second time as well as the first", async () => {
		const device = createTestDevice({ accounts: ["Bob", "Ada"] });
		const { here, there } = await twoTabs(device);
		const past = async (name: string) => {
			device.disturb(list, { answer: unreadable });
			await device.client.multiSession.setActive({ sessionToken: device.sessionsOf(name)[0]?.token ?? "" });
			await vi.waitUntil(() => there.active() === name);
		};
		await past("Bob");
		await here.store.setActive(here.id("Ada"));
		// That tab has just read by itself.
		await device.clock.advance(1_000);
		await vi.waitUntil(() => here.active() === "Ada" && there.active() === "Ada");
		await device.clock.advance(1_000);
		await past("Bob");
	});

	test("which is told once, however often the read is tried again", async () => {
		const device = createTestDevice({ accounts: ["Bob", "Ada"] });
		device.end("Bob");
		const { here, said } = await twoTabs(device);
		device.disturb(list, { answer: down }, 3);
		await signIn(device, "Bob");
		await vi.waitUntil(() => here.store.value?.retryAt);
		const first = device.said().length;
		device.disturb(list, { answer: down }, 2);
		await device.clock.advance(2_000);
		expect(here.store.value?.error?.kind).toBe("server");
		expect(first - said).toBe(1);
		expect(device.said().length).toBe(first);
	});
});

test("a sign-in is told, though a read that another tab had asked for has failed before it", async () => {
	const device = createTestDevice({ accounts: ["Bob", "Ada"] });
	const { here, there } = await twoTabs(device);
	device.disturb(list, { answer: unreadable });
	await there.store.setActive(there.id("Bob"));
	await vi.waitUntil(() => here.store.value?.error);
	await device.client.signUp.email({ name: "Cy", email: "cy@example.com", password: device.password });
	await vi.waitUntil(() => there.active() === "Cy");
});

test("a late cookie that undoes another tab's switch is told to that tab, though who it brings back was never gone here", async () => {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const { here, there } = await twoTabs(device);
	// Old enough to be prolonged: the answer of get-session brings its cookie again.
	for (const session of device.sessionsOf("Bob")) session.expiresAt = new Date(device.clock.now() + 5 * 86_400_000);
	const held = device.hold("/get-session");
	const refetched = here.store.refetch();
	const late = await held;
	late.act();
	expect((await there.store.setActive(there.id("Ada"))).error).toBeNull();
	// That switch has been checked: what comes now is later than any check of it.
	await vi.waitUntil(() => there.session() === "Ada");
	late.release();
	await refetched;
	await device.clock.advance(1_000);
	await vi.waitUntil(() => there.active() === "Bob");
	expect(device.rows().find(({ active }) => active)?.name).toBe("Bob");
});

test("two tabs that find another account active than the one used last do not go on telling each other", async () => {
	const device = createTestDevice({ accounts: ["Carol", "Ada", "Bob"], latency: 20, seed: 3 });
	/** Lets simulated time pass, and what needs none. */
	const pass = async (ms: number) => {
		for (let left = ms; left > 0; left -= 500) {
			await device.clock.advance(Math.min(left, 500));
			await settle();
		}
	};
	const look = (tab: TestTab) => {
		const store = createDeviceSessions(tab.client);
		onTestFinished(() => store.destroy());
		return { store, leave: store.subscribe(() => {}) };
	};
	const sleepers = [look(device), look(device.openTab())];
	await pass(3_000);
	for (const { leave } of sleepers) leave();
	for (const { store } of sleepers) {
		// nanostores keeps a store awake for a second.
		await vi.waitUntil(() => !store.actor.getSnapshot().context.listening, { timeout: 5_000 });
	}

	const third = device.openTab();
	const { store, leave } = look(third);
	await pass(3_000);
	const idOf = (name: string) => store.value?.sessions.find(({ user }) => user.name === name)?.id ?? "";
	const carol = idOf("Carol");
	const switched = store.setActive(idOf("Ada"));
	await pass(2_000);
	expect((await switched).error).toBeNull();
	leave();
	await store.destroy();
	third.close();
	// A page without a store makes Bob active again: who was used last is remembered wrongly.
	const past = device.openTab();
	void past.client.multiSession.setActive({ sessionToken: device.sessionsOf("Bob")[0]?.token ?? "" });
	await pass(2_000);
	past.close();

	for (const sleeper of sleepers) sleeper.store.subscribe(() => {});
	await pass(3_000);
	const before = device.said().length;
	const revoked = sleepers[0]?.store.revoke(carol);
	await pass(5_000);
	expect((await revoked)?.error).toBeNull();
	expect(device.said().length - before).toBeLessThanOrEqual(3);
});
