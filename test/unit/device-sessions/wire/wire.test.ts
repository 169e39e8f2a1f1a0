import { createAuthClient } from "better-auth/client";
import { twoFactorClient } from "better-auth/client/plugins";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createWire, type WireListener } from "../../../../src/device-sessions/wire/wire.js";

const baseURL = "http://localhost:3000/api/auth";

type Respond = (url: string, init: RequestInit) => Promise<Response>;

/** Writes down what a wire tells. */
function write(lines: string[]): WireListener {
	return {
		began: ({ method, path }) => lines.push(`began ${method} ${path}`),
		ended: ({ method, path }, status) => lines.push(`ended ${method} ${path}: ${status}`),
		stoppedHalfWay: () => lines.push("half-way"),
	};
}

const succeed: Respond = async () => Response.json({});

/** A client of Better Auth's whose calls a wire sees, with what the wire tells. */
function open(respond: Respond = succeed, more: Omit<Parameters<typeof createAuthClient>[0] & object, "plugins"> = {}) {
	const wire = createWire();
	const told: string[] = [];
	const stop = wire.listen(write(told));
	const customFetchImpl: typeof fetch = (input, init) => respond(String(input), init ?? {});
	const { $fetch } = createAuthClient({
		baseURL,
		...more,
		plugins: [{ id: "wire", fetchPlugins: [wire.fetchPlugin] }],
		fetchOptions: { customFetchImpl, ...more.fetchOptions },
	});
	return { wire, told, stop, $fetch };
}

/** A `fetch` that does not come back by itself. */
function held() {
	const sent: RequestInit[] = [];
	let answer: (response: Response) => void = () => {};
	const respond: Respond = (_, init) => {
		sent.push(init);
		return new Promise((resolve) => {
			answer = resolve;
		});
	};
	return { respond, sent, answer: (response: Response) => answer(response) };
}

/** Errors that went to the page. */
function watchPage(): unknown[] {
	const thrown: unknown[] = [];
	vi.stubGlobal("queueMicrotask", (run: () => void) => {
		try {
			run();
		} catch (error) {
			thrown.push(error);
		}
	});
	onTestFinished(() => void vi.unstubAllGlobals());
	return thrown;
}

test("every request begins once and ends once, with its method and its path below the base URL", async () => {
	const { $fetch, told } = open();
	await $fetch("/sign-in/email", { method: "POST", body: { email: "ada@example.com" } });
	await $fetch("/list-accounts");
	expect(told).toEqual([
		"began POST /sign-in/email",
		"ended POST /sign-in/email: 200",
		"began GET /list-accounts",
		"ended GET /list-accounts: 200",
	]);
});

test("neither a query nor a parameter of a path is part of what is told", async () => {
	const { $fetch, told } = open();
	await $fetch("/get-session", { query: { disableCookieCache: true } });
	await $fetch("/get-session?disableRefresh=true");
	await $fetch("/callback/:id", { params: { id: "google" } });
	expect(told.filter((line) => line.startsWith("began"))).toEqual([
		"began GET /get-session",
		"began GET /get-session",
		"began GET /callback/google",
	]);
});

test.each([
	["/reset-password/aB3dEf6hIj9kLm2nOp5qRs8t", "/reset-password/:id"],
	["/callback/6f1ed002ab5595859014ebf0951522d9", "/callback/:id"],
	["/verify/user%40example.com/now", "/verify/:id/now"],
	["/one-time-token/verify", "/one-time-token/verify"],
])("of a path only short, lower-case words are told: %s", async (path, shown) => {
	const { $fetch, told } = open();
	await $fetch(path);
	expect(told).toEqual([`began GET ${shown}`, `ended GET ${shown}: 200`]);
});

test.each([
	["a slash at its end", "http://localhost:3000/api/auth/"],
	["capital letters in its host", "http://LOCALHOST:3000/api/auth"],
	["a port that goes without saying", "http://localhost:80/api/auth"],
	["no path of its own", "http://localhost:3000"],
	["another path", "http://localhost:3000/deep/down/auth"],
])("a base URL with %s is recognized", async (_, url) => {
	const { $fetch, told } = open(succeed, { baseURL: url });
	await $fetch("/sign-out", { method: "POST" });
	expect(told).toEqual(["began POST /sign-out", "ended POST /sign-out: 200"]);
});

