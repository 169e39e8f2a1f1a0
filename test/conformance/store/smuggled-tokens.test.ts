import * as v from "valibot";
import { expect, test } from "vitest";
import { openStore } from "../../support/open-store.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";

const list = "/multi-session/list-device-sessions";

interface Account {
	readonly session: { readonly id: string; readonly token: string };
	readonly user: { readonly id: string; readonly name: string };
}

/** Everything that can be reached from a value, as text. */
function everything(value: unknown, seen = new Set<unknown>()): string {
	if (typeof value !== "object" || value === null || seen.has(value)) return String(value);
	seen.add(value);
	return Reflect.ownKeys(value)
		.map((key) => `${String(key)}=${everything(Reflect.get(value, key), seen)}`)
		.join("\n");
}

async function openServer() {
	const server = createRealServer();
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	const tokens = server.sessions().map(({ token }) => String(token));
	/** Changes what this path answers. */
	const alter = <T>(path: string, change: (answer: T) => unknown) =>
		browser.answer(path, async (request) => Response.json(change(await (await browser.pass(request)).json())));
	/** The lines in which a token shows. */
	const leaks = (value: unknown) =>
		everything(value)
			.split("\n")
			.filter((line) => tokens.some((token) => line.includes(token)));
	return { browser, alter, leaks };
}

test("a token inside a longer word, as in a cookie's name or behind a prefix, is not kept", async () => {
	const { browser, alter, leaks } = await openServer();
	alter<Account[]>(list, (accounts) =>
		accounts.map(({ session, user }) => ({
			session: {
				...session,
				apiKey: `sk_${session.token}`,
				cookie: `better-auth.session_token_multi-${session.token}`,
				links: { [`link-${session.token}`]: true },
			},
			user,
		})),
	);
	const { store } = await openStore(browser);
	expect(store.value?.sessions).toHaveLength(2);
	expect(leaks(store.value)).toEqual([]);
});

test("an account that only get-session knows, in a shape of the app's own, does not bring its token under another name", async () => {
	const { browser, alter, leaks } = await openServer();
	alter<Account[]>(list, (accounts) => accounts.filter(({ user }) => user.name !== "Bob"));
	alter<Account>("/get-session", ({ session: { id, token }, user }) => ({
		session: { id, token, bearer: token },
		user: { id: user.id, nick: "Bobby", key: token },
	}));
	const { store } = await openStore(browser);
	expect(store.value?.active?.user).toMatchObject({ nick: "Bobby" });
	expect(leaks(store.value)).toEqual([]);
});

test("the token of whoever is active and not listed stands in no other account's row", async () => {
	const { browser, alter, leaks } = await openServer();
	const token = browser.activeToken();
	alter<Account[]>(list, (accounts) =>
		accounts
			.filter(({ user }) => user.name !== "Bob")
			.map(({ session, user }) => ({ session: { ...session, openedFrom: token }, user })),
	);
	const { store } = await openStore(browser);
	expect(store.value?.sessions.map(({ user }) => user.name)).toEqual(["Ada", "Bob"]);
	expect(leaks([store.value, store.actor.getSnapshot().context])).toEqual([]);
});

test("a schema that throws what it was given brings no token into an error", async () => {
	const { browser, leaks } = await openServer();
	const session = v.pipe(
		v.looseObject({}),
		v.check((given) => {
			throw new Error(`odd: ${JSON.stringify(given)}`);
		}),
	);
	const { store } = await openStore(browser, { schemas: { session } });
	expect(store.value?.error?.kind).toBe("callback");
	expect(leaks([store.value, store.actor.getSnapshot().context])).toEqual([]);
});

test("a field of ten million letters does not keep the accounts from being read", async () => {
	const { browser, alter } = await openServer();
	alter<Account[]>(list, (accounts) =>
		accounts.map(({ session, user }) => ({ session, user: { ...user, about: "x".repeat(10_000_000) } })),
	);
	const { store, names } = await openStore(browser);
	expect([store.value?.error, names()]).toEqual([null, ["Ada", "Bob"]]);
});
