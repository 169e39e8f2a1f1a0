import { createAuthClient } from "better-auth/client";
import { organizationClient } from "better-auth/client/plugins";
import { multiSession, organization } from "better-auth/plugins";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions, type DeviceSessionsOptions, deviceSessionsClient } from "../../../src/index.js";
import { createTestDevice, settle } from "../../../src/testing/index.js";
import { gate } from "../../support/callbacks.js";
import { pretendBrowser, until } from "../../support/open-store.js";
import {
	type Browser,
	createBrowser,
	createRealServer,
	password,
	type RealServer,
	signUp,
} from "../../support/real-server.js";
import { createClock } from "../../support/simulated-clock.js";

const emailOf = (name: string) => `${name.toLowerCase()}@example.com`;
const newcomer = (name: string) => ({ name, email: emailOf(name), password });
const setActive = "POST /multi-session/set-active";

/** A client with the plugin, whose store is looked at and loaded. */
async function openPlugin(browser: Browser, options: DeviceSessionsOptions = {}) {
	if (typeof window === "undefined") pretendBrowser();
	const client = createAuthClient({
		...browser.clientOptions,
		plugins: [deviceSessionsClient(options), organizationClient()],
	});
	const store = client.deviceSessions;
	const stop = store.subscribe(() => {});
	onTestFinished(async () => {
		stop();
		await store.destroy();
	});
	await until(store, ({ isPending, error }) => !isPending || error !== null);
	browser.requests.length = 0;
	const row = (name: string) => {
		const found = store.value?.sessions.find(({ user }) => user.name === name);
		if (!found) throw new Error(`${name} is not on this device`);
		return found;
	};
	return {
		client,
		store,
		row,
		/** Whom the page shows, the active one with a star. */
		shown: () => store.value?.sessions.map(({ active, user }) => `${user.name}${active ? "*" : ""}`),
		/** Until nothing is under way, and nothing is waited for. */
		rest: () =>
			vi.waitUntil(
				() => {
					const { context, value } = store.actor.getSnapshot();
					const isAtRest = value === "idle" && !context.check && context.dueAt === null;
					return isAtRest && context.calls.length === 0 && !client.$store.atoms["session"]?.value?.isRefetching;
				},
				{ timeout: 10_000, interval: 20 },
			),
	};
}

type ServerOptions = Parameters<typeof createRealServer>[0];

/** These people signed in on one device of a real server, the last one active, and a page with the plugin. */
async function open(people: readonly string[], options: DeviceSessionsOptions = {}, serverOptions: ServerOptions = {}) {
	const server = createRealServer(serverOptions);
	const browser = createBrowser(server);
	await signUp(browser, ...people);
	return { server, browser, ...(await openPlugin(browser, options)) };
}

const sessionsOf = ({ db, sessions }: RealServer, name: string) => {
	const user = (db["user"] ?? []).find(({ email }) => email === emailOf(name));
	return sessions().filter(({ userId }) => userId === user?.["id"]);
};

/** Who requests go out as. */
const cookieOf = ({ server, browser }: { server: RealServer; browser: Browser }): string | undefined =>
	(server.db["user"] ?? [])
		.map(({ name }) => String(name))
		.find((name) => sessionsOf(server, name).some(({ token }) => token === browser.activeToken()));

/** Whose sessions are valid on the server. */
const signedIn = (server: RealServer): string[] =>
	(server.db["user"] ?? []).map(({ name }) => String(name)).filter((name) => sessionsOf(server, name).length > 0);

/** Somebody's session becomes due for renewal: the next authenticated answer brings its cookie again. */
function ripen(server: RealServer, name: string): void {
	for (const session of sessionsOf(server, name)) session["expiresAt"] = new Date(Date.now() + 5 * 86_400_000);
}

/** The next call to this path goes out with the cookies of now; the server acts, and answers, once it is let go. */
function delay(browser: Browser, path: string) {
	const sent = gate();
	const passage = gate();
	const restore = browser.answer(path, async (request) => {
		restore();
		const cookie = browser.cookieHeader();
		sent.open();
		await passage.passed;
		return browser.pass(request, cookie);
	});
	return { sent: sent.passed, letGo: passage.open };
}