test("a base URL below the page's own address is recognized", async () => {
	const { $fetch, told } = open(succeed, { fetchOptions: { baseURL: "/api/auth" } });
	await $fetch("/sign-out", { method: "POST" });
	expect(told).toEqual(["began POST /sign-out", "ended POST /sign-out: 200"]);
});

test("a call by its full URL is told as one by its path", async () => {
	const { $fetch, told } = open();
	await $fetch(`${baseURL}/sign-out`, { method: "POST" });
	expect(told).toEqual(["began POST /sign-out", "ended POST /sign-out: 200"]);
});

test.each([
	["another host", "https://example.com/api/auth/sign-out"],
	["another port", "http://localhost:3001/api/auth/sign-out"],
	["another path of the same server", "http://localhost:3000/api/orders"],
	["a path that only begins alike", "http://localhost:3000/api/authors/sign-out"],
])("a request to %s is no news", async (_, url) => {
	const { $fetch, told } = open();
	expect(await $fetch(url, { method: "POST" })).toEqual({ data: {}, error: null });
	expect(told).toEqual([]);
});

test("a call that names another server is no news once the store has sent a request of its own", async () => {
	const { $fetch, told, wire } = open();
	const { signal } = new AbortController();
	wire.claim(signal);
	await $fetch("/multi-session/list-device-sessions", { signal });
	await $fetch("/sign-out", { method: "POST", baseURL: "https://example.com" });
	expect(told).toEqual([]);
	await $fetch("/sign-out", { method: "POST" });
	expect(told).toEqual(["began POST /sign-out", "ended POST /sign-out: 200"]);
});

test.each([401, 404, 429, 500, 503])("a refusal with %i ends with that status", async (status) => {
	const { $fetch, told } = open(async () => Response.json({ code: "NO" }, { status }));
	expect((await $fetch("/sign-out", { method: "POST" })).error).toMatchObject({ status, code: "NO" });
	expect(told).toEqual(["began POST /sign-out", `ended POST /sign-out: ${status}`]);
});

test("a broken connection ends without a status, and the caller gets the error as it was", async () => {
	const broken = new TypeError("Failed to fetch");
	const { $fetch, told, wire } = open(() => Promise.reject(broken));
	await expect($fetch("/sign-out", { method: "POST" })).rejects.toBe(broken);
	expect(told).toEqual(["began POST /sign-out", "ended POST /sign-out: null"]);
	expect(wire.underWay()).toEqual([]);
});

test("a fetch that throws at once ends without a status, and the caller gets the error as it was", async () => {
	const broken = new Error("no fetch here");
	const { $fetch, told } = open(() => {
		throw broken;
	});
	await expect($fetch("/sign-out", { method: "POST" })).rejects.toBe(broken);
	expect(told).toEqual(["began POST /sign-out", "ended POST /sign-out: null"]);
});

test("with a client that throws, a refusal is told as with any other", async () => {
	const { $fetch, told } = open(async () => Response.json({ code: "NO" }, { status: 401 }), {
		fetchOptions: { throw: true },
	});
	await expect($fetch("/sign-out", { method: "POST" })).rejects.toMatchObject({ status: 401 });
	expect(told).toEqual(["began POST /sign-out", "ended POST /sign-out: 401"]);
});

test("each attempt of a call that is repeated begins and ends", async () => {
	const statuses = [503, 429, 200];
	const { $fetch, told } = open(async () => Response.json({}, { status: statuses.shift() ?? 200 }));
	const retry = { type: "linear", attempts: 2, delay: 0 } as const;
	await $fetch("/sign-in/email", { method: "POST", body: {}, retry });
	expect(told.filter((line) => line.startsWith("ended"))).toEqual([
		"ended POST /sign-in/email: 503",
		"ended POST /sign-in/email: 429",
		"ended POST /sign-in/email: 200",
	]);
	expect(told.filter((line) => line.startsWith("began"))).toHaveLength(3);
});

