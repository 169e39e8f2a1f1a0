import { type BetterAuthClientPlugin, createAuthClient } from "better-auth/client";
import { anonymousClient, multiSessionClient } from "better-auth/client/plugins";
import { anonymous, multiSession } from "better-auth/plugins";
import { expect, test } from "vitest";
import { evenly } from "../../support/open-page.js";
import { openStore, openStoreOn, until } from "../../support/open-store.js";
import { type Browser, createBrowser, createRealServer, password, signUp } from "../../support/real-server.js";

// Set-ups and mishaps that were reported of Better Auth, each on a real server. docs/reports.md lists them.

type Options = Parameters<typeof createRealServer>[0];

/** People on a server that is set up so, the last one active, and a page. */
async function open(names: string[], options: Options, how: Parameters<typeof openStore>[1] = {}) {
	const server = createRealServer(options);
	const browser = createBrowser(server);
	await signUp(browser, ...names);
	return { server, browser, ...(await openStore(browser, how)) };
}
const shown = ({ store }: Pick<Awaited<ReturnType<typeof openStore>>, "store">) =>
	store.value?.sessions.map(({ active, user }) => user.name + (active ? "*" : ""));
const signIn = (browser: Browser, name: string) =>
	browser.openTab().signIn.email({ email: `${name.toLowerCase()}@example.com`, password });

/** What a key-value store such as Redis holds. */
function keyValueStore() {
	const kept = new Map<string, string>();
	const get = (key: string) => kept.get(key) ?? null;
	return {
		kept,
		secondaryStorage: {
			get,
			set: (key: string, value: string) => void kept.set(key, value),
			delete: (key: string) => void kept.delete(key),
			getAndDelete: (key: string) => {
				const value = get(key);
				kept.delete(key);
				return value;
			},
			increment: (key: string) => {
				const next = Number(get(key)) + 1;
				kept.set(key, String(next));
				return next;
			},
		},
	};
}

// https://github.com/better-auth/better-auth/issues/6184
test("an account that signs in again and again is one row, and its newest session is the one that works", async () => {
	const { browser, server, ...page } = await open(["Ada", "Bob"], {});
	for (let round = 0; round < 3; round += 1) await signIn(browser, "Bob");
	await page.store.refetch();
	expect([shown(page), server.sessions().length]).toEqual([["Ada", "Bob*"], 2]);
	expect((await page.store.setActive(page.row("Ada").id)).error).toBeNull();
	expect((await page.store.setActive(page.row("Bob").id)).error).toBeNull();
});

// https://github.com/better-auth/better-auth/issues/2007, https://github.com/better-auth/better-auth/issues/8819
test("sessions that are kept in a key-value store alone are listed, switched and signed out", async () => {
	const { secondaryStorage } = keyValueStore();
	const page = await open(["Ada", "Bob", "Cy"], { secondaryStorage });
	expect([shown(page), page.server.sessions()]).toEqual([["Ada", "Bob", "Cy*"], []]);
	expect(new Set(page.store.value?.sessions.map(({ id }) => id)).size).toBe(3);
	expect((await page.store.setActive(page.row("Ada").id)).data?.user.name).toBe("Ada");
	expect((await page.store.revoke(page.row("Ada").id)).error).toBeNull();
	expect((await page.store.signOutOthers()).error).toBeNull();
	expect(shown(page)).toEqual(["Cy*"]);
});

// https://github.com/better-auth/better-auth/issues/4203
test("an active session that the key-value store has dropped leaves the other accounts, and one of them can be made active", async () => {
	const { kept, secondaryStorage } = keyValueStore();
	const page = await open(["Ada", "Bob"], { secondaryStorage });
	kept.delete(page.browser.activeToken());
	await page.store.refetch();
	expect([shown(page), page.store.value?.error]).toEqual([["Ada"], null]);
	expect((await page.store.setActive(page.row("Ada").id)).error).toBeNull();
	expect(shown(page)).toEqual(["Ada*"]);
});

// https://github.com/better-auth/better-auth/issues/977
test("a server that limits the rate signs nobody out on the page, and is not asked again before it says so", async () => {
	const rateLimit = { enabled: true, window: 60, max: 100, customRules: { "/get-session": { window: 60, max: 2 } } };
	const { browser, ...page } = await open(["Ada", "Bob"], { rateLimit }, { clock: evenly() });
	let { error } = await page.store.refetch();
	for (let round = 0; round < 3 && !error; round += 1) ({ error } = await page.store.refetch());
	expect(error).toMatchObject({ kind: "rate-limited" });
	expect([shown(page), page.store.value?.retryAt === null]).toEqual([["Ada", "Bob*"], false]);
	expect(browser.cookies.size).toBe(3);
});