describe("a command right after a sign-in of the app's", () => {
	test.each([0, 20, 100])("a switch loses nobody, at %i ms a round trip", async (ms) => {
		const device = await open(["Ada", "Bob"]);
		const { client, store, row, shown, rest } = device;
		for (const path of ["/sign-up/email", "/get-session", "/multi-session/list-device-sessions"])
			device.browser.answer(path, async (request) => {
				const answer = await device.browser.pass(request);
				await new Promise((resolve) => setTimeout(resolve, ms));
				return answer;
			});
		const ada = row("Ada").id;
		await client.signUp.email(newcomer("Cy"));
		expect((await store.setActive(ada)).error).toBeNull();
		await rest();
		expect(shown()).toEqual(["Ada*", "Bob", "Cy"]);
		expect(cookieOf(device)).toBe("Ada");
	});

	test("a switch away from an account beyond the limit is refused, and that account stays active", async () => {
		const device = await open(["Ada", "Bob"], {}, { maximumSessions: 2 });
		const { client, store, row, shown, rest } = device;
		const ada = row("Ada").id;
		await client.signUp.email(newcomer("Cy"));
		expect((await store.setActive(ada)).error).toMatchObject({ kind: "active-unlisted", operation: "setActive" });
		await rest();
		expect(shown()).toEqual(["Ada", "Bob", "Cy*"]);
		expect(cookieOf(device)).toBe("Cy");
	});

	test("the account that was active before is signed out, and the newcomer stays active", async () => {
		const device = await open(["Ada", "Bob"], {}, { maximumSessions: 2 });
		const { client, store, row, shown, rest } = device;
		const bob = row("Bob").id;
		await client.signUp.email(newcomer("Cy"));
		const { data } = await store.revoke(bob);
		expect(data).toMatchObject({ revoked: bob, active: { user: { name: "Cy" } } });
		await rest();
		expect(shown()).toEqual(["Ada", "Cy*"]);
		expect([cookieOf(device), signedIn(device.server)]).toEqual(["Cy", ["Ada", "Cy"]]);
	});

	test("the others, the one that was active before included, are signed out", async () => {
		const device = await open(["Ada", "Bob"], {}, { maximumSessions: 2 });
		const { client, store, row, shown, rest } = device;
		const others = [row("Ada").id, row("Bob").id];
		await client.signUp.email(newcomer("Cy"));
		expect((await store.signOutOthers()).data?.revoked).toEqual(others);
		await rest();
		expect(shown()).toEqual(["Cy*"]);
		expect(signedIn(device.server)).toEqual(["Cy"]);
	});
});

test.each([0, 50, 150])(
	"a sign-in beyond the limit in a window without a store is found when somebody comes back, and clicks %i ms later",
	async (ms) => {
		const page = Object.assign(new EventTarget(), {
			document: Object.assign(new EventTarget(), { visibilityState: "visible" }),
			navigator: { onLine: true },
		});
		vi.stubGlobal("window", page);
		onTestFinished(() => void vi.unstubAllGlobals());
		const clock = createClock();
		const device = await open(["Ada", "Bob"], { clock }, { maximumSessions: 2 });
		const { browser, store, row, shown } = device;
		await browser.openTab().signUp.email(newcomer("Cy"));
		clock.advance(2_000);
		page.dispatchEvent(new Event("focus"));
		if (ms > 0) {
			clock.advance(ms);
			await settle();
		}
		expect((await store.setActive(row("Ada").id)).error?.kind).toBe("active-unlisted");
		expect(shown()).toEqual(["Ada", "Bob", "Cy*"]);
		expect(cookieOf(device)).toBe("Cy");
	},
);

