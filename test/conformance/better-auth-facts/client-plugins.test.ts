import { type BetterAuthClientPlugin, createAuthClient } from "better-auth/client";
import { createAuthClient as createReactClient } from "better-auth/react";
import { createAuthClient as createSolidClient } from "better-auth/solid";
import { createAuthClient as createSvelteClient } from "better-auth/svelte";
import { createAuthClient as createVueClient } from "better-auth/vue";
import { atom } from "nanostores";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { createRoot } from "solid-js";
import { describe, expect, test, vi } from "vitest";
import { effectScope } from "vue";
import { createBrowser, createRealServer } from "../../support/real-server.js";
import { signedIn, tokenOf } from "../operations/every-operation.js";

// What a plugin of Better Auth's client can see and add. No operation of this package is called here.

const broken = () => new TypeError("Failed to fetch");

/** A plugin that notes each request and how it ended, by a fetch of its own around the one that is there. */
function noteRequests() {
	const noted: string[] = [];
	const heard: number[] = [];
	const plugin = {
		id: "note-requests",
		fetchPlugins: [
			{
				id: "note-requests",
				name: "note-requests",
				async init(url, options) {
					const send = options?.customFetchImpl ?? fetch;
					const customFetchImpl: typeof send = async (input, init) => {
						const path = new URL(input instanceof Request ? input.url : input).pathname.replace("/api/auth", "");
						try {
							const response = await send(input, init);
							noted.push(`${path} ${response.status}`);
							return response;
						} catch (error) {
							noted.push(`${path} ${String(error)}`);
							throw error;
						}
					};
					return { url, options: { ...options, customFetchImpl } };
				},
				hooks: {
					onError: ({ response }) => {
						heard.push(response.status);
					},
				},
			},
		],
	} satisfies BetterAuthClientPlugin;
	return { plugin, noted, heard };
}

async function open() {
	const { server, browser } = await signedIn(["Ada", "Grace"]);
	const { plugin, noted, heard } = noteRequests();
	const options = browser.clientOptions;
	const client = createAuthClient({ ...options, plugins: [...options.plugins, plugin] });
	// Safe: the session atom's value has a refetch, which the type of `atoms` leaves out.
	const session = client.$store.atoms["session"] as unknown as { readonly value: { refetch(): Promise<void> } };
	return { server, browser, client, session, noted, heard };
}

describe("a client plugin whose fetchPlugins[].init wraps customFetchImpl", () => {
	type Opened = Awaited<ReturnType<typeof open>>;

	test.each<[string, string, (opened: Opened) => Promise<unknown>]>([
		["a read", "/multi-session/list-device-sessions", ({ client }) => client.multiSession.listDeviceSessions()],
		[
			"a mutation",
			"/multi-session/set-active",
			({ client, server }) => client.multiSession.setActive({ sessionToken: tokenOf(server, "Ada") }),
		],
		["the session atom's get-session", "/get-session", ({ session }) => session.value.refetch()],
		["a call of $fetch", "/ok", ({ client }) => client.$fetch("/ok")],
	])("sees %s", async (_, path, run) => {
		const opened = await open();
		await run(opened);
		expect(opened.noted).toEqual([`${path} 200`]);
	});

	test("sees a failure that the server answers, and hooks.onError hears of it", async () => {
		const { client, noted, heard } = await open();
		expect((await client.multiSession.setActive({ sessionToken: "unknown" })).error?.status).toBe(401);
		expect(noted).toEqual(["/multi-session/set-active 401"]);
		expect(heard).toEqual([401]);
	});

	test("sees a fetch that throws, and hooks.onError does not hear of it", async () => {
		const { browser, client, session, noted, heard } = await open();
		browser.answer("/get-session", broken);
		await expect(client.getSession()).rejects.toThrow("Failed to fetch");
		await session.value.refetch();
		expect(noted).toEqual(Array(2).fill("/get-session TypeError: Failed to fetch"));
		expect(heard).toEqual([]);
	});
});

test("a fetch plugin's init is awaited: the request goes out when it resolves", async () => {
	const { browser } = await signedIn(["Ada"]);
	let go = () => {};
	const wait = new Promise<void>((resolve) => {
		go = resolve;
	});
	const init = vi.fn(async (url: string, options?: object) => {
		await wait;
		return { url, options: { ...options } };
	});
	const plugin = { id: "wait", fetchPlugins: [{ id: "wait", name: "wait", init }] } satisfies BetterAuthClientPlugin;
	const client = createAuthClient({ ...browser.clientOptions, plugins: [plugin] });
	const answer = client.getSession();
	await vi.waitFor(() => expect(init).toHaveBeenCalledOnce());
	expect(browser.requests).toEqual([]);
	go();
	expect((await answer).data?.user.name).toBe("Ada");
	expect(browser.requests).toEqual(["GET /get-session"]);
});

