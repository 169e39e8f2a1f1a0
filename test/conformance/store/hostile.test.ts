import { expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions, type DeviceSessionsState, type SessionOf, type UserOf } from "../../../src/index.js";
import { createTestDevice, settle, type TestClient, type TestDevice } from "../../../src/testing/index.js";
import { openDevice, until } from "../../support/open-store.js";

const list = "/multi-session/list-device-sessions";
const year = 365 * 86_400_000;

/** A store on a test device, looked at and loaded. */
async function openKit(device: TestDevice) {
	const store = createDeviceSessions(device.client);
	const states: DeviceSessionsState<UserOf<TestClient>, SessionOf<TestClient>>[] = [];
	const stop = store.subscribe((state) => states.push(state));
	onTestFinished(async () => {
		stop();
		await store.destroy();
	});
	await until(store, ({ isPending }) => !isPending);
	return { store, states, names: () => store.value?.sessions.map(({ user }) => user.name) };
}

const names = ["<img src=x onerror=alert(1)>", "\u202egro.elpmaxe", "‮‏‫", "a\u0000b", "{{constructor}}", "💥".repeat(60)];

test.each(names)("a user who is named %j is shown as that, and can be switched to", async (name) => {
	const { client, store, row } = await openDevice(["Ada"]);
	await client.signUp.email({ name, email: "odd@example.com", password: "correct horse battery staple" });
	await until(store, ({ active }) => active?.user.email === "odd@example.com");
	const odd = store.value?.active;
	expect(odd?.user.name).toBe(name);
	await store.setActive(row("Ada").id);
	expect((await store.setActive(odd?.id ?? "")).data?.user.name).toBe(name);
});

const tenMegabytes = 10 * 2 ** 20;
const large: [string, () => Response][] = [
	["10 MB of HTML", () => new Response("<p>".repeat(tenMegabytes / 3), { headers: { "content-type": "text/html" } })],
	["10 MB of text where JSON should be", () => Response.json("x".repeat(tenMegabytes))],
	[
		"200,000 rows that are none",
		() => Response.json(Array.from({ length: 200_000 }, (_, n) => ({ session: { id: n } }))),
	],
	["10 MB in an object in place of rows", () => Response.json({ rows: "x".repeat(tenMegabytes) })],
	["a list that is nested 5,000 deep", () => new Response(`${"[".repeat(5_000)}${"]".repeat(5_000)}`)],
];

test.each(large)("an answer of %s is a short error, and the rows stay", async (_, answer) => {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const { store, names: shown } = await openKit(device);
	device.disturb(list, { answer });
	const { error } = await store.refetch();
	expect(error?.kind).toBe("invalid-response");
	expect(JSON.stringify(error).length).toBeLessThan(2_000);
	expect(shown()).toEqual(["Ada", "Bob"]);
	expect((await store.refetch()).error).toBeNull();
	expect(shown()).toEqual(["Ada", "Bob"]);
});

test("10,000 accounts are 10,000 rows, and one of them is switched to in one notification of its rows", async () => {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const { store } = await openKit(device);
	const [first] = device.sessionsOf("Ada");
	const [user] = store.value?.sessions ?? [];
	const rows = (real: { body: unknown }) => [
		...(real.body as object[]),
		...Array.from({ length: 9_998 }, (_, n) => ({
			session: { ...first, id: `session-${n}`, token: `token-of-somebody-else-${n}`, userId: `user-${n}` },
			user: { ...user?.user, id: `user-${n}`, email: `${n}@example.com` },
		})),
	];
	device.disturb(list, { answer: (real) => Response.json(rows(real)) });
	expect((await store.refetch()).data).toHaveLength(10_000);
	let told = 0;
	const stop = store.$sessions.listen(() => {
		told += 1;
	});
	const ada = store.value?.sessions.find(({ user: { name }, active }) => name === "Ada" && !active);
	expect((await store.setActive(ada?.id ?? "")).data?.active).toBe(true);
	expect([told, store.value?.sessions.length]).toEqual([1, 10_000]);
	stop();
});

test.each([
	["forward", year],
	["back", -year],
])("a clock that jumps a year %s makes no loop of reads, and commands go on", async (_, jump) => {
	const device = createTestDevice({ accounts: ["Ada", "Bob"], expiresIn: 10 * 365 * 86_400 });
	const { store } = await openKit(device);
	const before = device.sent.length;
	device.clock.jump(device.clock.now() + jump);
	await device.clock.advance(3_600_000);
	expect(device.sent.length - before).toBeLessThanOrEqual(4);
	const ada = store.value?.sessions.find(({ user }) => user.name === "Ada");
	expect((await store.setActive(ada?.id ?? "")).error).toBeNull();
	expect((await store.refetch()).error).toBeNull();
	await device.clock.advance(10_000);
	expect(device.rows().find(({ active }) => active)?.name).toBe("Ada");
});

const denied = () => {
	throw new DOMException("The operation is insecure.", "SecurityError");
};
const forbidden: [string, object][] = [
	["storage that throws", { localStorage: { getItem: denied, setItem: denied } }],
	["storage that is full", { localStorage: { getItem: () => null, setItem: denied } }],
	["storage with somebody else's text in it", { localStorage: { getItem: () => '{"id":[7]}', setItem() {} } }],
	["no storage", {}],
	["locks that are forbidden", { navigator: { locks: { request: async () => denied() } } }],
	["a channel that cannot be opened", { BroadcastChannel: denied }],
];

test.each(forbidden)("a page with %s has a store that works", async (_, page) => {
	vi.stubGlobal("window", Object.assign(new EventTarget(), page));
	if (!("localStorage" in page))
		Object.defineProperty(globalThis.window, "localStorage", { get: denied, configurable: true });
	onTestFinished(() => void vi.unstubAllGlobals());
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	// The page is the one above; the client and its server are the kit's.
	const client = new Proxy(device.client, {});
	const store = createDeviceSessions(client, { clock: device.clock });
	const stop = store.subscribe(() => {});
	await until(store, ({ isPending }) => !isPending);
	const ada = store.value?.sessions.find(({ user }) => user.name === "Ada");
	expect((await store.setActive(ada?.id ?? "")).data?.active).toBe(true);
	const gone = await store.revoke(ada?.id ?? "");
	expect(gone.data?.active?.user.name).toBe("Bob");
	stop();
	await store.destroy();
	await settle();
});