describe("an unlisted account that somebody signs in over, right before it was to be signed out", () => {
	const crowded = async () => {
		const device = await open(["Ada", "Bob"], {}, { maximumSessions: 1 });
		expect(device.row("Bob")).toMatchObject({ active: true, listed: false });
		const ids = { ada: device.row("Ada").id, bob: device.row("Bob").id };
		await device.client.signUp.email(newcomer("Cy"));
		return { ...device, ...ids };
	};

	test("is not said to be signed out by its revoke, being out of reach and valid", async () => {
		const { server, store, bob } = await crowded();
		const { error } = await store.revoke(bob);
		expect([error === null, signedIn(server).includes("Bob")]).not.toEqual([true, true]);
	});

	test("is not said to be left by a switch", async () => {
		const device = await crowded();
		const { data, error } = await device.store.setActive(device.ada, { leaveUnlisted: true });
		await device.rest();
		// Whatever it answers is true: an error, with the newcomer active, or a switch that has left nobody it knew of behind.
		expect(cookieOf(device)).toBe(error ? "Cy" : "Ada");
		expect(error ? null : data?.user.name).toBe(error ? null : "Ada");
		expect(signedIn(device.server).includes("Cy")).toBe(error !== null);
		expect(device.shown()).toEqual(error ? ["Ada", "Cy*"] : ["Ada*"]);
	});
});

describe("success is what the server says it did", () => {
	test("a revoke that was answered with a status of false is an error, and the account stays", async () => {
		const { browser, store, row, shown, rest } = await open(["Ada", "Bob"]);
		browser.answer("/multi-session/revoke", () => Response.json({ status: false }));
		expect((await store.revoke(row("Ada").id)).error).not.toBeNull();
		await rest();
		expect(shown()).toEqual(["Ada", "Bob*"]);
	});

	test("so is each of the others that are signed out", async () => {
		const { browser, store, shown, rest } = await open(["Ada", "Bob", "Cy"]);
		browser.answer("/multi-session/revoke", () => Response.json({ status: false }));
		expect((await store.signOutOthers()).error).not.toBeNull();
		await rest();
		expect(shown()).toEqual(["Ada", "Bob", "Cy*"]);
	});

	test("so is a sign-out of all that was answered with a success of false", async () => {
		const { browser, store, shown, rest } = await open(["Ada", "Bob"]);
		browser.answer("/sign-out", () => Response.json({ success: false }));
		expect((await store.signOutAll()).error).not.toBeNull();
		await rest();
		expect(shown()).toEqual(["Ada", "Bob*"]);
	});
});

test.each([60, 200])(
	"a switch in one tab during a sign-in in another shows the same in both, where a list takes %i ms",
	async (ms) => {
		const device = createTestDevice({
			accounts: ["Ada", "Bob"],
			createClient: ({ baseURL, fetchOptions }) =>
				createAuthClient({ baseURL, fetchOptions, plugins: [deviceSessionsClient()] }),
		});
		const [here, there] = [device.client.deviceSessions, device.openTab().client.deviceSessions];
		for (const store of [here, there]) {
			store.subscribe(() => {});
			onTestFinished(() => store.destroy());
		}
		await settle();
		await device.clock.advance(2_000);
		device.disturb("/multi-session/list-device-sessions", { lag: ms }, 20);
		device.disturb("/sign-up/email", { delay: 10, lag: 10 });
		device.disturb("/multi-session/set-active", { delay: 10, lag: 20 });
		const signedUp = device.client.signUp.email({ ...newcomer("Cy"), password: device.password });
		const switched = there.setActive(there.value?.sessions.find(({ user }) => user.name === "Ada")?.id ?? "");
		await device.clock.advance(5_000);
		expect([(await signedUp).error, (await switched).error]).toEqual([null, null]);
		const cookie = device.rows().find(({ active }) => active)?.name;
		expect([here.value?.active?.user.name, there.value?.active?.user.name]).toEqual([cookie, cookie]);
	},
);