/** A React component, because a hook runs in nothing else. */
function Page({ read, show }: { read: () => unknown; show: (value: unknown) => void }) {
	show(read());
	return null;
}

describe("getActions of a client plugin", () => {
	const browser = createBrowser(createRealServer());

	test("gets $fetch, $store and the options that the client was made with", async () => {
		const getActions = vi.fn<NonNullable<BetterAuthClientPlugin["getActions"]>>(() => ({}));
		const options = { ...browser.clientOptions, plugins: [{ id: "looking", getActions }] };
		const client = createAuthClient(options);
		expect(getActions).toHaveBeenCalledOnce();
		const [$fetch, $store, given] = getActions.mock.lastCall ?? [];
		expect(await $fetch?.("/ok")).toEqual({ data: { ok: true }, error: null });
		expect($store?.atoms["session"]).toBe(client.$store.atoms["session"]);
		expect(given).toBe(options);
	});

	test.each([
		["is not copied: what is changed in it later is seen", [], "second"],
		["is copied where an earlier plugin has one of the same name", [{ nested: { other: () => {} } }], "first"],
	])("can hold a plain object, which %s", (_, before, expected) => {
		const actions = { nested: { run: () => "first" } };
		const earlier = before.map((given) => ({ id: "earlier", getActions: () => given }));
		const plugins = [...earlier, { id: "later", getActions: () => actions }];
		const client = createAuthClient({ ...browser.clientOptions, plugins });
		actions.nested.run = () => "second";
		// Safe: the actions of the later plugin, which no type says where the plugins are in a list of any length.
		const { nested } = client as unknown as typeof actions;
		expect(nested.run()).toBe(expected);
	});

	const $accounts = atom({ who: "Ada" });
	const plugin = {
		id: "accounts",
		getActions: (_, $store) => {
			$store.atoms["deviceAccounts"] = $accounts;
			return {};
		},
	} satisfies BetterAuthClientPlugin;
	const options = { ...browser.clientOptions, plugins: [plugin] };
	/** The hook that an atom of this name becomes. */
	const hookOf = <Hook>(client: object): Hook =>
		// Safe: the plugin adds it when it runs, which no type says.
		(client as { useDeviceAccounts: Hook }).useDeviceAccounts;

	test.each<[string, () => unknown]>([
		["better-auth/client, as the atom itself", () => hookOf<typeof $accounts>(createAuthClient(options)).get()],
		[
			"better-auth/svelte, as a function of the atom",
			() => hookOf<() => typeof $accounts>(createSvelteClient(options))().get(),
		],
		[
			"better-auth/react, as a hook",
			() => {
				const use = hookOf<() => object>(createReactClient(options));
				const shown: unknown[] = [];
				renderToString(createElement(Page, { read: use, show: (value) => shown.push(value) }));
				return shown[0];
			},
		],
		[
			"better-auth/vue, as a ref",
			() => effectScope().run(() => hookOf<() => { value: unknown }>(createVueClient(options))().value),
		],
		[
			"better-auth/solid, as an accessor",
			() =>
				createRoot((dispose) => {
					const shown = hookOf<() => () => unknown>(createSolidClient(options))()();
					dispose();
					return shown;
				}),
		],
	])("can add an atom to $store.atoms: `deviceAccounts` becomes useDeviceAccounts of %s", (_, read) => {
		expect(read()).toEqual({ who: "Ada" });
	});
});

describe("fetchOptions.retry", () => {
	const once = { type: "linear", attempts: 1, delay: 0 } as const;

	test.each([400, 401, 429, 500, 503])("repeats a mutation after %i", async (status) => {
		const { server, browser, client } = await open();
		const sent: string[] = [];
		browser.answer("/multi-session/set-active", async (request) => {
			sent.push(await request.clone().text());
			return sent.length === 1 ? Response.json({}, { status }) : browser.pass(request);
		});
		const sessionToken = tokenOf(server, "Ada");
		const { data } = await client.multiSession.setActive({ sessionToken, fetchOptions: { retry: once } });
		expect(data?.user.name).toBe("Ada");
		expect(sent).toEqual(Array(2).fill(JSON.stringify({ sessionToken })));
	});

	test("repeats nothing when no answer comes", async () => {
		const { browser, client } = await open();
		browser.answer("/multi-session/set-active", broken);
		const given = { sessionToken: "t", fetchOptions: { retry: once } };
		await expect(client.multiSession.setActive(given)).rejects.toThrow("Failed to fetch");
		expect(browser.requests).toEqual(["POST /multi-session/set-active"]);
	});
});