// https://github.com/better-auth/better-auth/pull/4505
test("with secure cookie names a sign-out of all leaves no cookie behind, and whoever comes next is alone", async () => {
	const { browser, ...page } = await open(["Ada", "Bob"], { advanced: { useSecureCookies: true } });
	expect([...browser.cookies.keys()].every((name) => name.startsWith("__Secure-"))).toBe(true);
	expect((await page.store.setActive(page.row("Ada").id)).error).toBeNull();
	expect((await page.store.signOutAll()).error).toBeNull();
	expect([...browser.cookies.keys()]).toEqual([]);
	await signIn(browser, "Bob");
	await page.store.refetch();
	expect(shown(page)).toEqual(["Bob*"]);
});

// https://github.com/better-auth/better-auth/issues/9177
test("a user too large for one cookie of the cookie cache is switched to and away from", async () => {
	const page = await open(["Ada", "Bob"], { session: { cookieCache: { enabled: true, maxAge: 300 } } });
	await page.client.updateUser({ image: `data:image/png;base64,${"A".repeat(9_000)}` });
	expect([...page.browser.cookies.keys()]).toContain("better-auth.session_data.0");
	for (const name of ["Ada", "Bob", "Ada"]) {
		expect((await page.store.setActive(page.row(name).id)).error).toBeNull();
		expect((await page.client.getSession()).data?.user.name).toBe(name);
		await page.store.refetch();
		expect(page.store.value?.active?.user.name).toBe(name);
	}
});

// https://github.com/better-auth/better-auth/issues/6799
test("where sessions are renewed by a POST, that of the account before does not come back after a switch", async () => {
	const session = { deferSessionRefresh: true, updateAge: 0 };
	const { browser, client, ...page } = await open(["Ada", "Bob"], { session });
	const renewal = browser.requests.length;
	await page.store.refetch();
	expect((await page.store.setActive(page.row("Ada").id)).error).toBeNull();
	await until(client.useSession, ({ data, isRefetching }) => data?.user.name === "Ada" && !isRefetching);
	await page.store.refetch();
	expect([shown(page), (await browser.openTab().getSession()).data?.user.name]).toEqual([["Ada*", "Bob"], "Ada"]);
	expect(browser.requests.slice(renewal)).toContain("POST /get-session");
});

// https://github.com/better-auth/better-auth/pull/5825
test("a guest becomes an account: the guest is gone, and the account alone is there", async () => {
	const server = createRealServer({ plugins: [anonymous(), multiSession()] });
	const browser = createBrowser(server);
	const openTab = () =>
		createAuthClient({ ...browser.clientOptions, plugins: [multiSessionClient(), anonymousClient()] });
	await openTab().signIn.anonymous();
	const { client, ...page } = await openStoreOn(browser, openTab);
	expect(shown(page)).toEqual(["Anonymous*"]);
	await client.signUp.email({ name: "Ada", email: "ada@example.com", password });
	await page.store.refetch();
	expect([shown(page), page.store.value?.error]).toEqual([["Ada*"], null]);
	expect((await page.store.signOutAll()).error).toBeNull();
});

// https://github.com/better-auth/better-auth/issues/4744
test("a client whose every answer fires the session signal costs one list, however often it asks who is active", async () => {
	const server = createRealServer({ session: { cookieCache: { enabled: true, maxAge: 300 } } });
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	const loop = {
		id: "loop",
		getActions: (_fetch, store) => {
			const onSuccess = () => void store.notify("$sessionSignal");
			return { again: onSuccess };
		},
	} satisfies BetterAuthClientPlugin;
	const openTab = () => createAuthClient({ ...browser.clientOptions, plugins: [multiSessionClient(), loop] });
	const { client, ...page } = await openStoreOn(browser, openTab, { clock: evenly() });
	const { session } = client.$store.atoms;
	let left = 20;
	await new Promise<void>((resolve) =>
		session?.subscribe(({ isRefetching }: { isRefetching: boolean }) => {
			if (isRefetching) return;
			left -= 1;
			if (left > 0) queueMicrotask(() => client.again());
			else resolve();
		}),
	);
	const lists = browser.requests.filter((line) => line.endsWith("/list-device-sessions"));
	expect([lists.length <= 1, shown(page)]).toEqual([true, ["Ada", "Bob*"]]);
});

// https://www.better-auth.com/docs/concepts/database#id-generation
test("ids that a database counts are rows as any others", async () => {
	const page = await open(["Ada", "Bob"], { advanced: { database: { generateId: "serial" } } });
	expect(shown(page)).toEqual(["Ada", "Bob*"]);
	expect((await page.store.setActive(page.row("Ada").id)).data?.user.name).toBe("Ada");
	expect((await page.store.revoke(page.row("Bob").id)).error).toBeNull();
	expect(shown(page)).toEqual(["Ada*"]);
});