describe("a call of the app's that is on its way while a switch goes, and ends after it", () => {
	/** Ada and Bob, active, whose session is due for renewal where that is said. */
	async function crossing({ isDue = false, ...serverOptions }: ServerOptions & { isDue?: boolean } = {}) {
		const device = await open(["Ada", "Bob"], {}, serverOptions);
		if (isDue) ripen(device.server, "Bob");
		return device;
	}
	type Device = Awaited<ReturnType<typeof crossing>>;

	/** Sends the call, switches, lets the call end: who is active then, on the page, in the cookie and in `useSession`. */
	async function cross(device: Device, path: string, call: () => Promise<unknown>) {
		const { browser, client, store, row, rest } = device;
		const late = delay(browser, path);
		const called = call();
		await late.sent;
		const switched = store.setActive(row("Ada").id);
		expect((await switched).error).toBeNull();
		late.letGo();
		await called;
		await rest();
		const { data } = client.useSession.value ?? {};
		return {
			active: [store.value?.active?.user.name, cookieOf(device), data?.user.name],
			error: store.value?.error,
			switches: browser.requests.filter((line) => line === setActive).length,
		};
	}
	const madeAgain = { active: ["Ada", "Ada", "Ada"], error: null, switches: 2 };

	test("getSession, of a session that is due for renewal: the switch is made once more", async () => {
		const device = await crossing({ isDue: true });
		expect(await cross(device, "/get-session", () => device.client.getSession())).toEqual(madeAgain);
	});

	test("another look of the app's, of such a session: the switch is made once more", async () => {
		const device = await crossing({ isDue: true });
		expect(await cross(device, "/list-sessions", () => device.client.listSessions())).toEqual(madeAgain);
	});

	test("updateUser: the switch is made once more", async () => {
		const device = await crossing();
		const call = () => device.client.updateUser({ image: "https://example.com/bob.png" });
		expect(await cross(device, "/update-user", call)).toEqual(madeAgain);
		expect(device.server.db["user"]?.map(({ image }) => image ?? null)).toEqual([null, "https://example.com/bob.png"]);
	});

	test("updateUser, whose own session signal comes late in a busy page: the switch is made once more", async () => {
		const device = await crossing();
		const call = async () => {
			const answer = await device.client.updateUser({ image: "https://example.com/bob.png" });
			// Better Auth fires the signal 10 ms after the answer, and not before this is over.
			for (const began = performance.now(); performance.now() - began < 300; );
			return answer;
		};
		expect(await cross(device, "/update-user", call)).toEqual(madeAgain);
	});

	test("changeEmail: the switch is made once more", async () => {
		const device = await crossing({ user: { changeEmail: { enabled: true, updateEmailWithoutVerification: true } } });
		const { server, browser, client } = device;
		const late = delay(browser, "/change-email");
		const called = client.changeEmail({ newEmail: "robert@example.com" });
		await late.sent;
		expect((await device.store.setActive(device.row("Ada").id)).error).toBeNull();
		late.letGo();
		expect((await called).error).toBeNull();
		await device.rest();
		expect(browser.activeToken()).toBe(sessionsOf(server, "Ada")[0]?.["token"]);
		expect([device.shown(), device.store.value?.error]).toEqual([["Ada*", "Bob"], null]);
		expect(browser.requests.filter((line) => line === setActive)).toHaveLength(2);
	});

	test("organization.setActive: the switch is made once more", async () => {
		const device = await openWithOrganization();
		const call = () => device.client.organization.setActive({ organizationId: null });
		expect(await cross(device, "/organization/set-active", call)).toEqual(madeAgain);
	});

	test.each([true, false])(
		"changePassword, with revokeOtherSessions %s: the switch waits for it",
		async (everywhere) => {
			const device = await crossing();
			const { browser, client, store, row, shown, rest } = device;
			const late = delay(browser, "/change-password");
			const called = client.changePassword({
				currentPassword: password,
				newPassword: `${password}!`,
				revokeOtherSessions: everywhere,
			});
			await late.sent;
			const switched = store.setActive(row("Ada").id);
			await settle();
			expect(browser.requests).not.toContain(setActive);
			late.letGo();
			expect([(await called).error, (await switched).error]).toEqual([null, null]);
			await rest();
			expect([shown(), cookieOf(device), store.value?.error]).toEqual([["Ada*", "Bob"], "Ada", null]);
			expect(browser.requests.filter((line) => line === setActive)).toHaveLength(1);
		},
	);

	/** Ada and Bob, who has an organization that is active. */
	async function openWithOrganization(): Promise<Device> {
		const server = createRealServer({ plugins: [multiSession(), organization()] });
		Object.assign(server.db, { organization: [], member: [], invitation: [] });
		const browser = createBrowser(server);
		await signUp(browser, "Ada", "Bob");
		const founder = createAuthClient({ ...browser.clientOptions, plugins: [organizationClient()] });
		const { error } = await founder.organization.create({ name: "Acme", slug: "acme" });
		if (error) throw new Error("no organization");
		return { server, browser, ...(await openPlugin(browser)) };
	}
});

