import { describe, expect, test, vi } from "vitest";
import { namesOf } from "../../../src/device-sessions/tabs/names.js";
import type { DeviceSessionsOptions } from "../../../src/index.js";
import { settle } from "../../../src/testing/clock.js";
import { until } from "../../support/open-store.js";
import { keepStorage, openPluginPage, type PluginPage } from "../../support/plugin-page.js";
import { createBrowser, origin, password, signUp } from "../../support/real-server.js";
import { elsewhere, enrol, mailOf, must, people } from "../../support/scenes.js";
import { createClock } from "../../support/simulated-clock.js";
import { totp } from "../../support/totp.js";

const setActive = "POST /multi-session/set-active";

/** Cy has two factors. These people are on a device of their own, the last one active. */
async function openDevice(names: string[], options: DeviceSessionsOptions = {}) {
	keepStorage();
	const { server, uri } = await enrol(await people(["Cy"]));
	const browser = createBrowser(server);
	await signUp(browser, ...names);
	return { server, browser, uri, ...(await openPluginPage(browser, options)) };
}

/** Cy's password is taken, and a code is asked for. */
async function stopHalfWay({ client, store }: Pick<PluginPage, "client" | "store">) {
	await must(client.signIn.email({ email: mailOf("Cy"), password }));
	await until(store, ({ signingIn }) => signingIn !== null);
}
const verify = ({ client }: Pick<PluginPage, "client">, uri: string) =>
	client.twoFactor.verifyTotp({ code: totp(uri) });

