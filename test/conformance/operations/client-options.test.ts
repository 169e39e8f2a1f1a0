import { createAuthClient } from "better-auth/client";
import * as v from "valibot";
import { describe, expect, test, vi } from "vitest";
import { Core, defineOperation, MultiSession, Organization, SignIn, TwoFactor } from "../../../src/index.js";
import { identityClientOptions } from "../../support/identity-server.js";
import { openStoreOn } from "../../support/open-store.js";
import { type Browser, password } from "../../support/real-server.js";
import { mailOf, organize, people } from "../../support/scenes.js";
import { everyOperation, everythingIn, openThrowingTab } from "./every-operation.js";

/** A client whose own options an operation must not mind. */
function openTab(browser: Browser, fetchOptions: object) {
	const options = identityClientOptions(browser);
	return createAuthClient({ ...options, fetchOptions: { ...options.fetchOptions, ...fetchOptions } });
}

const fault = new Error("a hook's own");
const kinds: [string, () => unknown][] = [
	[
		"throws",
		() => {
			throw fault;
		},
	],
	["rejects", () => Promise.reject(fault)],
];
const credentials = { email: mailOf("Ada"), password };

describe.each(kinds)("a hook that %s", (_, hook) => {
	describe.each([
		["of the call", (browser: Browser, hooks: object) => ({ client: openTab(browser, {}), fetchOptions: hooks })],
		["of the client", (browser: Browser, hooks: object) => ({ client: openTab(browser, hooks), fetchOptions: {} })],
		[
			"of a client that throws",
			(browser: Browser, hooks: object) => ({ client: openTab(browser, { ...hooks, throw: true }), fetchOptions: {} }),
		],
	])("%s", (_, open) => {
		test.each(["onResponse", "onSuccess"])("%s: callback, and applied where the server signed in", async (name) => {
			const { browser, server } = await people(["Ada"]);
			const { client, fetchOptions } = open(browser, { [name]: hook });
			const before = server.sessions()[0]?.["token"];
			const { error } = await SignIn.Email(client, credentials, { fetchOptions });
			expect(error).toMatchObject({ kind: "callback", operation: "signIn.email", applied: true });
			expect(error).not.toHaveProperty("status");
			expect(server.sessions().at(-1)?.["token"]).not.toBe(before);
		});

		test("onRequest: callback, and nothing was sent", async () => {
			const { browser } = await people(["Ada"]);
			const { client, fetchOptions } = open(browser, { onRequest: hook });
			const { error } = await SignIn.Email(client, credentials, { fetchOptions });
			expect(error).toMatchObject({ kind: "callback", operation: "signIn.email" });
			expect(error).not.toHaveProperty("applied");
			expect(browser.requests).toEqual([]);
		});

		test("onError: callback, with the status of the refusal, and not applied", async () => {
			const { browser } = await people(["Ada"]);
			const { client, fetchOptions } = open(browser, { onError: hook });
			const { error } = await SignIn.Email(client, { ...credentials, password: "wrong" }, { fetchOptions });
			expect(error).toMatchObject({ kind: "callback", status: 401 });
			expect(error).not.toHaveProperty("applied");
		});

		test("a read is never applied", async () => {
			const { browser } = await people(["Ada"]);
			const { client, fetchOptions } = open(browser, { onSuccess: hook });
			const { error } = await MultiSession.ListSessions(client, { fetchOptions });
			expect(error?.kind).toBe("callback");
			expect(error).not.toHaveProperty("applied");
		});

		test("the session signal is fired once all the same", async () => {
			const { browser } = await people(["Ada", "Bob"]);
			const { client, fetchOptions } = open(browser, { onSuccess: hook });
			const fired = vi.fn();
			client.$store.listen("$sessionSignal", fired);
			fired.mockClear();
			await SignIn.Email(client, credentials, { fetchOptions });
			await vi.waitUntil(() => fired.mock.calls.length > 0);
			expect(fired).toHaveBeenCalledTimes(1);
		});

		test("a dropped connection is still a network error", async () => {
			const { browser } = await people(["Ada"]);
			const { client, fetchOptions } = open(browser, { onSuccess: hook, onError: hook, onResponse: hook });
			browser.answer("/sign-in/email", () => new TypeError("fetch failed"));
			expect((await SignIn.Email(client, credentials, { fetchOptions })).error?.kind).toBe("network");
		});
	});
});

test("hooks that do not throw see what they would see, and change what they would change", async () => {
	const { browser } = await people(["Ada"]);
	const seen: string[] = [];
	const client = openTab(browser, { onSuccess: () => void seen.push("client") });
	const { data } = await Core.GetSession(client, {
		fetchOptions: {
			onRequest: () => void seen.push("request"),
			onResponse: () => {
				seen.push("response");
				return Response.json(null);
			},
			onSuccess: () => void seen.push("call"),
		},
	});
	expect([data, seen]).toEqual([null, ["request", "response", "call", "client"]]);
});