test("what is on its way is known until it has ended, by method, path and effect", async () => {
	const { respond, sent, answer } = held();
	const { $fetch, wire } = open(respond);
	const over = $fetch("/update-user", { method: "POST", body: { name: "Ada" } });
	await vi.waitUntil(() => sent.length === 1);
	expect(wire.underWay()).toEqual([{ id: 1, method: "POST", path: "/update-user", effect: "data" }]);
	answer(Response.json({}));
	await over;
	expect(wire.underWay()).toEqual([]);
});

test("a call that is aborted has ended, even where the fetch ignores its signal; what comes late is not told", async () => {
	const { respond, sent, answer } = held();
	const { $fetch, told, wire } = open(respond);
	const controller = new AbortController();
	const over = $fetch("/sign-out", { method: "POST", signal: controller.signal });
	await vi.waitUntil(() => sent.length === 1);
	expect(told).toEqual(["began POST /sign-out"]);
	controller.abort();
	expect(told).toEqual(["began POST /sign-out", "ended POST /sign-out: null"]);
	expect(wire.underWay()).toEqual([]);
	answer(Response.json({}));
	await over;
	expect(told).toHaveLength(2);
});

test("a fetch that rejects because it was aborted has ended once", async () => {
	const { $fetch, told } = open(
		(_, { signal }) =>
			new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason))),
	);
	const controller = new AbortController();
	const over = $fetch("/sign-out", { method: "POST", signal: controller.signal });
	await vi.waitUntil(() => told.length === 1);
	controller.abort(new Error("enough"));
	await expect(over).rejects.toThrow("enough");
	expect(told).toEqual(["began POST /sign-out", "ended POST /sign-out: null"]);
});

