import { afterEach, describe, expect, test, vi } from "vitest";
import { MultiSession } from "../../../src/index.js";
import type { Browser } from "../../support/real-server.js";
import { browserWithoutServer, mutations, openThrowingTab, reads, signedIn } from "./every-operation.js";

type Tab = ReturnType<Browser["openTab"]>;

/**
 * Counts the session signal. Time stands still until it is asked for: Better Auth fires 10 ms after an answer. A second
 * one meanwhile would set the same value once more, which no listener notices: so what is set is counted as well.
 */
function listen(client: Tab | ReturnType<typeof openThrowingTab>) {
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

describe.each(mutations)("$operation", ({ path, run }) => {
	test("fires the session signal once", async () => {
		const { client, token } = await signedIn(["Ada", "Grace"]);
		const fired = listen(client);
		expect((await run(client, token("Ada"))).error).toBeNull();
		expect(await fired()).toBe(1);
	});

	test("fires the session signal once through a client made with throw: true", async () => {
		const { browser, token } = await signedIn(["Ada", "Grace"]);
		const client = openThrowingTab(browser);
		const fired = listen(client);
		expect((await run(client, token("Ada"))).error).toBeNull();
		expect(await fired()).toBe(1);
	});

	test("fires it once each time", async () => {
		const browser = browserWithoutServer();
		browser.answer(path, () => Response.json({ status: true }));
		const client = browser.openTab();
		const fired = listen(client);
		await run(client, "one");
		expect(await fired()).toBe(1);
		await run(client, "two");
		expect(await fired()).toBe(2);
	});

	test("keeps it still with disableSignal", async () => {
		const { client, token } = await signedIn(["Ada", "Grace"]);
		const fired = listen(client);
		expect((await run(client, token("Ada"), { fetchOptions: { disableSignal: true } })).error).toBeNull();
		expect(await fired()).toBe(0);
	});

	test("fires it once where the server has acted but its answer is unreadable", async () => {
		const browser = browserWithoutServer();
		browser.answer(path, () => new Response("<!doctype html>"));
		const client = browser.openTab();
		const fired = listen(client);
		expect((await run(client, "sent")).error?.applied).toBe(true);
		expect(await fired()).toBe(1);
	});

	test.each([
		["a refusal", () => Response.json({ code: "UNAUTHORIZED" }, { status: 401 })],
		["a failing server", () => new Response(null, { status: 500 })],
		["a dropped connection", () => new TypeError("fetch failed")],
	])("does not fire it after %s", async (_, how) => {
		const browser = browserWithoutServer();
		browser.answer(path, how);
		const client = browser.openTab();
		const fired = listen(client);
		expect((await run(client, "sent")).error).not.toBeNull();
		expect(await fired()).toBe(0);
	});

	test("does not fire it where nothing was sent", async () => {
		const client = browserWithoutServer().openTab();
		const fired = listen(client);
		await run(client, 42 as never);
		await run(client, "sent", { signal: AbortSignal.abort() });
		expect(await fired()).toBe(0);
	});
});

test.each(reads)("$operation does not fire the session signal", async ({ run }) => {
	const { client, token } = await signedIn(["Ada"]);
	const fired = listen(client);
	expect((await run(client, token("Ada"))).error).toBeNull();
	expect(await fired()).toBe(0);
});

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