describe("a call of the app's whose session has gone before it is answered, which signs the device out", () => {
	test.each<[string, string, (client: Awaited<ReturnType<typeof openPlugin>>["client"]) => Promise<unknown>]>([
		["getSession", "/get-session", (client) => client.getSession()],
		["listSessions", "/list-sessions", (client) => client.listSessions()],
		["updateUser", "/update-user", (client) => client.updateUser({ image: "https://example.com/bob.png" })],
	])("%s, behind another sign-in of the same user's: the page shows that nobody is active", async (_, path, call) => {
		const device = await open(["Ada", "Bob"]);
		const { browser, client, rest, shown, store } = device;
		const before = store.value?.active?.id;
		const late = delay(browser, path);
		const called = call(client);
		await late.sent;
		// The server ends the session of the first one.
		await client.signIn.email({ email: emailOf("Bob"), password });
		await until(store, ({ status, active }) => status === "idle" && active !== null && active.id !== before);
		expect(shown()).toEqual(["Ada", "Bob*"]);
		late.letGo();
		await called;
		expect(cookieOf(device)).toBeUndefined();
		await rest();
		expect([shown(), store.value?.error, client.useSession.value?.data]).toEqual([["Ada", "Bob"], null, null]);
	});
});

test("signOutOthers by a session that lives on in the cookie cache alone is unauthorized, and ends nobody", async () => {
	const server = createRealServer({ session: { cookieCache: { enabled: true, maxAge: 300 } } });
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	// What the server puts into the cache is in the cookies now.
	await browser.openTab().getSession();
	const bob = String(sessionsOf(server, "Bob")[0]?.["id"]);
	server.end(bob);
	const { store } = await openPlugin(browser);
	expect((await store.signOutOthers()).error).toMatchObject({ kind: "unauthorized", operation: "signOutOthers" });
	expect(signedIn(server)).toEqual(["Ada"]);
});

test.each(["signOutAll", "revoke"] as const)(
	"after %s, a call of the app's that is answered from the cookie cache brings nobody back",
	async (method) => {
		const device = await open(["Ada"], {}, { session: { cookieCache: { enabled: true, maxAge: 300 } } });
		const { browser, client, rest, row, shown, store } = device;
		const late = delay(browser, "/update-user");
		const called = client.updateUser({ image: "https://example.com/ada.png" });
		await late.sent;
		const { error } = await (method === "revoke" ? store.revoke(row("Ada").id) : store.signOutAll());
		await until(store, ({ sessions, status }) => status === "idle" && sessions.length === 0);
		late.letGo();
		expect([error, (await called).error]).toEqual([null, null]);
		// Of a session that is no more.
		expect([browser.activeToken() !== "", signedIn(device.server)]).toEqual([true, []]);
		await rest();
		expect([shown(), browser.activeToken(), client.useSession.value?.data]).toEqual([[], "", null]);
	},
);

test.each([
	["", {}],
	[", with the cookie cache", { session: { cookieCache: { enabled: true, maxAge: 300 } } }],
])(
	"a call of the app's that crosses a revoke of the active account leaves its survivor active%s",
	async (_, options) => {
		const device = await open(["Bob", "Ada"], {}, options);
		const { browser, client, rest, row, shown, store } = device;
		const late = delay(browser, "/update-user");
		const called = client.updateUser({ image: "https://example.com/ada.png" });
		await late.sent;
		expect((await store.revoke(row("Ada").id)).data?.active?.user.name).toBe("Bob");
		// Better Auth has looked.
		await until(client.useSession, ({ data, isRefetching }) => !isRefetching && data?.user.name === "Bob");
		late.letGo();
		await called;
		await rest();
		expect([shown(), cookieOf(device), store.value?.error]).toEqual([["Bob*"], "Bob", null]);
	},
);

