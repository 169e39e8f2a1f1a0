import { expect, onTestFinished, test } from "vitest";
import { waitFor } from "xstate";
import { pageOf } from "../../../../src/device-sessions/page/environment.js";
import {
	createDeviceSessions,
	type DeviceSessionsOptions,
	type DeviceSessionsSnapshot,
	type IdentityChange,
	toDeviceSessions,
} from "../../../../src/index.js";
import { createTestDevice, settle, type TestClient, type TestDevice } from "../../../../src/testing/index.js";
import { look } from "../look.js";

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

/** The browser stops the page, or has it go on. */
const tell = ({ client }: TestDevice, type: "freeze" | "resume") =>
	pageOf(client)?.document?.dispatchEvent(new Event(type));

test("a page that sleeps while it reads shows whoever is active once it is awake", async () => {
	const kit = openKit();
	const store = await open(kit.client);
	await kit.clock.advance(5_000);
	const held = kit.hold(list);
	const reading = store.refetch();
	const request = await held;
	await kit.clock.advance(200);
	tell(kit, "freeze");
	kit.clock.jump(kit.clock.now() + 3_600_000);
	// Past every page that could tell.
	kit.signIn("Dan");
	tell(kit, "resume");
	request.release();
	await reading;
	expect(store.value?.active?.user.name).toBe("Dan");
});

const looks = ({ sent }: TestDevice) => sent.filter((line) => line === "GET /get-session");

test("a look of useSession's that hangs fails two reads, and is not waited for by the third", async () => {
	const kit = openKit();
	const held = kit.hold("/get-session");
	look(kit.client);
	await held;
	const store = await open(kit.client);
	await kit.clock.advance(30_000);
	expect(store.value).toMatchObject({ isPending: false, error: null, active: { user: { name: "Ada" } } });
	expect(looks(kit)).toHaveLength(2);
});

test("a get-session that takes longer than a read waits is joined by the next one", async () => {
	const kit = openKit();
	const held = kit.hold("/get-session");
	const store = await open(kit.client);
	const request = await held;
	await kit.clock.advance(12_000);
	expect(store.value).toMatchObject({ isPending: true, error: { kind: "timeout" } });
	request.release();
	await settle();
	expect(store.value).toMatchObject({ isPending: false, error: null, active: { user: { name: "Ada" } } });
	expect(looks(kit)).toHaveLength(1);
});

test("a look that was answered long ago, and has not come, is not joined by who comes back", async () => {
	const kit = openKit();
	const store = await open(kit.client);
	await kit.clock.advance(5_000);
	const held = kit.hold("/get-session");
	look(kit.client);
	const request = await held;
	request.act();
	await kit.clock.advance(14_000);
	kit.signIn("Dan");
	kit.show(true);
	await settle();
	request.release();
	await kit.clock.advance(1_000);
	expect(store.value?.active?.user.name).toBe("Dan");
});

test("a look that is slow is joined for as long as the option `timeout` has a read wait", async () => {
	const kit = openKit();
	await open(kit.client, { timeout: 60_000, refetchInterval: 16 });
	await kit.clock.advance(5_000);
	const before = looks(kit).length;
	const held = kit.hold("/get-session");
	look(kit.client);
	const request = await held;
	await kit.clock.advance(15_000);
	request.release();
	await settle();
	expect(looks(kit).length - before).toBe(1);
});

test("a look past the cookie cache that nobody waits for any more sends nothing once another has taken its place", async () => {
	const kit = openKit();
	const store = await open(kit.client);
	await kit.clock.advance(5_000);
	const held = kit.hold("/get-session");
	const first = store.refetch({ disableCookieCache: true });
	await held;
	await kit.clock.advance(10_000);
	expect((await first).error?.kind).toBe("timeout");
	const before = looks(kit).length;
	const second = store.refetch({ disableCookieCache: true });
	await kit.clock.advance(100);
	expect((await second).error).toBe(null);
	expect(looks(kit).length - before).toBe(1);
});

test("the other tab hears of somebody who was found while the page that has found them looked once more", async () => {
	let isLooking = false;
	const { kit, makeActive, shown, there } = await openTabs(async () => {
		if (!isLooking) return;
		look(kit.client);
		await settle();
	});
	await makeActive("Cy");
	const first = kit.hold(list);
	const reading = there.refetch();
	const own = await first;
	const second = kit.hold(list);
	own.release();
	await reading;
	const others = await second;
	await makeActive("Bob");
	isLooking = true;
	others.release();
	await kit.clock.advance(30_000);
	expect(shown()).toEqual(["Bob", "Bob"]);
});

/** Two tabs of a device, and how somebody is made active past every page that is watched. */
async function openTabs(onIdentityChange: (change: IdentityChange) => unknown) {
	const kit = openKit();
	const [tab, past] = [kit.openTab(), kit.openTab()];
	const here = await open(kit.client, { onIdentityChange });
	const there = await open(tab.client);
	await kit.clock.advance(5_000);
	return {
		kit,
		here,
		there,
		makeActive: (name: string) =>
			past.client.multiSession.setActive({ sessionToken: kit.sessionsOf(name)[0]?.token ?? "" }),
		shown: () => [here, there].map(({ value }) => value?.active?.user.name),
	};
}
/** The same, once. */
function once(run: (change: IdentityChange) => unknown) {
	let isOver = false;
	return (change: IdentityChange) => {
		if (isOver) return;
		isOver = true;
		return run(change);
	};
}