describe("a change of the app's takes its turn", () => {
	/** A wire whose changes wait until the test lets them go. */
	function openOrdered(respond?: Respond) {
		const opened = open(respond);
		const waiting: (() => void)[] = [];
		const asked: [string, AbortSignal | undefined][] = [];
		opened.wire.order(async (path, signal, run) => {
			asked.push([path, signal]);
			await new Promise<void>((resolve) => waiting.push(resolve));
			return run();
		});
		return { ...opened, asked, letGo: () => waiting.shift()?.() };
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

	test("one of the store's own takes none", async () => {
		const { $fetch, asked, wire } = openOrdered();
		const { signal } = new AbortController();
		wire.claim(signal);
		await $fetch("/multi-session/set-active", { method: "POST", body: { sessionToken: "token" }, signal });
		expect(asked).toEqual([]);
	});

	test("that never comes rejects as the app's own request would, and nothing was told", async () => {
		const { $fetch, told, wire } = open();
		const enough = new Error("enough");
		wire.order(() => Promise.reject(enough));
		await expect($fetch("/sign-out", { method: "POST" })).rejects.toBe(enough);
		expect(told).toEqual([]);
	});
});

test("a signal that is used for many calls collects no listeners", async () => {
	const { $fetch } = open();
	const { signal } = new AbortController();
	const [added, removed] = [vi.spyOn(signal, "addEventListener"), vi.spyOn(signal, "removeEventListener")];
	for (const path of ["/list-accounts", "/list-sessions"]) await $fetch(path, { signal });
	expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([2, 2]);
});

test("a call that never comes back stays on its way", async () => {
	const { respond, sent } = held();
	const { $fetch, told, wire } = open(respond);
	void $fetch("/sign-out", { method: "POST" });
	await vi.waitUntil(() => sent.length === 1);
	expect(told).toEqual(["began POST /sign-out"]);
	expect(wire.underWay()).toHaveLength(1);
});

test("a request of the store's own is not told, whatever becomes of it", async () => {
	const { $fetch, told, wire } = open(async () => Response.json({ twoFactorRedirect: true }));
	const { signal } = new AbortController();
	wire.claim(signal);
	await $fetch("/multi-session/set-active", { method: "POST", body: { sessionToken: "token" }, signal });
	expect(told).toEqual([]);
	expect(wire.underWay()).toEqual([]);
});

test("a sign-in that asks for a second factor is half-way, told before it ends", async () => {
	const { $fetch, told } = open(async () => Response.json({ twoFactorRedirect: true, twoFactorMethods: ["totp"] }));
	const { data } = await $fetch("/sign-in/email", { method: "POST", body: {} });
	expect(data).toMatchObject({ twoFactorRedirect: true });
	expect(told).toEqual(["began POST /sign-in/email", "half-way", "ended POST /sign-in/email: 200"]);
});

test("a second factor that the app asks for inside its own hook is verified after the sign-in was half-way", async () => {
	const wire = createWire();
	const told: string[] = [];
	wire.listen(write(told));
	const customFetchImpl: typeof fetch = async (input) =>
		Response.json({ twoFactorRedirect: String(input).endsWith("/sign-in/email") });
	const client = createAuthClient({
		baseURL,
		plugins: [
			twoFactorClient({ onTwoFactorRedirect: () => verify() }),
			{ id: "wire", fetchPlugins: [wire.fetchPlugin] },
		],
		fetchOptions: { customFetchImpl },
	});
	const verify = async (): Promise<void> => void (await client.twoFactor.verifyTotp({ code: "123456" }));
	await client.signIn.email({ email: "ada@example.com", password: "secret" });
	expect(told).toEqual([
		"began POST /sign-in/email",
		"half-way",
		"ended POST /sign-in/email: 200",
		"began POST /two-factor/verify-totp",
		"ended POST /two-factor/verify-totp: 200",
	]);
});

test.each<[string, string, Respond]>([
	["without one", "/sign-in/email", async () => Response.json({ twoFactorRedirect: false })],
	["that is refused", "/sign-in/email", async () => Response.json({ twoFactorRedirect: true }, { status: 401 })],
	["with a page for an answer", "/sign-in/email", async () => new Response("<!doctype html>")],
	["with null for an answer", "/sign-in/email", async () => Response.json(null)],
	["with nothing for an answer", "/sign-in/email", async () => new Response(null)],
	["of another server", "https://example.com/sign-in", async () => Response.json({ twoFactorRedirect: true })],
	["that is only a look", "/get-session", async () => Response.json({ twoFactorRedirect: true })],
])("a sign-in %s is not half-way", async (_, path, respond) => {
	const { $fetch, told } = open(respond);
	await $fetch(path, { method: "POST", body: {} });
	expect(told).not.toContain("half-way");
	expect(told.filter((line) => line.startsWith("ended")).length).toBe(path.startsWith("/") ? 1 : 0);
});

// It is told to be half-way after its end, and nothing ends then: watchCalls keeps it for whatever change ends next.
test("a sign-in that was aborted while its answer was looked at is not half-way", async () => {
	const controller = new AbortController();
	const { $fetch, told } = open(async () => {
		queueMicrotask(() => controller.abort());
		return Response.json({ twoFactorRedirect: true });
	});
	await $fetch("/sign-in/email", { method: "POST", body: {}, signal: controller.signal });
	expect(told).toEqual(["began POST /sign-in/email", "ended POST /sign-in/email: null"]);
});

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
	wire.listen({ began: fail, ended: fail, stoppedHalfWay: fail });
	const told: string[] = [];
	wire.listen(write(told));
	const { $fetch } = createAuthClient({
		baseURL,
		plugins: [{ id: "wire", fetchPlugins: [wire.fetchPlugin] }],
		fetchOptions: { customFetchImpl: async () => Response.json({ twoFactorRedirect: true }) },
	});
	const { data } = await $fetch("/sign-in/email", { method: "POST", body: {} });
	expect(data).toEqual({ twoFactorRedirect: true });
	expect(told).toHaveLength(3);
	expect(thrown).toEqual([fault, fault, fault]);
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
