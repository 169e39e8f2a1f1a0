import { expect, test, vi } from "vitest";
import { baseURL, held, open, succeed } from "./client.js";

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

test("a call that is aborted has ended, even where the fetch ignores its signal; what comes late is told as one more", async () => {
	const { respond, sent, answer } = held();
	const { $fetch, told, wire } = open(respond);
	const controller = new AbortController();
	const over = $fetch("/sign-out", { method: "POST", signal: controller.signal });
	await vi.waitUntil(() => sent.length === 1);
	expect(told).toEqual(["began POST /sign-out"]);
	controller.abort();
	expect(told.splice(0)).toEqual(["began POST /sign-out", "ended POST /sign-out: null"]);
	expect(wire.underWay()).toEqual([]);
	answer(Response.json({}));
	await over;
	expect(told).toEqual(["began POST /sign-out", "ended POST /sign-out: 200"]);
	expect(wire.underWay()).toEqual([]);
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

test("a signal that is used for many calls collects no listeners", async () => {
	const { $fetch } = open();
	const { signal } = new AbortController();
	const [added, removed] = [vi.spyOn(signal, "addEventListener"), vi.spyOn(signal, "removeEventListener")];
	for (const path of ["/list-accounts", "/list-sessions"]) await $fetch(path, { signal });
	expect(added).toHaveBeenCalledTimes(2);
	expect(removed.mock.calls).toEqual(added.mock.calls);
});

test("what a call has answered can be read by who watches, and by the app as well", async () => {
	const { $fetch, wire } = open(async () => Response.json({ id: "ada" }));
	const answers: unknown[] = [];
	wire.listen(() => (end) => answers.push(end.answer?.()));
	expect(await $fetch("/sign-out", { method: "POST" })).toMatchObject({ data: { id: "ada" } });
	expect(await Promise.all(answers)).toEqual([{ id: "ada" }]);
});

test("a call that never comes back stays on its way", async () => {
	const { respond, sent } = held();
	const { $fetch, told, wire } = open(respond);
	void $fetch("/sign-out", { method: "POST" });
	await vi.waitUntil(() => sent.length === 1);
	expect(told).toEqual(["began POST /sign-out"]);
	expect(wire.underWay()).toHaveLength(1);
});

test("a request of the store's own is not told where a hook of the app's has given it another signal", async () => {
	const { $fetch, told, wire } = open(undefined, {
		fetchOptions: { onRequest: (context) => ({ ...context, signal: new AbortController().signal }) },
	});
	const { signal } = new AbortController();
	wire.claim(signal);
	await $fetch("/multi-session/set-active", { method: "POST", body: { sessionToken: "token" }, signal });
	expect(told).toEqual([]);
});

test("a request of the store's own is not told, whatever becomes of it", async () => {
	const { $fetch, told, wire } = open(async () => Response.json({ twoFactorRedirect: true }));
	const { signal } = new AbortController();
	wire.claim(signal);
	await $fetch("/multi-session/set-active", { method: "POST", body: { sessionToken: "token" }, signal });
	expect(told).toEqual([]);
	expect(wire.underWay()).toEqual([]);
});
