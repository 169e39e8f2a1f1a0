import { describe, expect, test, vi } from "vitest";
import { baseURL, held, open, type Respond } from "./client.js";

const succeedAlways = async () => Response.json({});

describe("a change of the app's takes its turn", () => {
	/** A wire whose changes wait until the test lets them go. */
	function openOrdered(respond?: Respond) {
		const opened = open(respond);
		const waiting: (() => void)[] = [];
		const asked: [string, AbortSignal | undefined][] = [];
		const over = vi.fn();
		opened.wire.order(async (path, signal) => {
			asked.push([path, signal]);
			await new Promise<void>((resolve) => waiting.push(resolve));
			return over;
		});
		return { ...opened, asked, letGo: () => waiting.shift()?.(), over };
	}

	test("and has not begun before, nor is it sent; its path and its signal say what waits", async () => {
		const { respond, sent, answer } = held();
		const { $fetch, asked, letGo, told, wire } = openOrdered(respond);
		const { signal } = new AbortController();
		const over = $fetch("/callback/:id", { method: "POST", params: { id: "Provider" }, signal });
		await vi.waitUntil(() => asked.length === 1);
		expect(asked).toEqual([["/callback/Provider", signal]]);
		expect([told, wire.underWay(), sent]).toEqual([[], [], []]);
		letGo();
		await vi.waitUntil(() => sent.length === 1);
		expect(told).toEqual(["began POST /callback/:id"]);
		answer(Response.json({ id: "ada" }));
		expect(await over).toEqual({ data: { id: "ada" }, error: null });
		expect(told).toEqual(["began POST /callback/:id", "ended POST /callback/:id: 200"]);
	});

	test.each<[string, string, RequestInit]>([
		["a look", "/get-session", {}],
		["a change of the active one's data", "/update-user", { method: "POST" }],
		["what can do nothing", "/list-accounts", {}],
		["a change that outlives its page", "/sign-out", { method: "POST", keepalive: true }],
		["a request to another server", "https://example.com/sign-out", { method: "POST" }],
	])("%s takes none", async (_, path, { method = "GET", keepalive = false }) => {
		const { $fetch, asked } = openOrdered();
		expect((await $fetch(path, { method, keepalive })).error).toBeNull();
		expect(asked).toEqual([]);
	});

	test("takes none while the page is going, where nothing can wait, and takes it again once the page is back", async () => {
		const { $fetch, asked, letGo, wire } = openOrdered();
		wire.leave(true);
		await $fetch("/sign-out", { method: "POST" });
		expect(asked).toEqual([]);
		wire.leave(false);
		const over = $fetch("/sign-out", { method: "POST" });
		await vi.waitUntil(() => asked.length === 1);
		letGo();
		await over;
	});

	test("takes none where the last who watched has left since the call was prepared", async () => {
		const { asked, stop, wire } = openOrdered();
		const { options } = await wire.fetchPlugin.init("/sign-out", { baseURL, customFetchImpl: succeedAlways });
		stop();
		await options?.customFetchImpl(`${baseURL}/sign-out`, { method: "POST" });
		expect(asked).toEqual([]);
	});

	test("one of the store's own takes none", async () => {
		const { $fetch, asked, wire } = openOrdered();
		const { signal } = new AbortController();
		wire.claim(signal);
		await $fetch("/multi-session/set-active", { method: "POST", body: { sessionToken: "token" }, signal });
		expect(asked).toEqual([]);
	});

	/** One that has its turn, on a `fetch` that the test answers. */
	async function openSent() {
		const { respond, sent, answer } = held();
		const opened = openOrdered(respond);
		const controller = new AbortController();
		const call = opened.$fetch("/sign-in/email", { method: "POST", signal: controller.signal });
		call.catch(() => {});
		await vi.waitUntil(() => opened.asked.length === 1);
		opened.letGo();
		await vi.waitUntil(() => sent.length === 1);
		expect(opened.over).not.toHaveBeenCalled();
		return { ...opened, answer, controller };
	}

	test("until everybody has been told what has come of it, that a sign-in has stopped half-way, say", async () => {
		const { answer, over, told } = await openSent();
		const before = told.length;
		over.mockImplementation(() => expect(told.length).toBeGreaterThan(before));
		answer(Response.json({ twoFactorRedirect: true }));
		await vi.waitUntil(() => over.mock.calls.length > 0);
	});

	test("until it is given up, whether its fetch minds that or not", async () => {
		const { controller, over } = await openSent();
		controller.abort();
		expect(over).toHaveBeenCalled();
	});

	test("until its connection breaks", async () => {
		const { $fetch, asked, letGo, over } = openOrdered(() => Promise.reject(new TypeError("Failed to fetch")));
		const call = $fetch("/sign-in/email", { method: "POST" }).catch(() => {});
		await vi.waitUntil(() => asked.length === 1);
		letGo();
		await call;
		expect(over).toHaveBeenCalled();
	});

	test("that never comes rejects as the app's own request would, and nothing was told", async () => {
		const { $fetch, told, wire } = open();
		const enough = new Error("enough");
		wire.order(() => Promise.reject(enough));
		await expect($fetch("/sign-out", { method: "POST" })).rejects.toBe(enough);
		expect(told).toEqual([]);
	});
});
