import { createAuthClient } from "better-auth/client";
import { multiSessionClient } from "better-auth/client/plugins";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { pretend } from "../../../src/device-sessions/page/environment.js";
import { createDeviceSessions, deviceSessionsClient } from "../../../src/index.js";
import { createTestClock } from "../../../src/testing/clock.js";
import { createTestDevice, settle, type TestDevice, type TestTab } from "../../../src/testing/index.js";
import { createLocks, createTestPage } from "../../../src/testing/page.js";
import { createTransit } from "../../../src/testing/transit.js";
import { openKitStore } from "../../support/open-kit-store.js";
import { until } from "../../support/open-store.js";
import { keepStorage } from "../../support/plugin-page.js";
import { createBrowser, createRealServer, origin, password } from "../../support/real-server.js";

const setActive = "/multi-session/set-active";
const signUpOn = async (client: Pick<ReturnType<typeof createAuthClient>, "signUp">, names: readonly string[]) => {
	for (const name of names) {
		const { error } = await client.signUp.email({ name, email: `${name.toLowerCase()}@example.com`, password });
		expect(error).toBeNull();
	}
};

/** Two Better Auth servers on one origin, each with a path and cookies of its own. */
function openOrigin() {
	const kept = keepStorage();
	const [shop, admin] = (["shop", "admin"] as const).map((name) =>
		createRealServer({
			basePath: `/${name}/auth`,
			secret: `a secret of the ${name} that is long enough`,
			advanced: { cookiePrefix: name },
		}),
	);
	const browser = createBrowser({
		auth: {
			handler: async (request) => {
				const server = new URL(request.url).pathname.startsWith("/admin/") ? admin : shop;
				return server?.auth.handler(request) ?? Response.error();
			},
		},
	});
	const clock = { setTimeout, clearTimeout };
	const locks = createLocks(
		createTransit(
			createTestClock(0, () => 0),
			false,
		),
	);
	const closing = new AbortController();
	onTestFinished(() => closing.abort());

	/** A page with the plugin on one of the two, looked at and loaded. */
	async function openPage(name: "shop" | "admin", baseURL = origin) {
		const { page } = createTestPage({
			location: { origin },
			localStorage: globalThis.localStorage,
			BroadcastChannel,
			locks: locks.of(closing.signal),
		});
		// Each client has a function of its own: the page is known by it.
		const customFetchImpl: typeof fetch = (input, init) => browser.send(input, init);
		pretend(customFetchImpl, { page, clock });
		const client = createAuthClient({
			baseURL,
			basePath: `/${name}/auth`,
			fetchOptions: { customFetchImpl },
			plugins: [deviceSessionsClient({ timeout: 2_000 })],
		});
		const store = client.deviceSessions;
		store.subscribe(() => {});
		onTestFinished(() => store.destroy());
		await until(store, ({ isPending }) => !isPending);
		const id = (who: string) => store.get().sessions.find(({ user }) => user.name === who)?.id ?? "";
		/** Until nothing is under way, and nothing is due. */
		const rest = () =>
			vi.waitUntil(
				() => {
					const { context, value } = store.actor.getSnapshot();
					return value === "idle" && !context.check && context.dueAt === null && context.calls.length === 0;
				},
				{ timeout: 3_000 },
			);
		return { client, store, id, rest, active: () => store.get().active?.user.name };
	}
	return { browser, kept, openPage };
}

describe("two clients with their own basePath and cookiePrefix on one origin do not meet", () => {
	async function openBoth() {
		const device = openOrigin();
		const [shop, admin] = [await device.openPage("shop"), await device.openPage("admin")];
		await signUpOn(shop.client, ["Ada", "Bob"]);
		await signUpOn(admin.client, ["Cy", "Dan"]);
		await until(shop.store, ({ active }) => active?.user.name === "Bob");
		await until(admin.store, ({ active }) => active?.user.name === "Dan");
		await Promise.all([shop.rest(), admin.rest()]);
		return { ...device, shop, admin };
	}

	test("a command of the one does not wait for the other's", async () => {
		const { browser, shop, admin } = await openBoth();
		const held = browser.hold(`/shop/auth${setActive}`);
		const switched = shop.store.setActive(shop.id("Ada"));
		const { release } = await held;
		expect((await admin.store.setActive(admin.id("Cy"))).data?.user.name).toBe("Cy");
		await release();
		expect((await switched).data?.user.name).toBe("Ada");
	});

	test("nor does it read for the other, whose rows and whose account stay", async () => {
		const { browser, kept, shop, admin } = await openBoth();
		await admin.store.setActive(admin.id("Cy"));
		await admin.rest();
		browser.requests.length = 0;
		const before = [...kept].filter(([name]) => name.includes("/admin/auth"));
		await shop.store.setActive(shop.id("Ada"));
		await signUpOn(shop.client, ["Eve"]);
		await until(shop.store, ({ active }) => active?.user.name === "Eve");
		expect(browser.requests.filter((line) => line.includes("/admin/"))).toEqual([]);
		expect([...kept].filter(([name]) => name.includes("/admin/auth"))).toEqual(before);
		expect(admin.store.get().sessions.map(({ user }) => user.name)).toEqual(["Cy", "Dan"]);
		expect([shop.active(), admin.active()]).toEqual(["Eve", "Cy"]);
	});

	test("and signing the one out leaves the other signed in", async () => {
		const { shop, admin } = await openBoth();
		expect((await shop.store.signOutAll()).error).toBeNull();
		expect([shop.active(), admin.active()]).toEqual([undefined, "Dan"]);
		expect((await admin.store.refetch()).data?.map(({ user }) => user.name)).toEqual(["Cy", "Dan"]);
	});
});

