import { createAuthClient } from "better-auth/client";
import { expect, test, vi } from "vitest";
import { createWire, type WireFetchOptions } from "../../../../src/device-sessions/wire/wire.js";
import { baseURL, held, open, watchPage, write } from "./client.js";

test("two listeners hear the same, and one that has left hears no more", async () => {
	const { $fetch, told, stop, wire } = open();
	const other: string[] = [];
	wire.listen(write(other));
	await $fetch("/list-accounts");
	expect(other).toEqual(told);
	stop();
	await $fetch("/sign-out", { method: "POST" });
	expect([told.length, other.length]).toEqual([2, 4]);
});

test("a listener that leaves while a call is on its way hears no end, and the others do", async () => {
	const { respond, sent, answer } = held();
	const { $fetch, told, stop, wire } = open(respond);
	const other: string[] = [];
	wire.listen(write(other));
	const over = $fetch("/sign-out", { method: "POST" });
	await vi.waitUntil(() => sent.length === 1);
	stop();
	answer(Response.json({}));
	await over;
	expect([told, other]).toEqual([["began POST /sign-out"], ["began POST /sign-out", "ended POST /sign-out: 200"]]);
	expect(wire.underWay()).toEqual([]);
});

test("a listener that throws breaks neither the app's request nor the other listeners; its error is the page's", async () => {
	const thrown = watchPage();
	const fault = new Error("a listener's own");
	const wire = createWire();
	const fail = () => {
		throw fault;
	};
	wire.listen(fail);
	wire.listen(() => fail);
	const told: string[] = [];
	wire.listen(write(told));
	const { $fetch } = createAuthClient({
		baseURL,
		plugins: [{ id: "wire", fetchPlugins: [wire.fetchPlugin] }],
		fetchOptions: { customFetchImpl: async () => Response.json({ twoFactorRedirect: true }) },
	});
	const { data } = await $fetch("/sign-in/email", { method: "POST", body: {} });
	expect(data).toEqual({ twoFactorRedirect: true });
	expect(told).toHaveLength(2);
	expect(thrown).toEqual([fault, fault]);
});

test("a request goes out as the app made it, and its answer comes as the server gave it", async () => {
	const seen: [string, RequestInit][] = [];
	const given = Response.json({ id: "ada" }, { headers: { "x-own": "yes" } });
	const responses: Response[] = [];
	const { $fetch } = open(
		async (url, init) => {
			seen.push([url, init]);
			return given;
		},
		{ fetchOptions: { onResponse: ({ response }) => void responses.push(response) } },
	);
	const { signal } = new AbortController();
	await $fetch("/sign-in/email", {
		method: "POST",
		body: { email: "ada@example.com" },
		headers: { "x-app": "1" },
		signal,
	});
	const [[url, init] = ["", {}]] = seen;
	expect([url, init.method, init.body]).toEqual([
		`${baseURL}/sign-in/email`,
		"POST",
		JSON.stringify({ email: "ada@example.com" }),
	]);
	expect([new Headers(init.headers).get("x-app"), init.signal]).toEqual(["1", signal]);
	expect(responses).toEqual([given]);
	expect(responses[0]).toBe(given);
});

test("where nobody listens the client's own fetch is called, with nothing around it", async () => {
	const wire = createWire();
	const own: typeof fetch = async () => Response.json({});
	const used: unknown[] = [];
	const { $fetch } = createAuthClient({
		baseURL,
		plugins: [
			{
				id: "wire",
				fetchPlugins: [
					wire.fetchPlugin,
					{
						id: "after",
						name: "after",
						init: async (url, options) => {
							used.push(options?.customFetchImpl);
							return { url };
						},
					},
				],
			},
		],
		fetchOptions: { customFetchImpl: own },
	});
	await $fetch("/list-accounts");
	const stop = wire.listen(write([]));
	await $fetch("/list-accounts");
	stop();
	await $fetch("/list-accounts");
	expect(used.map((one) => one === own)).toEqual([true, false, true]);
});

test("a fetch that goes by the options it began with, whatever a plugin returns, is seen, and once an attempt", async () => {
	const wire = createWire();
	const told: string[] = [];
	wire.listen(write(told));
	// As better-fetch 1.3.1, of Better Auth 1.6 and 1.7.0.
	const options = { baseURL, customFetchImpl: async (_url: string, _init?: RequestInit) => Response.json({}) };
	for (const _attempt of [1, 2]) {
		await wire.fetchPlugin.init("/sign-out", options as WireFetchOptions); // Safe: it calls with these two arguments.
		await options.customFetchImpl(`${baseURL}/sign-out`, { method: "POST" });
	}
	await options.customFetchImpl(`${baseURL}/list-accounts`);
	const once = ["began POST /sign-out", "ended POST /sign-out: 200"];
	expect(told).toEqual([...once, ...once, "began GET /list-accounts", "ended GET /list-accounts: 200"]);
});

test("a call that was on its way while its page was frozen ends late; one that was sent since does not", async () => {
	const { respond, sent, answer } = held();
	const { $fetch, told, wire } = open(respond);
	const over = $fetch("/sign-out", { method: "POST" });
	await vi.waitUntil(() => sent.length === 1);
	wire.leave(true);
	wire.leave(false);
	answer(Response.json({}));
	await over;
	const next = $fetch("/get-session");
	await vi.waitUntil(() => sent.length === 2);
	answer(Response.json(null));
	await next;
	expect(told.filter((line) => line.startsWith("ended"))).toEqual([
		"ended POST /sign-out: 200, late",
		"ended GET /get-session: 200",
	]);
});

test.each<[boolean, object]>([
	[true, { token: "a session's", user: { id: "a" } }],
	[false, { token: null, user: { id: "a" } }],
	[false, { twoFactorRedirect: true }],
])("whether a call has answered with a session's token is told: %s", async (hasToken, answer) => {
	const { $fetch, wire } = open(async () => Response.json(answer));
	const ended = vi.fn();
	wire.listen(() => ended);
	await $fetch("/sign-up/email", { method: "POST", body: {} });
	expect(ended).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ status: 200, hasToken }));
});
