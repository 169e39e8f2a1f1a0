import { createAuthClient } from "better-auth/client";
import { describe, expect, onTestFinished, test } from "vitest";
import { clockOf, pageOf, pretend } from "../../../src/device-sessions/page/environment.js";
import { namesOf } from "../../../src/device-sessions/tabs/names.js";
import { type DeviceSessionsOptions, deviceSessionsClient } from "../../../src/index.js";
import { createTestDevice, settle, type TestClientOptions } from "../../../src/testing/index.js";

/** A page with the plugin, looked at and loaded: Ada, and Bob, who is active. Time stands still from there on. */
async function open(options: DeviceSessionsOptions = {}, signInWith?: () => Promise<Response>) {
	/** Hears what happens to the page. */
	const page = new EventTarget();
	const device = createTestDevice({
		accounts: ["Ada", "Bob"],
		createClient: (given: TestClientOptions) => {
			const known = given.fetchOptions.customFetchImpl;
			const addEventListener = page.addEventListener.bind(page);
			const removeEventListener = page.removeEventListener.bind(page);
			pretend(known, {
				page: { ...pageOf(known), addEventListener, removeEventListener },
				clock: clockOf(known) ?? globalThis,
			});
			const customFetchImpl: typeof fetch = (input, init) =>
				signInWith && String(input).includes("/sign-in/") ? signInWith() : known(input, init);
			const swap = {
				id: "swap",
				name: "swap",
				init: async (url: string, options?: object) => ({ url, options: { ...options, customFetchImpl } }),
			};
			const plugins = [{ id: "swap", fetchPlugins: [swap] }, deviceSessionsClient(options)];
			return createAuthClient({ ...given, plugins });
		},
	});
	const { client, clock, requests } = device;
	const store = client.deviceSessions;
	store.subscribe(() => {});
	onTestFinished(() => store.destroy());
	await settle();
	await clock.advance(2_000);
	expect(store.value?.active?.user.name).toBe("Bob");
	requests.length = 0;
	const emailOf = (name: string) => `${name.toLowerCase()}@example.com`;
	return {
		device,
		client,
		store,
		id: (name: string) => store.value?.sessions.find(({ user }) => user.name === name)?.id ?? "",
		active: () => device.rows().find(({ active }) => active)?.name,
		posts: () => requests.filter((line) => line.startsWith("POST")),
		signIn: (name: string, fetchOptions: object = {}) =>
			client.signIn.email({ email: emailOf(name), password: device.password, fetchOptions }),
		/** The page goes, and comes back out of the back-forward cache. */
		leave: () => page.dispatchEvent(new Event("pagehide")),
		comeBack: () => page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true })),
		/** Another tab hangs, and never lets the lock of the device go. */
		hang: () => {
			const { locks } = pageOf(device.openTab().client)?.navigator ?? {};
			void locks?.request(namesOf("http://localhost:3000/api/auth")("lock"), {}, () => new Promise(() => {}));
			expect(device.isBusy()).toBe(true);
		},
		/** Until all has happened that needs no time. */
		settle: async () => {
			for (let turn = 0; turn < 10; turn += 1) await settle();
		},
	};
}

describe("a change of the app's that is awaited inside something else does not wait for it", () => {
	test("in a hook of another change", async () => {
		const { active, posts, settle, signIn } = await open();
		let inner: unknown;
		void signIn("Ada", {
			onSuccess: async () => {
				inner = await signIn("Bob");
			},
		});
		await settle();
		expect(inner).toMatchObject({ error: null });
		expect([posts(), active()]).toEqual([["POST /sign-in/email", "POST /sign-in/email"], "Bob"]);
	});

	test("in onBeforeSwitch", async () => {
		const told: string[] = [];
		const device = await open({
			onBeforeSwitch: async ({ to }) => {
				await device.signIn("Bob");
				told.push(`leaves for ${to?.user.name}`);
			},
		});
		const switched = device.store.setActive(device.id("Ada"));
		await device.settle();
		expect(told[0]).toBe("leaves for Ada");
		expect(device.posts()[0]).toBe("POST /sign-in/email");
		await device.device.clock.advance(3_000);
		expect([(await switched).error, device.active()]).toEqual([null, "Ada"]);
	});

	test("in onIdentityChange", async () => {
		let called: unknown;
		const device = await open({
			onIdentityChange: async ({ to }) => {
				if (to?.user.name === "Ada") called = await device.client.signUp.email(cy(device.device.password));
			},
		});
		const switched = device.store.setActive(device.id("Ada"));
		await device.settle();
		expect(called).toMatchObject({ error: null });
		expect(device.posts()).toEqual(["POST /multi-session/set-active", "POST /sign-up/email"]);
		await device.device.clock.advance(10_000);
		expect((await switched).error).toBeNull();
		expect([device.active(), device.store.value?.active?.user.name]).toEqual(["Cy", "Cy"]);
	});
});

const cy = (password: string) => ({ name: "Cy", email: "cy@example.com", password });