test.each([`${origin}/shop/auth`, `${origin}/shop/auth/`, "http://LOCALHOST:3000", "http://localhost:3000//"])(
	"one server that is spelled differently is one device: %s",
	async (baseURL) => {
		const { browser, openPage } = openOrigin();
		const [one, other] = [await openPage("shop"), await openPage("shop", baseURL)];
		await signUpOn(one.client, ["Ada", "Bob"]);
		await until(other.store, ({ sessions }) => sessions.length === 2);
		const held = browser.hold(`/shop/auth${setActive}`);
		const first = one.store.setActive(one.id("Ada"));
		const { release } = await held;
		const second = other.store.setActive(other.id("Ada"));
		await settle();
		expect(browser.requests.filter((line) => line.endsWith(setActive))).toHaveLength(1);
		await release();
		expect([(await first).error, (await second).error]).toEqual([null, null]);
	},
);

describe("without the plugin", () => {
	const origins = ["", "/", "http://localhost:3000", "HTTP://localhost:3000/"];

	async function openTwo(device: TestDevice, scopes: readonly (string | undefined)[]) {
		const [one, other] = await Promise.all(
			scopes.map((scope, index) => {
				const tab: TestTab = index === 0 ? device : device.openTab();
				return openKitStore(tab, scope ? { scope } : {});
			}),
		);
		await device.clock.advance(1_000);
		if (!one || !other) throw new Error("two stores are needed");
		const before = device.sent.length;
		return { one, other, sent: () => device.sent.slice(before) };
	}
	/** Whether a switch of the other waits for one that the one has under way. */
	async function waits(device: TestDevice, { one, other }: Awaited<ReturnType<typeof openTwo>>) {
		const before = device.sent.length;
		const held = device.hold(setActive);
		const first = one.store.setActive(one.id("Bob"));
		const { release } = await held;
		const second = other.store.setActive(other.id("Bob"));
		await settle();
		const count = device.sent.slice(before).filter((line) => line.endsWith(setActive)).length;
		release();
		expect([(await first).error, (await second).error]).toEqual([null, null]);
		return count === 1;
	}

	test.each([
		...origins.map((spelled) => [undefined, spelled] as const),
		["/admin/auth", "http://localhost:3000/admin/auth/"],
	])("stores of scope %j and %j are on one device", async (...scopes) => {
		const device = createTestDevice({ accounts: ["Bob", "Ada"] });
		const both = await openTwo(device, scopes);
		expect(await waits(device, both)).toBe(true);
		await device.clock.advance(1_000);
		await vi.waitUntil(() => both.one.active() === "Bob" && both.other.active() === "Bob");
	});

	test.each([
		["/shop/auth", "/admin/auth"],
		[undefined, "/admin/auth"],
		[undefined, "https://localhost:3000"],
	])("stores of scope %j and %j do not meet", async (...scopes) => {
		const device = createTestDevice({ accounts: ["Bob", "Ada"] });
		const both = await openTwo(device, scopes);
		await both.one.store.setActive(both.one.id("Bob"));
		await device.clock.advance(1_000);
		// It is not told, and reads nothing.
		expect(both.sent().filter((line) => line.endsWith("/list-device-sessions"))).toEqual([]);
		expect(both.other.active()).toBe("Ada");
		await both.one.store.setActive(both.one.id("Ada"));
		expect(await waits(device, both)).toBe(false);
	});

	test("a store of the plugin's server is named as the plugin names it", async () => {
		const device = createTestDevice({
			accounts: ["Bob", "Ada"],
			createClient: (options) => createAuthClient({ ...options, plugins: [multiSessionClient()] }),
		});
		createDeviceSessions(device.client, { scope: "/api/auth" });
		await openKitStore(device, { scope: "/api/auth" });
		expect(device.stored().join()).toContain("device-sessions:3:http://localhost:3000/api/auth:last-active");
	});
});
