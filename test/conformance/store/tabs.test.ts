import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions } from "../../../src/index.js";
import { createTestDevice, type TestDevice, type TestTab } from "../../../src/testing/index.js";

const list = "/multi-session/list-device-sessions";
const unreadable = () => new Response("<!doctype html>", { headers: { "content-type": "text/html" } });
const down = () => new Response(null, { status: 503 });

async function open(tab: TestTab) {
	const store = createDeviceSessions(tab.client);
	store.subscribe(() => {});
	onTestFinished(() => store.destroy());
	await vi.waitUntil(() => store.value?.isPending === false);
	return {
		store,
		active: () => store.value?.active?.user.name,
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
	const bob = there.store.value?.sessions.find(({ user }) => user.name === "Bob");
	device.disturb(list, { answer: unreadable });
	await there.store.setActive(bob?.id ?? "");
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
	const ada = there.store.value?.sessions.find(({ user }) => user.name === "Ada");
	expect((await there.store.setActive(ada?.id ?? "")).error).toBeNull();
	// That switch has been checked: what comes now is later than any check of it.
	await vi.waitUntil(() => there.session() === "Ada");
	late.release();
	await refetched;
	await vi.waitUntil(() => there.active() === "Bob");
	expect(device.rows().find(({ active }) => active)?.name).toBe("Bob");
});
