import { afterEach, describe, expect, test, vi } from "vitest";
import { MultiSession, Organization, type Result, SignIn, TwoFactor } from "../../../src/index.js";
import { type IdentityTab, openIdentityTab } from "../../support/identity-server.js";
import { password } from "../../support/real-server.js";
import { enrol, mailOf, organize, people } from "../../support/scenes.js";
import { declared } from "./declared.js";
import { browserWithoutServer, everyOperation, openThrowingTab, signedIn } from "./every-operation.js";

/**
 * Counts the session signal. Time stands still until it is asked for: Better Auth fires 10 ms after an answer. A second
 * one meanwhile would set the same value once more, which no listener notices: so what is set is counted as well.
 */
function listen(client: IdentityTab | ReturnType<typeof openThrowingTab>) {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	const signal = client.$store.atoms["$sessionSignal"];
	if (!signal) throw new Error("no session signal");
	const set = vi.spyOn(signal, "set");
	let fired = 0;
	signal.listen(() => {
		fired++;
	});
	return async () => {
		await vi.advanceTimersByTimeAsync(10_000);
		expect(set).toHaveBeenCalledTimes(fired);
		return fired;
	};
}

afterEach(() => vi.useRealTimers());

describe.each(everyOperation.filter(({ signals }) => signals))("$name", ({ path, ready, run, sends }) => {
	test("fires the session signal once", async () => {
		const { browser, sent } = await ready();
		const client = openIdentityTab(browser);
		const fired = listen(client);
		expect((await run(client, sent)).error).toBeNull();
		expect(await fired()).toBe(1);
	});

	test("fires the session signal once through a client made with throw: true", async () => {
		const { browser, sent } = await ready();
		const client = openThrowingTab(browser);
		const fired = listen(client);
		expect((await run(client, sent)).error).toBeNull();
		expect(await fired()).toBe(1);
	});

	test("fires it once each time", async () => {
		const browser = browserWithoutServer();
		browser.answer(path, () => Response.json({ status: true }));
		const client = openIdentityTab(browser);
		const fired = listen(client);
		await run(client, "one");
		expect(await fired()).toBe(1);
		await run(client, "two");
		expect(await fired()).toBe(2);
	});

	test("keeps it still with disableSignal", async () => {
		const { browser, sent } = await ready();
		const client = openIdentityTab(browser);
		const fired = listen(client);
		expect((await run(client, sent, { fetchOptions: { disableSignal: true } })).error).toBeNull();
		expect(await fired()).toBe(0);
	});

	test("fires it once where the server has acted but its answer is unreadable", async () => {
		const browser = browserWithoutServer();
		browser.answer(path, () => new Response("<!doctype html>"));
		const client = openIdentityTab(browser);
		const fired = listen(client);
		expect((await run(client, "sent")).error?.kind).toBe("invalid-response");
		expect(await fired()).toBe(1);
	});

	test.each([
		["a refusal", () => Response.json({ code: "UNAUTHORIZED" }, { status: 401 })],
		["a failing server", () => new Response(null, { status: 500 })],
		["a dropped connection", () => new TypeError("fetch failed")],
	])("does not fire it after %s", async (_, how) => {
		const browser = browserWithoutServer();
		browser.answer(path, how);
		const client = openIdentityTab(browser);
		const fired = listen(client);
		expect((await run(client, "sent")).error).not.toBeNull();
		expect(await fired()).toBe(0);
	});

	test("does not fire it where nothing was sent", async () => {
		const client = openIdentityTab(browserWithoutServer());
		const fired = listen(client);
		if (sends) await run(client, 42 as never);
		await run(client, "sent", { signal: AbortSignal.abort() });
		expect(await fired()).toBe(0);
	});
});

test.each(everyOperation.filter(({ signals }) => !signals))(
	"$name does not fire the session signal",
	async ({ ready, run }) => {
		const { browser, sent } = await ready();
		const client = openIdentityTab(browser);
		const fired = listen(client);
		expect((await run(client, sent)).error).toBeNull();
		expect(await fired()).toBe(0);
	},
);

test("after the active account is revoked, Better Auth's own session shows the one that the server promoted", async () => {
	const { client, token } = await signedIn(["Ada", "Grace"]);
	const { session } = client.$store.atoms as unknown as { session: typeof client.useSession };
	const shown = (name: string) =>
		new Promise((resolve) => {
			const stop = session.subscribe(({ data }) => {
				if (data?.user.name === name) resolve(queueMicrotask(() => stop()));
			});
		});
	await session.get().refetch();
	await shown("Grace");
	const followed = shown("Ada");
	await MultiSession.Revoke(client, { sessionToken: token("Grace") });
	await followed;
	expect(session.get().data?.user.name).toBe("Ada");
});

test.each([
	[
		"a challenge in place of a sign-in",
		async () => enrol(await people(["Ada"])),
		SignIn.Email,
		{ email: mailOf("Ada"), password },
	],
	["two-factor by mail, which is on at once", () => people(["Ada"]), TwoFactor.Enable, { password, method: "otp" }],
	["no active organization", organize, Organization.SetActive, { organizationId: null }],
] as const)("%s is signalled once, as Better Auth does", async (_, open, operation, payload) => {
	const client = openIdentityTab((await open()).browser);
	const fired = listen(client);
	// Safe: each with its own payload.
	const { error } = await (operation as (client: IdentityTab, payload: object) => Promise<Result<unknown>>)(
		client,
		payload,
	);
	expect(error).toBeNull();
	expect(await fired()).toBe(1);
});

test("where the session changes, a signal is fired: by Better Auth, or else by the operation", () => {
	for (const { name, signals } of everyOperation) {
		const { mutatesSession, betterAuthSignals = false } = declared(name);
		expect([name, signals]).toEqual([name, mutatesSession || betterAuthSignals]);
	}
});
