import { expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions } from "../../../src/index.js";
import { createTestDevice, type TestDevice } from "../../../src/testing/index.js";

const list = "/multi-session/list-device-sessions";

function open(device: TestDevice) {
	const store = createDeviceSessions(device.client);
	const shown: (string | undefined)[] = [];
	store.subscribe(({ active }) => shown.push(active?.user.name));
	onTestFinished(() => store.destroy());
	return { store, shown };
}

test("what Better Auth's session said before a sign-out is not taken for what is, where it can't be asked after it", async () => {
	const device = createTestDevice({ accounts: ["Ada"] });
	const [first, second] = [device.hold(list), device.hold(list)];
	const { store } = open(device);
	await first;
	await vi.waitUntil(() => device.client.useSession.value?.data);
	// The store's own read, and the one that Better Auth makes by itself 10 ms later.
	device.disturb("/get-session", { refuse: () => new Response("{}", { status: 429 }) }, 2);
	expect((await store.signOutAll()).error).toBeNull();
	const listing = await second;
	await vi.waitUntil(() => device.client.useSession.value?.error);
	listing.release();
	await vi.waitUntil(() => store.value?.error?.kind === "rate-limited");
	await device.clock.advance(60_000);
	await vi.waitUntil(() => store.value?.error === null);
	expect(store.value?.sessions).toEqual([]);
});

test("a get-session that was sent before a sign-out and answers after it brings nobody back", async () => {
	const device = createTestDevice({ accounts: ["Bob", "Ada"] });
	const { store, shown } = open(device);
	await vi.waitUntil(() => store.value?.isPending === false);
	const bob = store.value?.sessions.find(({ active }) => !active);
	const held = device.hold("/get-session");
	await store.setActive(bob?.id ?? "");
	const late = await held;
	late.act();
	await store.signOutAll();
	shown.length = 0;
	late.release();
	await vi.waitUntil(() => device.client.useSession.value?.data === null && store.value?.status === "idle");
	expect(shown.filter(Boolean)).toEqual([]);
	expect(store.value?.sessions).toEqual([]);
});