test.each(["signOutAll", "revoke"] as const)(
	"after %s, a late look that brings the cookies of whoever is signed out is not believed",
	async (method) => {
		// Each look renews the session, and says so in cookies.
		const session = { updateAge: 0, cookieCache: { enabled: true, maxAge: 300 } };
		const { browser, client, rest, row, server, shown, store } = await open(["Ada"], {}, { session });
		const [acted, passage] = [gate(), gate()];
		const restore = browser.answer("/get-session", async (request) => {
			restore();
			const response = await browser.pass(request);
			const brought = [...browser.cookies];
			acted.open();
			await passage.passed;
			for (const [name, value] of brought) browser.cookies.set(name, value);
			return response;
		});
		const called = client.getSession({ query: { disableCookieCache: true } });
		await acted.passed;
		const { error } = await (method === "revoke" ? store.revoke(row("Ada").id) : store.signOutAll());
		expect(error).toBeNull();
		await until(store, ({ sessions, status }) => status === "idle" && sessions.length === 0);
		passage.open();
		await called;
		await rest();
		client.$store.notify("$sessionSignal");
		await until(client.useSession, ({ isRefetching }) => isRefetching);
		await rest();
		expect([shown(), browser.activeToken(), signedIn(server)]).toEqual([[], "", []]);
	},
);

test("a sign-in whose answer is lost leaves nobody active on the word of the cookie cache", async () => {
	const device = await open(["Ada", "Bob"], {}, { session: { cookieCache: { enabled: true, maxAge: 300 } } });
	const { browser, client, rest, server, shown } = device;
	const restore = browser.answer("/sign-in/email", async (request) => {
		restore();
		const before = [...browser.cookies];
		await browser.pass(request);
		browser.cookies.clear();
		for (const [name, value] of before) browser.cookies.set(name, value);
		throw new TypeError("the connection was lost");
	});
	// It takes the place of the session that the cookie names.
	await client.signIn.email({ email: emailOf("Bob"), password }).catch(() => {});
	expect([cookieOf(device), signedIn(server)]).toEqual([undefined, ["Ada", "Bob"]]);
	await rest();
	expect([shown(), browser.activeToken(), client.useSession.value?.data]).toEqual([["Ada"], "", null]);
});

test("a switch that was asked for after a revoke is decided after it, though the same one is in flight", async () => {
	const device = await open(["Ada", "Bob"]);
	const { browser, store, row, shown, rest } = device;
	const ada = row("Ada").id;
	const held = browser.hold("/multi-session/set-active");
	const first = store.setActive(ada);
	const inFlight = await held;
	const commands = [store.revoke(ada), store.setActive(ada)] as const;
	await inFlight.release();
	const [revoked, again] = await Promise.all(commands);
	expect((await first).data?.user.name).toBe("Ada");
	expect(revoked.data).toMatchObject({ revoked: ada, active: { user: { name: "Bob" } } });
	expect(again.error).toMatchObject({ kind: "unknown-session", operation: "setActive" });
	await rest();
	expect([shown(), cookieOf(device)]).toEqual([["Bob*"], "Bob"]);
});

describe("the same command again, after a sign-in that has come while the first one tells the page", () => {
	async function hold(names: readonly string[]) {
		const { open, passed } = gate();
		const onIdentityChange = vi.fn(() => passed);
		const browser = createBrowser(createRealServer());
		await signUp(browser, ...names);
		const page = await openPlugin(browser, { onIdentityChange });
		const isTold = () => vi.waitUntil(() => onIdentityChange.mock.calls.length === 1);
		return { ...page, browser, isTold, letGo: open };
	}

	test("switches once more: the last click wins", async () => {
		const { browser, client, isTold, letGo, row, store } = await hold(["Bob", "Ada", "Cy"]);
		const first = store.setActive(row("Ada").id);
		await isTold();
		await client.signIn.email({ email: emailOf("Bob"), password });
		const second = store.setActive(row("Ada").id);
		letGo();
		expect((await first).data?.user.name).toBe("Ada");
		expect((await second).data?.user.name).toBe("Ada");
		expect((await browser.openTab().getSession()).data?.user.name).toBe("Ada");
	});

	test("signs out whoever has signed in, too", async () => {
		const { browser, client, isTold, letGo, store } = await hold(["Bob", "Ada"]);
		const first = store.signOutAll();
		await isTold();
		await client.signUp.email(newcomer("Cy"));
		const second = store.signOutAll();
		letGo();
		expect([(await first).error, (await second).error]).toEqual([null, null]);
		const tab = browser.openTab();
		expect([(await tab.getSession()).data, (await tab.multiSession.listDeviceSessions()).data]).toEqual([null, []]);
	});
});