describe("a sign-in that has stopped half-way", () => {
	test("says who was active, nobody is, and the page is not told; the code makes it one change", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		const bob = page.row("Bob");
		await must(page.client.signIn.email({ email: mailOf("Cy"), password }));
		// At once, not after a read.
		expect([page.from(), page.store.value?.active, page.shown()]).toEqual(["Bob", null, ["Ada", "Bob"]]);
		await page.rest();
		expect([page.from(), page.shown(), page.changes]).toEqual(["Bob", ["Ada", "Bob"], []]);
		expect(page.store.value?.signingIn?.from).toBe(page.row("Bob"));
		expect(page.row("Bob").id).toBe(bob.id);
		await must(verify(page, page.uri));
		await until(page.store, ({ active }) => active?.user.name === "Cy");
		await page.rest();
		expect([page.from(), page.shown(), page.changes]).toEqual([null, ["Ada", "Bob", "Cy*"], [["Bob", "Cy"]]]);
		expect(page.browser.requests).not.toContain(setActive);
	});

	test("stays so after a wrong code, and after a read; a refetch that finds nothing new tells nobody", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		await stopHalfWay(page);
		expect((await page.client.twoFactor.verifyTotp({ code: "000000" })).error?.status).toBe(401);
		await page.rest();
		const { $sessions, $active } = page.store;
		const heard = vi.fn();
		for (const store of [$sessions, $active]) store.listen(heard);
		await must(page.store.refetch());
		expect([page.from(), page.changes, heard.mock.calls]).toEqual(["Bob", [], []]);
		await must(verify(page, page.uri));
		await until(page.store, ({ active }) => active?.user.name === "Cy");
		expect(page.changes).toEqual([["Bob", "Cy"]]);
	});

	test("stays so where the code comes too late for the server, until it is started once more", async () => {
		const page = await openDevice(["Ada", "Bob"], { whenActiveLost: "promote" });
		await stopHalfWay(page);
		await page.rest();
		// It lasts ten minutes there.
		for (const name of page.browser.cookies.keys()) if (name.includes("two_factor")) page.browser.cookies.delete(name);
		expect((await verify(page, page.uri)).error?.status).toBe(401);
		await page.rest();
		expect([page.from(), page.shown(), page.changes]).toEqual(["Bob", ["Ada", "Bob"], []]);
		await stopHalfWay(page);
		await must(verify(page, page.uri));
		await until(page.store, ({ active }) => active?.user.name === "Cy");
		expect([page.from(), page.changes]).toEqual([null, [["Bob", "Cy"]]]);
	});

	test("stays so where its answer is lost, until a read finds who has come", async () => {
		const page = await openDevice(["Ada", "Bob"], { whenActiveLost: "promote" });
		await stopHalfWay(page);
		await page.rest();
		const back = page.browser.answer("/two-factor/verify-totp", () => new TypeError("no network"));
		await verify(page, page.uri).catch(() => {});
		await page.rest();
		expect([page.from(), page.shown()]).toEqual(["Bob", ["Ada", "Bob"]]);
		back();
		page.browser.answer("/two-factor/verify-totp", async (request) => {
			await page.browser.pass(request);
			throw new TypeError("no network");
		});
		await verify(page, page.uri).catch(() => {});
		await until(page.store, ({ active }) => active?.user.name === "Cy");
		expect([page.from(), page.changes]).toEqual([null, [["Bob", "Cy"]]]);
	});

	test("stays so where a page of HTML stands in for the answer to a code", async () => {
		const page = await openDevice(["Ada", "Bob"], { whenActiveLost: "promote" });
		await stopHalfWay(page);
		page.browser.answer(
			"/two-factor/verify-totp",
			() => new Response("<p>Sign in to this network</p>", { headers: { "content-type": "text/html" } }),
		);
		await verify(page, page.uri);
		await page.rest();
		expect([page.from(), page.shown()]).toEqual(["Bob", ["Ada", "Bob"]]);
	});

	test("behind another sign-in that came late, in the middle of it, does not say who was active", async () => {
		const page = await openDevice(["Ada", "Bob"], { timeout: 100 });
		const { browser, client, store } = page;
		await elsewhere(page, "Eve");
		const late = browser.hold("/sign-in/email");
		const eve = client.signIn.email({ email: mailOf("Eve"), password });
		const held = await late;
		// It keeps nobody out any more.
		await vi.waitUntil(() => store.actor.getSnapshot().context.calls.some(({ overdue }) => overdue));
		await must(store.refetch());
		const next = browser.hold("/sign-in/email");
		const cy = client.signIn.email({ email: mailOf("Cy"), password });
		const stopped = await next;
		await held.release();
		await must(eve);
		await stopped.release();
		await must(cy);
		await until(store, ({ signingIn }) => signingIn !== null);
		expect(store.value?.signingIn).toEqual({ from: null });
	});

	test("asked for once more, goes back to who was active before the first time", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		await stopHalfWay(page);
		await page.rest();
		await stopHalfWay(page);
		await page.rest();
		expect(page.from()).toBe("Bob");
		expect((await page.store.cancelSignIn()).data?.user.name).toBe("Bob");
	});

	test("after a wrong password, with nobody looking at the store, goes back to who was active", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		await page.close();
		const next = await openPluginPage(page.browser);
		await next.client.signIn.email({ email: mailOf("Cy"), password: "wrong" });
		await stopHalfWay(next);
		expect(next.from()).toBe("Bob");
	});

	test("where nobody was active before says so", async () => {
		const page = await openDevice([]);
		await stopHalfWay(page);
		expect(page.store.value?.signingIn).toEqual({ from: null });
		await must(verify(page, page.uri));
		await until(page.store, ({ active }) => active?.user.name === "Cy");
		expect(page.changes).toEqual([[null, "Cy"]]);
	});

	test("ends with another sign-in, of somebody without two factors", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		await elsewhere(page, "Eve");
		await stopHalfWay(page);
		await page.rest();
		await must(page.client.signIn.email({ email: mailOf("Eve"), password }));
		await until(page.store, ({ active }) => active?.user.name === "Eve");
		expect([page.from(), page.changes]).toEqual([null, [["Bob", "Eve"]]]);
	});

	test("ends with a switch, which is what the page is told", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		await stopHalfWay(page);
		expect((await page.store.setActive(page.row("Ada").id)).error).toBeNull();
		await page.rest();
		expect([page.from(), page.shown(), page.changes]).toEqual([null, ["Ada*", "Bob"], [["Bob", "Ada"]]]);
	});

	test("ends with a revoke that needs an active account", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		await stopHalfWay(page);
		expect((await page.store.revoke(page.row("Bob").id)).error).toBeNull();
		await page.rest();
		expect([page.from(), page.shown(), page.changes]).toEqual([null, ["Ada*"], [["Bob", "Ada"]]]);
	});

	test("ends with the revoke of the only account", async () => {
		const page = await openDevice(["Ada"]);
		await stopHalfWay(page);
		expect((await page.store.revoke(page.row("Ada").id)).error).toBeNull();
		await page.rest();
		expect([page.from(), page.shown(), page.changes]).toEqual([null, [], [["Ada", null]]]);
	});

	test("ends with signOutAll", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		await stopHalfWay(page);
		expect((await page.store.signOutAll()).error).toBeNull();
		expect([page.from(), page.shown(), page.changes]).toEqual([null, [], [["Bob", null]]]);
		await page.rest();
		expect([page.from(), page.changes]).toEqual([null, [["Bob", null]]]);
	});

	test("ends with a sign-out of all, though its answer is lost, and goes on after one that did not get through", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		await stopHalfWay(page);
		const back = page.browser.answer("/sign-out", () => new TypeError("no network"));
		expect((await page.store.signOutAll()).error?.kind).toBe("network");
		await page.rest();
		expect([page.from(), page.shown(), page.changes]).toEqual(["Bob", ["Ada", "Bob"], []]);
		back();
		page.browser.answer("/sign-out", async (request) => {
			await page.browser.pass(request);
			throw new TypeError("no network");
		});
		expect((await page.store.signOutAll()).error).toBeNull();
		expect([page.store.value?.signingIn, page.shown(), page.changes]).toEqual([null, [], [["Bob", null]]]);
		await page.rest();
		expect([page.store.value?.signingIn, page.shown(), page.changes]).toEqual([null, [], [["Bob", null]]]);
	});

	test("is given up after ten minutes: then the page is told, and the code comes too late or makes a change of its own", async () => {
		const clock = createClock();
		const page = await openDevice(["Ada", "Bob"], { clock });
		await must(page.client.signIn.email({ email: mailOf("Cy"), password }));
		clock.advance(1_100);
		await page.rest();
		clock.advance(590_000);
		await page.rest();
		expect([page.from(), page.changes]).toEqual(["Bob", []]);
		clock.advance(10_000);
		await until(page.store, ({ signingIn }) => signingIn === null);
		expect([page.shown(), page.store.value?.active, page.changes]).toEqual([["Ada", "Bob"], null, [["Bob", null]]]);
		await must(verify(page, page.uri));
		clock.advance(1_100);
		await until(page.store, ({ active }) => active?.user.name === "Cy");
		expect(page.changes).toEqual([
			["Bob", null],
			[null, "Cy"],
		]);
	});
});