test("the other tab hears where the device goes back to whom it has known while this page is told of another", async () => {
	const tabs = await openTabs(
		once(async () => {
			// It finds Bob as well.
			await tabs.there.refetch();
			await tabs.makeActive("Ada");
			look(tabs.kit.client);
			await settle();
		}),
	);
	await tabs.makeActive("Bob");
	await tabs.here.refetch();
	await tabs.kit.clock.advance(30_000);
	expect(tabs.shown()).toEqual(["Ada", "Ada"]);
});

test("the other tab hears of whom this page was told, though the look after that has failed", async () => {
	const tabs = await openTabs(
		once(() => {
			tabs.kit.disturb(list, { refuse: () => Response.json({}, { status: 400 }) });
			tabs.kit.disturb("/get-session", { refuse: () => Response.json({}, { status: 500 }) });
			look(tabs.kit.client);
		}),
	);
	await tabs.makeActive("Bob");
	await tabs.here.refetch();
	await tabs.kit.clock.advance(30_000);
	expect(tabs.shown()).toEqual(["Bob", "Bob"]);
});

test("the other tab hears of whom a page was told that is loaded anew by that", async () => {
	const kit = openKit();
	const [first, tab, past, next] = [kit.openTab(), kit.openTab(), kit.openTab(), kit.openTab()];
	const here = await open(first.client, { onIdentityChange: () => new Promise(() => {}) });
	const there = await open(tab.client);
	await kit.clock.advance(5_000);
	await past.client.multiSession.setActive({ sessionToken: kit.sessionsOf("Bob")[0]?.token ?? "" });
	void here.refetch();
	await kit.clock.advance(500);
	first.close();
	const reloaded = await open(next.client);
	await kit.clock.advance(4_000);
	expect([reloaded, there].map(({ value }) => value?.active?.user.name)).toEqual(["Bob", "Bob"]);
});

test("a page that sleeps while it is told of somebody shows whoever is active once it is awake", async () => {
	const tabs = await openTabs(
		once(async () => {
			const { kit } = tabs;
			tell(kit, "freeze");
			kit.clock.jump(kit.clock.now() + 3_600_000);
			kit.signIn("Dan");
			tell(kit, "resume");
			await settle();
		}),
	);
	await tabs.makeActive("Bob");
	await tabs.here.refetch();
	expect(tabs.here.value?.active?.user.name).toBe("Dan");
});

test("a look that begins as the page is being stopped does not count once it goes on", async () => {
	const kit = openKit();
	const store = await open(kit.client);
	await kit.clock.advance(10_000);
	const held = kit.hold("/get-session");
	tell(kit, "freeze");
	look(kit.client);
	const request = await held;
	kit.clock.jump(kit.clock.now() + 6_000);
	kit.signIn("Dan");
	tell(kit, "resume");
	await settle();
	request.release();
	await kit.clock.advance(2_000);
	expect(store.value?.active?.user.name).toBe("Dan");
});

test.each([
	["rendered", 3, "Ada"],
	["unknown", 0, undefined],
] as const)(
	"rows that are %s stay so where a page sleeps in its first read, and the list is refused then",
	async (kind, count, active) => {
		const kit = openKit();
		const { multiSession, getSession } = kit.openTab().client;
		const [listed, session] = await Promise.all([multiSession.listDeviceSessions(), getSession()]);
		// Safe: of the client's own types.
		const initial = toDeviceSessions(listed.data as never, session.data as never) as DeviceSessionsSnapshot;
		const held = kit.hold(list);
		const store = await open(kit.client, kind === "rendered" ? { initial } : {});
		const request = await held;
		kit.clock.jump(kit.clock.now() + 3_600_000);
		kit.disturb(list, { refuse: () => Response.json({}, { status: 400 }) });
		request.release();
		await settle();
		const { value } = store;
		expect([value?.sessions.length, value?.active?.user.name, value?.isPending]).toEqual([count, active, count === 0]);
	},
);

/** A page that is slow to let go, once somebody says so. */
function slowPage() {
	let letGo = () => {};
	let isSlow = false;
	return {
		be(): void {
			isSlow = true;
		},
		letGo: () => letGo(),
		onIdentityChange: () => {
			if (!isSlow) return undefined;
			isSlow = false;
			return new Promise<void>((resolve) => {
				letGo = resolve;
			});
		},
	};
}

test("a page that is slow to let go does not stay with whom another one has contradicted meanwhile", async () => {
	const page = slowPage();
	const { here, kit, makeActive } = await openTabs(page.onIdentityChange);
	page.be();
	await makeActive("Bob");
	kit.client.$store.notify("$sessionSignal");
	await kit.clock.advance(50);
	await makeActive("Cy");
	// As after the return from an OAuth provider.
	const next = await open(kit.openTab().client);
	await kit.clock.advance(1_000);
	page.letGo();
	await kit.clock.advance(5_000);
	expect([here, next].map(({ value }) => value?.active?.user.name)).toEqual(["Cy", "Cy"]);
});

test("the page is told since when whom it is told of is active, though it was not this store that made them so", async () => {
	const changes: IdentityChange[] = [];
	const { here, kit, makeActive } = await openTabs((change) => changes.push(change));
	await makeActive("Bob");
	kit.change("Bob", { image: "another" });
	const now = kit.clock.now();
	await here.refetch();
	expect(changes.map(({ to }) => to?.lastActiveAt)).toEqual([now]);
	expect(here.value?.active?.lastActiveAt).toBe(now);
});