test.each([
	["an error", new Error(`no ${password}`)],
	["a word", password],
	["nothing", undefined],
	["an error that names a token that came", new Error("gbhi7wTiNE4Mari62yKjOhwMFyyNKped")],
	["an error with a status and a code", Object.assign(new Error("no"), { status: 401, code: "INVALID_SESSION_TOKEN" })],
])("%s that a hook throws is in no error: it may hold a secret", async (_, thrown) => {
	const { browser } = await people(["Ada"]);
	const onSuccess = () => {
		throw thrown;
	};
	const { error } = await SignIn.Email(openTab(browser, { onSuccess }), credentials);
	expect(error).toMatchObject({ kind: "callback", applied: true });
	for (const detail of ["cause", "status", "code"]) expect(error).not.toHaveProperty(detail);
	expect(error && everythingIn(error)).not.toMatch(new RegExp(`${password}|gbhi7w`));
});

test("a schema of the app's own that throws is its function, too: callback, and applied", async () => {
	const { browser } = await people(["Ada"]);
	const Out = defineOperation({
		...Core.SignOut,
		success: v.pipe(
			v.unknown(),
			v.transform((): never => {
				throw fault;
			}),
		),
	});
	const { error } = await Out(openTab(browser, {}));
	expect(error).toMatchObject({ kind: "callback", operation: "signOut", applied: true });
});

test("a body that is lost is a network error, applied where the server had answered, and no hook's fault", async () => {
	const { browser } = await people(["Ada"]);
	const seen: string[] = [];
	browser.answer(
		"/sign-in/email",
		() => new Response(new ReadableStream({ pull: () => Promise.reject(new TypeError("terminated")) })),
	);
	const client = openTab(browser, { onResponse: () => void seen.push("response") });
	const { error } = await SignIn.Email(client, credentials, {
		fetchOptions: { onSuccess: () => void seen.push("success") },
	});
	expect(error).toMatchObject({ kind: "network", applied: true });
	expect(seen).toEqual(["response"]);
});

test.each(everyOperation)("$operation is one request of a client that retries", async ({ path, run }) => {
	const { browser } = await people(["Ada"]);
	const client = openTab(browser, { retry: { type: "linear", attempts: 2, delay: 0 } });
	browser.answer(path, () => new Response(null, { status: 502 }));
	expect((await run(client, "sent")).error?.kind).toBe("server");
	expect(browser.requests).toHaveLength(1);
});

test("a call may retry a read, and not what changes something", async () => {
	const { browser } = await people(["Ada"]);
	const fetchOptions = { retry: { type: "linear", attempts: 2, delay: 0 } };
	browser.answer("/get-session", () => new Response(null, { status: 502 }));
	browser.answer("/sign-out", () => new Response(null, { status: 502 }));
	const client = openTab(browser, {});
	await Core.GetSession(client, { fetchOptions });
	await Core.SignOut(client, undefined, { fetchOptions });
	expect(browser.count()).toEqual({ "GET /get-session": 3, "POST /sign-out": 1 });
});

test("a switch of the store is one request of a client that retries, and its hook's fault does not undo it", async () => {
	const { browser } = await people(["Ada", "Bob"]);
	const { store, row } = await openStoreOn(browser, () =>
		openTab(browser, {
			retry: 2,
			onSuccess: ({ request }: { request: { url: URL } }) => {
				if (request.url.pathname.endsWith("set-active")) throw fault;
			},
		}),
	);
	const { data, error } = await store.setActive(row("Ada").id);
	expect([error, data?.user.name]).toEqual([null, "Ada"]);
	await browser.answer("/multi-session/set-active", () => new Response(null, { status: 502 }));
	browser.count();
	expect((await store.setActive(row("Bob").id)).error?.kind).toBe("server");
	expect(browser.count()["POST /multi-session/set-active"]).toBe(1);
});

test("what may be left out of a payload is left out with the payload, with and without options", async () => {
	const { browser } = await organize();
	const client = openTab(browser, {});
	const options = { fetchOptions: { cache: "no-store" } };
	expect((await Organization.Members.List(client)).data?.total).toBe(1);
	expect((await Organization.Members.List(client, undefined, options)).data?.total).toBe(1);
	expect((await Organization.Invitations.List(client)).data).toHaveLength(1);
	expect((await Organization.Invitations.List(client, undefined, options)).data).toHaveLength(1);
	expect((await Organization.GetFull(client)).data?.name).toBe("Acme");
	expect((await TwoFactor.SendOtp(client)).error?.kind).not.toBe("invalid-input");
	expect((await Core.SignOut(client)).data?.success).toBe(true);
	expect((await Core.SignOut(openThrowingTab(browser), undefined, options)).error).toBeNull();
	expect(browser.requests).toHaveLength(8);
});

describe.each(everyOperation)("$operation", ({ operation, run }) => {
	test.each([undefined, null, "client", 42, true, Symbol("client"), {}, [], () => {}])(
		"without a client (%o) is an invalid-input",
		async (client) => {
			const { data, error } = await run(client as never, "sent");
			expect(data).toBeNull();
			expect(error).toMatchObject({ kind: "invalid-input", operation });
		},
	);
});

test.each(everyOperation.filter(({ required, mutates }) => mutates && /^(status|success)\b/.test(required.join(" "))))(
	"$operation is no success where the server says that it did not do it",
	async ({ operation, path, required, run }) => {
		const { browser } = await people(["Ada"]);
		browser.answer(path, () =>
			Response.json({ status: true, message: "", backupCodes: [], [required[0] ?? ""]: false }),
		);
		expect((await run(openTab(browser, {}), "sent")).error).toMatchObject({ kind: "rejected", operation });
	},
);