describe("a page that is loaded while a sign-in is half-way", () => {
	test("knows of it, tells of no change, and of one when the code comes", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		await stopHalfWay(page);
		await page.close();
		const next = await openPluginPage(page.browser, { whenActiveLost: "promote" });
		await next.store.refetch();
		expect([next.from(), next.shown(), next.changes]).toEqual(["Bob", ["Ada", "Bob"], []]);
		await must(verify(next, page.uri));
		await until(next.store, ({ active }) => active?.user.name === "Cy");
		expect([next.from(), next.changes]).toEqual([null, [["Bob", "Cy"]]]);
	});

	test("can cancel it, which is no change", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		await stopHalfWay(page);
		await page.close();
		const next = await openPluginPage(page.browser);
		expect((await next.store.cancelSignIn()).data?.user.name).toBe("Bob");
		await next.rest();
		expect([next.from(), next.shown(), next.changes]).toEqual([null, ["Ada", "Bob*"], []]);
	});
});

describe("another tab", () => {
	test.each(["report", "promote"] as const)("with %s follows: half-way, and whoever comes", async (whenActiveLost) => {
		const page = await openDevice(["Ada", "Bob"], { whenActiveLost });
		const other = await openPluginPage(page.browser, { whenActiveLost });
		await stopHalfWay(page);
		await until(other.store, ({ signingIn }) => signingIn !== null);
		expect([other.from(), other.shown(), other.changes]).toEqual(["Bob", ["Ada", "Bob"], []]);
		await Promise.all([page.rest(), other.rest()]);
		await other.store.refetch();
		await must(verify(page, page.uri));
		await until(other.store, ({ active }) => active?.user.name === "Cy");
		expect([other.from(), other.changes, page.changes]).toEqual([null, [["Bob", "Cy"]], [["Bob", "Cy"]]]);
		expect(page.browser.requests).not.toContain(setActive);
	});

	test.each(["report", "promote"] as const)(
		"with %s switches meanwhile: the first one follows",
		async (whenActiveLost) => {
			const page = await openDevice(["Ada", "Bob"], { whenActiveLost });
			const other = await openPluginPage(page.browser, { whenActiveLost });
			await stopHalfWay(page);
			await until(other.store, ({ signingIn }) => signingIn !== null);
			expect((await other.store.setActive(other.row("Ada").id)).error).toBeNull();
			await until(page.store, ({ active }) => active?.user.name === "Ada");
			await Promise.all([page.rest(), other.rest()]);
			const change = [["Bob", "Ada"]];
			expect([page.from(), other.from(), page.changes, other.changes]).toEqual([null, null, change, change]);
			// The code is for somebody who is not asked for one any more.
			expect((await verify(page, page.uri)).error?.code).toBe("TOTP_NOT_ENABLED");
			await page.rest();
			expect([page.shown(), page.changes]).toEqual([["Ada*", "Bob"], change]);
		},
	);

	test("that is loaded meanwhile knows of it, and whoever comes makes one change of it", async () => {
		const page = await openDevice(["Ada", "Bob"], { whenActiveLost: "promote" });
		await stopHalfWay(page);
		await page.rest();
		const other = await openPluginPage(page.browser, { whenActiveLost: "promote" });
		await other.rest();
		expect([other.from(), other.shown(), other.changes]).toEqual(["Bob", ["Ada", "Bob"], []]);
		await must(verify(page, page.uri));
		await until(other.store, ({ active }) => active?.user.name === "Cy");
		expect([other.changes, page.changes]).toEqual([[["Bob", "Cy"]], [["Bob", "Cy"]]]);
		expect(page.browser.requests).not.toContain(setActive);
	});

	test("cancels it, and the first one follows", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		const other = await openPluginPage(page.browser);
		await stopHalfWay(page);
		expect((await other.store.cancelSignIn()).data?.user.name).toBe("Bob");
		await until(page.store, ({ active }) => active?.user.name === "Bob");
		expect([page.from(), other.from(), page.changes, other.changes]).toEqual([null, null, [], []]);
	});

	test("that has just switched does not make its switch again", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		const other = await openPluginPage(page.browser);
		await must(other.store.setActive(other.row("Ada").id));
		await must(page.client.signIn.email({ email: mailOf("Cy"), password }));
		await until(other.store, ({ signingIn }) => signingIn !== null);
		await Promise.all([page.rest(), other.rest()]);
		expect(page.browser.requests.filter((path) => path === setActive)).toHaveLength(1);
		expect([page.from(), other.from()]).toEqual(["Ada", "Ada"]);
		await must(verify(page, page.uri));
	});
});

