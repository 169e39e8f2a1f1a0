import { expect, onTestFinished, test } from "vitest";
import { waitFor } from "xstate";
import { pageOf } from "../../../../src/device-sessions/page/environment.js";
import { createDeviceSessions, type DeviceSessionsOptions } from "../../../../src/index.js";
import { createTestDevice, settle, type TestClient } from "../../../../src/testing/index.js";

const list = "/multi-session/list-device-sessions";

const openKit = () => createTestDevice({ accounts: ["Bob", "Cy", "Ada"] });

/** A store of a page that somebody looks at. */
async function open(client: TestClient, options: DeviceSessionsOptions = {}) {
	const store = createDeviceSessions(client, options);
	const stopLooking = store.subscribe(() => {});
	onTestFinished(async () => {
		stopLooking();
		await store.destroy();
	});
	// It wakes by a timer of the page's.
	await waitFor(store.actor, ({ context }) => context.awake);
	return store;
}

/** `useSession` looks by itself. */
function look(client: TestClient): void {
	const { session } = client.$store.atoms;
	// Safe: loose in the client's type, since every plugin adds atoms of its own.
	void (session as unknown as { readonly value: { refetch(): Promise<void> } }).value.refetch();
}

test("a page that sleeps while it reads shows whoever is active once it is awake", async () => {
	const kit = openKit();
	const store = await open(kit.client);
	await kit.clock.advance(5_000);
	const held = kit.hold(list);
	const reading = store.refetch();
	const request = await held;
	await kit.clock.advance(200);
	const tell = (type: string) => pageOf(kit.client)?.document?.dispatchEvent(new Event(type));
	tell("freeze");
	kit.clock.jump(kit.clock.now() + 3_600_000);
	// Past every page that could tell.
	kit.signIn("Dan");
	tell("resume");
	request.release();
	await reading;
	expect(store.value?.active?.user.name).toBe("Dan");
});

test("a look of useSession's that hangs fails one read, and is not waited for again", async () => {
	const kit = openKit();
	const held = kit.hold("/get-session");
	look(kit.client);
	await held;
	const store = await open(kit.client);
	await kit.clock.advance(15_000);
	expect(store.value).toMatchObject({ isPending: false, error: null, active: { user: { name: "Ada" } } });
	expect(kit.sent.filter((line) => line === "GET /get-session")).toHaveLength(2);
});

test("the other tab hears of somebody who was found while the page that has found them looked once more", async () => {
	const kit = openKit();
	const [tab, past] = [kit.openTab(), kit.openTab()];
	const makeActive = (name: string) =>
		past.client.multiSession.setActive({ sessionToken: kit.sessionsOf(name)[0]?.token ?? "" });
	let looks = false;
	const here = await open(kit.client, {
		onIdentityChange: async () => {
			if (!looks) return;
			look(kit.client);
			await settle();
		},
	});
	const there = await open(tab.client);
	await kit.clock.advance(5_000);
	await makeActive("Cy");
	const first = kit.hold(list);
	const reading = there.refetch();
	const own = await first;
	const second = kit.hold(list);
	own.release();
	await reading;
	const others = await second;
	await makeActive("Bob");
	looks = true;
	others.release();
	await kit.clock.advance(30_000);
	expect([here, there].map(({ value }) => value?.active?.user.name)).toEqual(["Bob", "Bob"]);
});