test("12 tabs that are restored at once with nobody active read once each, and once more at most", async () => {
	const device = createTestDevice({ accounts: ["Ada", "Bob"], latency: 30 });
	// Somebody was active when the tabs were last open.
	const past = createDeviceSessions(device.client);
	past.subscribe(() => {});
	await settle();
	await device.clock.advance(2_000);
	expect(past.value?.active?.user.name).toBe("Bob");
	await past.destroy();
	device.end("Bob");
	const tabs = Array.from({ length: 12 }, () => device.openTab());
	for (const { client } of tabs) {
		const store = createDeviceSessions(client);
		store.subscribe(() => {});
		onTestFinished(() => store.destroy());
	}
	await settle();
	await device.clock.advance(10_000);
	const lists = tabs.map(({ requests }) => requests.filter((line) => line.endsWith("list-device-sessions")).length);
	expect(Math.min(...lists)).toBeGreaterThanOrEqual(1);
	expect(Math.max(...lists)).toBeLessThanOrEqual(2);
	expect(lists.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(24);
});

// The list has one of Bob's sessions, and get-session names another: one row a user, the active session.
test("an account whose sign-in form was sent twice is one row, and can be left", async () => {
	const device = await open(["Bob", "Ada"]);
	const { browser, client, store, row, shown, rest } = device;
	const cookie = browser.cookieHeader();
	const restore = browser.answer("/sign-in/email", (request) => browser.pass(request, cookie));
	const form = { email: emailOf("Bob"), password };
	const answers = await Promise.all([client.signIn.email(form), client.signIn.email(form)]);
	restore();
	expect(answers.map(({ error }) => error)).toEqual([null, null]);
	await until(store, ({ active }) => active?.user.name === "Bob");
	await rest();
	expect(shown()?.toSorted()).toEqual(["Ada", "Bob*"]);
	expect((await store.setActive(row("Ada").id)).error).toBeNull();
	await rest();
	expect([shown()?.toSorted(), cookieOf(device)]).toEqual([["Ada*", "Bob"], "Ada"]);
	// No session of Bob's is valid that the list does not show.
	expect(sessionsOf(device.server, "Bob")).toHaveLength(1);
});

test.each([2, 3])("an account whose form was sent %i times is signed out with all its sessions", async (times) => {
	const device = await open(["Bob", "Ada"]);
	const { browser, client, server, store, row, shown, rest } = device;
	const cookie = browser.cookieHeader();
	const restore = browser.answer("/sign-in/email", (request) => browser.pass(request, cookie));
	await Promise.all(Array.from({ length: times }, () => client.signIn.email({ email: emailOf("Bob"), password })));
	restore();
	await until(store, ({ active }) => active?.user.name === "Bob");
	await rest();
	expect(sessionsOf(server, "Bob")).toHaveLength(times);
	expect((await store.revoke(row("Bob").id)).data).toMatchObject({ active: { user: { name: "Ada" } } });
	await rest();
	expect([shown(), cookieOf(device), sessionsOf(server, "Bob")]).toEqual([["Ada*"], "Ada", []]);
});

test("signOutOthers with nobody active answers for itself", async () => {
	const { browser, server, store, row } = await open(["Ada", "Bob"]);
	server.end(row("Bob").id);
	await store.refetch();
	expect(store.value?.active).toBeNull();
	browser.requests.length = 0;
	expect((await store.signOutOthers()).error).toMatchObject({ kind: "unauthorized", operation: "signOutOthers" });
	expect(signedIn(server)).toEqual(["Ada"]);
	expect(browser.requests.filter((line) => line.startsWith("POST"))).toEqual([]);
});
