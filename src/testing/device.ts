import { pretend } from "../device-sessions.js";
import { createRandom, createTestClock } from "./clock.js";
import { createCookieJar } from "./cookies.js";
import { show } from "./inside.js";
import { createChannels, createLocks, createTestPage } from "./page.js";
import { createTestServer } from "./server.js";
import { createTransit } from "./transit.js";
import { code } from "./two-factor.js";
import { createClient, type TestClient, type TestDevice, type TestDeviceOptions, type TestTab } from "./types.js";
import { createWire } from "./wire.js";

const origin = "http://localhost:3000";
const start = Date.UTC(2030, 0, 1);

/**
 * A device and its Better Auth server in memory, to test what is built on `createDeviceSessions`: no network, no
 * database, simulated time, and faults on demand. The client is Better Auth's own; what stands in for the server
 * answers as a real one does, which is tested with random sequences of commands against both.
 *
 * @example
 * const device = createTestDevice({ accounts: ["Ada", "Bob"] });
 * const deviceSessions = createDeviceSessions(device.client);
 * const held = device.hold("/multi-session/set-active");
 * const switched = deviceSessions.setActive(ada.id);
 * (await held).release(new TypeError("the connection broke"));
 * (await switched).error?.kind; // "network"
 */
export function createTestDevice<Client extends object = TestClient>(
	options: TestDeviceOptions<Client> = {},
): TestDevice<Client> {
	const { accounts = [], startsAt = start, seed = 1, latency = 0, manual = false } = options;
	const random = createRandom(seed);
	const clock = createTestClock(startsAt, createRandom(seed ^ 0x5bd1e995));
	let ids = 0;
	// As long as Better Auth's own, and as little alike.
	const newId = () => {
		ids += 1;
		const own = createRandom(seed * 7919 + ids);
		return Array.from(
			{ length: 32 },
			() => "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"[(own() * 56) | 0],
		).join("");
	};
	const password = "correct horse battery staple";
	const server = createTestServer(options, clock.now, newId);
	const jar = createCookieJar(clock.now);
	const transit = createTransit(clock, manual);
	const some = () => (latency > 0 ? Math.floor(random() * latency) + 1 : 0);
	const wire = createWire({ server, jar, transit, latency: some });
	const locks = createLocks(transit);
	const channels = createChannels(transit, some);
	const stored = new Map<string, string>();
	const localStorage = {
		getItem: (key: string) => stored.get(key) ?? null,
		setItem: (key: string, value: string) => void stored.set(key, value),
	};
	const emailOf = (name: string) => `${name.toLowerCase()}@example.com`;
	const sessionsOf = (name: string) =>
		[...server.sessions.values()].filter(({ userId }) => server.users.get(userId)?.email === emailOf(name));

	let tabs = 0;
	function openTab(): TestTab<Client> {
		const tab = tabs;
		tabs += 1;
		const closing = new AbortController();
		const { page, isOnline, ...events } = createTestPage({
			location: { origin },
			localStorage,
			locks: locks.of(closing.signal, tab),
			BroadcastChannel: channels.of(closing.signal, tab),
		});
		const requests: string[] = [];
		const isClosed = () => closing.signal.aborted;
		const customFetchImpl = wire.fetchFor({ tab, requests, isOnline, isClosed, closing: closing.signal });
		// A plugin makes its store while the client is made, and knows it by its `fetch`.
		pretend(customFetchImpl, { page, clock: clock.of(tab) });
		const client = (options.createClient ?? createClient)({
			baseURL: origin,
			fetchOptions: { customFetchImpl },
			// Safe: without a function that makes another one, the client is the default one.
		}) as Client;
		pretend(client, { page, clock: clock.of(tab) });
		return { client, requests, ...events, close: () => closing.abort() };
	}

	const send = (path: string, body: Record<string, unknown>) => {
		const answer = server.handle(path, body, jar.read());
		jar.write(answer);
		return answer;
	};
	function signIn(name: string): void {
		const isNew = ![...server.users.values()].some(({ email }) => email === emailOf(name));
		const { body } = send(isNew ? "POST /sign-up/email" : "POST /sign-in/email", {
			name,
			email: emailOf(name),
			password,
		});
		if (Object(body).twoFactorRedirect) send("POST /two-factor/verify-totp", { code });
	}
	for (const name of accounts) signIn(name);

	const device: TestDevice<Client> = {
		...openTab(),
		clock,
		password,
		code,
		sent: wire.requests,
		openTab,
		signIn,
		sessionsOf,
		rows() {
			const active = server.activeOf(jar.read());
			const listed = server.listOf(jar.read());
			return [...new Set([...listed, ...(active ? [active] : [])])].map((session) => ({
				id: session.id,
				name: server.users.get(session.userId)?.name ?? "",
				active: session === active,
				listed: listed.includes(session),
			}));
		},
		sessions: () => [...server.sessions.values()].filter(server.isValid),
		end(name) {
			for (const { token } of sessionsOf(name)) server.sessions.delete(token);
		},
		expire(name) {
			for (const session of sessionsOf(name)) session.expiresAt = new Date(clock.now() - 1);
		},
		change(name, fields) {
			const user = [...server.users.values()].find(({ email }) => email === emailOf(name));
			if (user) Object.assign(user, fields);
		},
		hold: wire.hold,
		disturb: (path, how, times = 1) => wire.disturb(path, how, times),
		heal: wire.heal,
		sending: (...paths) =>
			new Set([...wire.underWay].filter(({ path }) => paths.includes(path)).map(({ page }) => page)).size,
		isBusy: () => locks.areHeld(),
		pending: transit.pending,
		deliver: transit.deliver,
		lose: transit.lose,
		stored: () => [...stored].map((entry) => JSON.stringify(entry)),
		said: () => channels.messages.map((message) => JSON.stringify(message)),
		channels: channels.count,
	};
	show(device, {
		shared: () => [
			[...server.sessions.values()],
			[...server.users.values()],
			[...server.passwords],
			jar.kept(),
			[...stored],
			clock.now(),
			clock.monotonic(),
			[...server.challenges],
		],
		activeToken: () => jar.read().get("session_token"),
		trip: transit.trip,
		isHeld: locks.isHeld,
	});
	return device;
}