describe("while another tab hangs with the lock", () => {
	test("a sign-in goes after two seconds, and the page shows what it did", async () => {
		const { active, device, hang, posts, signIn, store } = await open();
		hang();
		const signedIn = signIn("Ada");
		await device.clock.advance(1_999);
		expect(posts()).toEqual([]);
		await device.clock.advance(1);
		expect([(await signedIn).error, active()]).toEqual([null, "Ada"]);
		await device.clock.advance(2_000);
		expect(store.value?.active?.user.name).toBe("Ada");
	});

	test("a sign-out goes within its second, and nobody is shown", async () => {
		const { client, device, hang, posts, store } = await open();
		hang();
		const signedOut = client.signOut();
		await device.clock.advance(999);
		expect(posts()).toEqual([]);
		await device.clock.advance(1);
		expect([(await signedOut).error, device.rows()]).toEqual([null, []]);
		await device.clock.advance(2_000);
		expect([store.value?.active, store.value?.sessions]).toEqual([null, []]);
	});

	test("one that is given up while it waits is never sent, and its caller is told at once", async () => {
		const { device, hang, posts, settle, signIn } = await open();
		hang();
		const controller = new AbortController();
		const outcome = signIn("Ada", { signal: controller.signal }).catch((error: unknown) => error);
		await settle();
		const enough = new Error("enough");
		controller.abort(enough);
		expect(await outcome).toBe(enough);
		await device.clock.advance(60_000);
		expect(posts()).toEqual([]);
	});

	test("one that outlives its page goes at once", async () => {
		const { active, hang, signIn } = await open();
		hang();
		expect((await signIn("Ada", { keepalive: true })).error).toBeNull();
		expect(active()).toBe("Ada");
	});

	test("one that waits when its page goes is sent at once, and so is one that comes after that", async () => {
		const { client, comeBack, hang, leave, posts, settle, signIn } = await open();
		hang();
		const waiting = signIn("Ada");
		await settle();
		expect(posts()).toEqual([]);
		leave();
		await settle();
		expect(posts()).toEqual(["POST /sign-in/email"]);
		expect((await waiting).error).toBeNull();
		const late = client.signOut();
		await settle();
		expect(posts()).toEqual(["POST /sign-in/email", "POST /sign-out"]);
		expect((await late).error).toBeNull();
		// Out of the back-forward cache it waits again.
		comeBack();
		void signIn("Bob");
		await settle();
		expect(posts()).toHaveLength(2);
	});

	test("one after destroy goes at once", async () => {
		const { active, hang, signIn, store } = await open();
		hang();
		await store.destroy();
		expect((await signIn("Ada")).error).toBeNull();
		expect(active()).toBe("Ada");
	});

	test("with orderCalls: false one goes at once, and so does a sign-out", async () => {
		const { client, device, hang, signIn } = await open({ orderCalls: false });
		hang();
		expect((await signIn("Ada")).error).toBeNull();
		expect((await client.signOut()).error).toBeNull();
		expect(device.rows()).toEqual([]);
	});
});

const never = () => new Promise<Response>(() => {});
const endless = async () => {
	const body = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{"token":')) });
	return new Response(body, { headers: { "content-type": "application/json" } });
};

describe("a sign-in that hangs does not keep the lock of the device", () => {
	test.each<[string, () => Promise<Response>, boolean]>([
		["whose fetch ignores that it was given up", never, true],
		["whose body never ends, and which was given up", endless, true],
		["whose body never ends", endless, false],
		["that never answers", never, false],
	])("%s: every command goes on once its time is over", async (_, how, isAborted) => {
		const { active, device, id, settle, signIn, store } = await open({}, how);
		const controller = new AbortController();
		void signIn("Ada", { signal: controller.signal }).catch(() => {});
		await settle();
		if (isAborted) controller.abort();
		for (const name of ["Ada", "Bob"]) {
			const switched = store.setActive(id(name));
			await device.clock.advance(isAborted ? 100 : 10_500);
			expect([(await switched).error, active()]).toEqual([null, name]);
		}
	});
});

test("a hook of the app's that gives each request another signal keeps no command waiting for itself", async () => {
	const device = createTestDevice({
		accounts: ["Ada", "Bob"],
		createClient: ({ fetchOptions, ...given }: TestClientOptions) => {
			const other = new AbortController();
			return createAuthClient({
				...given,
				plugins: [deviceSessionsClient()],
				fetchOptions: {
					...fetchOptions,
					onRequest: <T extends object>(context: T) => ({ ...context, signal: other.signal }),
				},
			});
		},
	});
	const store = device.client.deviceSessions;
	store.subscribe(() => {});
	onTestFinished(() => store.destroy());
	await settle();
	const switched = store.setActive(store.value?.sessions[0]?.id ?? "");
	for (let turn = 0; turn < 10; turn += 1) await settle();
	expect((await switched).error).toBeNull();
	expect(device.requests.filter((line) => line.startsWith("POST"))).toEqual(["POST /multi-session/set-active"]);
});