describe("cancelSignIn", () => {
	test("makes the account from before active again, in one switch, and tells of no change", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		await stopHalfWay(page);
		await page.rest();
		page.browser.count();
		const { data } = await page.store.cancelSignIn();
		expect(data).toBe(page.row("Bob"));
		expect([page.from(), page.shown()]).toEqual([null, ["Ada", "Bob*"]]);
		await page.rest();
		expect([page.shown(), page.changes]).toEqual([["Ada", "Bob*"], []]);
		expect(page.browser.count()).toEqual({ [setActive]: 1, "GET /get-session": 1 });
		expect((await verify(page, page.uri)).error?.code).toBe("TOTP_NOT_ENABLED");
	});

	test("with nothing half-way returns the active account and sends nothing", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		page.browser.count();
		expect(await page.store.cancelSignIn()).toEqual({ data: page.row("Bob"), error: null });
		await settle();
		expect(page.browser.count()).toEqual({});
	});

	test("where nobody was active before only ends it", async () => {
		const page = await openDevice([]);
		await stopHalfWay(page);
		await page.rest();
		expect(await page.store.cancelSignIn()).toEqual({ data: null, error: null });
		expect(page.from()).toBeNull();
		await page.rest();
		expect([page.from(), page.changes]).toEqual([null, []]);
		expect(page.browser.requests).not.toContain(setActive);
	});

	test("in a tab that has not heard of it returns nobody, where it is not known who was active before", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		const other = await openPluginPage(page.browser);
		await must(page.client.signIn.email({ email: mailOf("Cy"), password }));
		const key = namesOf(`${origin}/api/auth`)("half-way");
		const [since] = localStorage.getItem(key)?.split("\n") ?? [];
		localStorage.setItem(key, `${since}\n`);
		expect([since, other.store.value?.active?.user.name]).toEqual([expect.stringMatching(/^\d+$/), "Bob"]);
		expect(await other.store.cancelSignIn()).toEqual({ data: null, error: null });
	});

	test.each(["read", "not read"])(
		"of somebody whose session is gone meanwhile (%s) is an error and ends it",
		async (how) => {
			const page = await openDevice(["Ada", "Bob"]);
			const bob = page.row("Bob").id;
			await stopHalfWay(page);
			await page.rest();
			page.server.end(bob);
			if (how === "read") {
				await page.store.refetch();
				expect(page.store.value?.signingIn).toEqual({ from: null });
			}
			const { error } = await page.store.cancelSignIn();
			expect(error).toMatchObject(
				how === "read" ? { kind: "unknown-session", operation: "cancelSignIn" } : { kind: "session-gone" },
			);
			expect(page.from()).toBeNull();
			await page.rest();
			expect([page.from(), page.shown(), page.changes]).toEqual([null, ["Ada"], [["Bob", null]]]);
			expect(page.store.value?.error?.kind).toBe(error?.kind);
		},
	);

	test("that gets no answer leaves it half-way: it can be asked for again", async () => {
		const page = await openDevice(["Ada", "Bob"]);
		await stopHalfWay(page);
		await page.rest();
		const back = page.browser.answer("/multi-session/set-active", () => new TypeError("no network"));
		expect((await page.store.cancelSignIn()).error?.kind).toBe("network");
		expect(page.from()).toBe("Bob");
		back();
		expect((await page.store.cancelSignIn()).data?.user.name).toBe("Bob");
	});

	test("asks onBeforeSwitch, which may refuse", async () => {
		const onBeforeSwitch = vi.fn(() => false);
		const page = await openDevice(["Ada", "Bob"], { onBeforeSwitch });
		await stopHalfWay(page);
		expect((await page.store.cancelSignIn()).error).toMatchObject({ kind: "refused", operation: "cancelSignIn" });
		expect(onBeforeSwitch.mock.calls).toMatchObject([[{ from: null, to: { user: { name: "Bob" } } }]]);
		expect(page.from()).toBe("Bob");
	});

	test("after destroy answers destroyed", async () => {
		const page = await openDevice(["Ada"]);
		await page.store.destroy();
		expect((await page.store.cancelSignIn()).error?.kind).toBe("destroyed");
	});
});
