import { expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions, toDeviceSessions } from "../../../src/index.js";
import { createTestDevice } from "../../../src/testing/index.js";
import { openKitStore } from "../../support/open-kit-store.js";
import { openDevice } from "../../support/open-store.js";

/** What is not as it should be, all around the store. */
const thrower = () => {
	throw new Error("boom");
};

test("a channel that cannot be written does not make a failure of a switch that was made", async () => {
	vi.stubGlobal(
		"BroadcastChannel",
		class {
			onmessage = null;
			postMessage = thrower;
			close() {}
		},
	);
	onTestFinished(() => void vi.unstubAllGlobals());
	const { store, row } = await openDevice(["Ada", "Bob"]);
	const { data, error } = await store.setActive(row("Ada").id);
	expect([error, data?.active, row("Ada").active]).toEqual([null, true, true]);
});

test.each([
	[
		"initial",
		{
			initial: {
				get version() {
					return thrower();
				},
			},
		},
	],
	["initial, a proxy", { initial: new Proxy({}, { ownKeys: thrower, get: thrower }) }],
	[
		"timeout",
		{
			get timeout() {
				return thrower();
			},
		},
	],
])("the option %s that throws when it is read is an invalid-input", (_, options) => {
	const { client } = createTestDevice();
	let caught: unknown;
	let store: ReturnType<typeof createDeviceSessions> | undefined;
	try {
		store = createDeviceSessions(client, options as never);
	} catch (error) {
		caught = error;
	}
	expect(store?.value?.error ?? caught).toMatchObject({ name: "OperationError", kind: "invalid-input" });
});

const moment = new Date("2030-01-01T00:00:00Z");
const user = {
	id: "u",
	name: "Ada",
	email: "ada@example.com",
	emailVerified: true,
	createdAt: moment,
	updatedAt: moment,
};
const session = {
	id: "s",
	token: "a-token-that-is-long-enough",
	userId: "u",
	expiresAt: moment,
	createdAt: moment,
	updatedAt: moment,
};
const circle: Record<string, unknown> = {};
circle["circle"] = circle;

test.each([
	[
		"a getter that throws",
		{
			get session() {
				return thrower();
			},
			user,
		},
	],
	["a circle", { session: { ...session, circle }, user }],
])("toDeviceSessions with %s in a row throws nothing but an invalid-input", (_, account) => {
	let caught: unknown;
	try {
		toDeviceSessions([account], null);
	} catch (error) {
		caught = error;
	}
	const { kind } = (caught ?? { kind: "invalid-input" }) as { kind?: unknown };
	expect(kind).toBe("invalid-input");
});

test("what toDeviceSessions makes of an active account in a shape of the app's own is taken by hydrate, and left to the first read", () => {
	const snapshot = toDeviceSessions([], { session: { id: "s" }, user: { id: "u", nick: "Ada" } });
	const store = createDeviceSessions(createTestDevice().client);
	expect(store.hydrate(JSON.parse(JSON.stringify(snapshot))).error).toBeNull();
	expect(store.value?.active).toBeNull();
});

test("what toDeviceSessions makes of a row that the server lists twice is taken by hydrate", () => {
	const account = { session, user };
	const store = createDeviceSessions(createTestDevice().client);
	expect(store.hydrate(toDeviceSessions([account, account], account)).error).toBeNull();
});

test("the next attempt is told in whole milliseconds", async () => {
	const device = createTestDevice({ accounts: ["Ada"] });
	const { store } = await openKitStore(device);
	device.disturb("/multi-session/list-device-sessions", { lose: "request" });
	await store.refetch();
	expect(store.value?.retryAt).toSatisfy(Number.isInteger);
});
