import { join } from "node:path";
import { AbortController as PlainAbortController } from "abort-controller";
import { createAuthClient } from "better-auth/client";
import { multiSessionClient } from "better-auth/client/plugins";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions, deviceSessionsClient, MultiSession } from "../../../src/index.js";
import { soon } from "../../../src/soon.js";
import { pretendBrowser, until } from "../../support/open-store.js";
import { createBrowser, createRealServer, password, signUp } from "../../support/real-server.js";

const RealController = globalThis.AbortController;
const RealSignal = globalThis.AbortSignal;

/** Takes something away from the platform until the test is over. */
function without(target: object, name: string): void {
	const before = Object.getOwnPropertyDescriptor(target, name);
	Object.defineProperty(target, name, { value: undefined, configurable: true, writable: true });
	onTestFinished(() => {
		if (before) Object.defineProperty(target, name, before);
		else Reflect.deleteProperty(target, name);
	});
}

/** What `abort-controller` of npm is on React Native: signals without a reason. */
function plainControllers(): void {
	vi.stubGlobal("AbortController", PlainAbortController);
	for (const name of ["any", "timeout", "abort"]) without(RealSignal, name);
}

const src = join(import.meta.dirname, "../../../src/");
/** Node's own fetch, and the server of these tests, cannot go without these: only this package finds them missing. */
function withoutForUs(name: "queueMicrotask" | "structuredClone", asked = vi.fn()): void {
	const real: unknown = globalThis[name];
	const get = () => {
		const caller = new Error().stack?.split("\n")[2] ?? "";
		if (!caller.includes(src)) return real;
		asked();
		return undefined;
	};
	Object.defineProperty(globalThis, name, { configurable: true, get });
	onTestFinished(
		() => void Object.defineProperty(globalThis, name, { value: real, configurable: true, writable: true }),
	);
}

const lacks: [string, () => void][] = [
	["AbortSignal.any", () => without(RealSignal, "any")],
	["AbortSignal.timeout", () => without(RealSignal, "timeout")],
	["throwIfAborted", () => without(RealSignal.prototype, "throwIfAborted")],
	["an abort's reason", () => without(RealSignal.prototype, "reason")],
	["localStorage", () => vi.stubGlobal("localStorage", undefined)],
	["BroadcastChannel", () => vi.stubGlobal("BroadcastChannel", undefined)],
	["navigator.locks", () => vi.stubGlobal("navigator", {})],
	["navigator", () => vi.stubGlobal("navigator", undefined)],
	["performance", () => vi.stubGlobal("performance", undefined)],
	["queueMicrotask", () => withoutForUs("queueMicrotask")],
	["structuredClone", () => withoutForUs("structuredClone")],
	["a signal as browsers have it", plainControllers],
];
const platforms: [string, () => void][] = [
	...lacks.map(([name, take]): [string, () => void] => [`without ${name}`, take]),
	[
		"without any of these",
		() => {
			for (const [, take] of lacks) take();
		},
	],
];

test("what Node itself needs is missing for this package alone", async () => {
	const asked = vi.fn();
	withoutForUs("queueMicrotask", asked);
	expect([typeof queueMicrotask, asked.mock.calls.length]).toEqual(["function", 0]);
	await new Promise<void>((resolve) => soon(resolve));
	expect(asked).toHaveBeenCalledOnce();
});

/** A signal that Node's own `fetch` takes, whatever the platform's are. */
function toReal(signal: AbortSignal | null | undefined): AbortSignal | null {
	if (!signal || Object.getPrototypeOf(signal) === RealSignal.prototype) return signal ?? null;
	const controller = new RealController();
	if (signal.aborted) controller.abort();
	signal.addEventListener("abort", () => controller.abort());
	return controller.signal;
}

/** Ada and Bob on a device of such a platform. */
async function open(take: () => void, hasPlugin: boolean) {
	const server = createRealServer();
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	pretendBrowser();
	take();
	const send: typeof fetch = (input, init) => browser.send(input, { ...init, signal: toReal(init?.signal) });
	const options = { ...browser.clientOptions, fetchOptions: { customFetchImpl: send } };
	const pluginClient = createAuthClient({ ...options, plugins: [deviceSessionsClient({ timeout: 1_000 })] });
	const plainClient = createAuthClient({ ...options, plugins: [multiSessionClient()] });
	const store = hasPlugin ? pluginClient.deviceSessions : createDeviceSessions(plainClient, { timeout: 1_000 });
	const client = hasPlugin ? pluginClient : plainClient;
	const stop = store.subscribe(() => {});
	onTestFinished(async () => {
		stop();
		await store.destroy();
	});
	const { error } = await until(store, ({ isPending, error }) => !isPending || error !== null);
	expect(error).toBeNull();
	const id = (name: string) => store.value?.sessions.find(({ user }) => user.name === name)?.id ?? "";
	return { server, browser, client, store, id };
}

describe.each(platforms)("a platform %s", (_, take) => {
	test.each([
		["with the plugin", true],
		["without the plugin", false],
	])("switches, reads and signs out, %s", async (_, hasPlugin) => {
		const { browser, client, store, id } = await open(take, hasPlugin);
		const switched = await store.setActive(id("Ada"));
		expect([switched.error, store.value?.active?.user.name]).toEqual([null, "Ada"]);
		expect((await store.refetch()).error).toBeNull();
		expect((await store.revoke(id("Bob"))).error).toBeNull();
		const { error } = await client.signUp.email({ name: "Cy", email: "cy@example.com", password });
		expect(error).toBeNull();
		await until(store, ({ active }) => active?.user.name === "Cy");
		expect((await store.signOutAll()).error).toBeNull();
		expect([browser.activeToken(), store.value?.sessions.length]).toEqual(["", 0]);
	});

	test("an answer that does not come is a time-out, looked up", async () => {
		const { browser, store, id } = await open(take, true);
		const held = browser.hold("/multi-session/set-active");
		const answer = store.setActive(id("Ada"));
		await held;
		expect((await answer).error).toMatchObject({ kind: "timeout", operation: "multiSession.setActive" });
	});

	test("destroy ends what is under way", async () => {
		const { browser, store } = await open(take, true);
		const held = browser.hold("/multi-session/list-device-sessions");
		const answer = store.refetch();
		await held;
		await store.destroy();
		expect(["destroyed", "timeout"]).toContain((await answer).error?.kind);
	});

	test("an operation's own signal aborts it, before and on its way", async () => {
		const { browser, client } = await open(take, false);
		const controller = new AbortController();
		const held = browser.hold("/multi-session/list-device-sessions");
		const answer = MultiSession.ListSessions(client, { signal: controller.signal });
		await held;
		controller.abort();
		expect((await answer).error?.kind).toBe("aborted");
		expect((await MultiSession.ListSessions(client, { signal: controller.signal })).error?.kind).toBe("aborted");
	});

	test("a call of the app's that is aborted while it waits for its turn is never sent", async () => {
		const { browser, client, store, id } = await open(take, true);
		const held = browser.hold("/multi-session/set-active");
		const switching = store.setActive(id("Ada"));
		const switched = await held;
		const controller = new AbortController();
		const out = client.signOut({ fetchOptions: { signal: controller.signal } });
		controller.abort();
		await expect(out).rejects.toMatchObject({ name: "AbortError" });
		await switched.release();
		expect((await switching).error).toBeNull();
		expect(browser.requests).not.toContain("POST /sign-out");
	});
});
