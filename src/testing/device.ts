import { createAuthClient } from "better-auth/client";
import { multiSessionClient } from "better-auth/client/plugins";
import { nameOf } from "../device-sessions/tabs/names.js";
import { pretend } from "../device-sessions/page/environment.js";
import { createRandom, createTestClock, type TestClock } from "./clock.js";
import { createCookieJar } from "./cookies.js";
import { createChannels, createLocks, createTestPage } from "./page.js";
import { createTestServer, type ServerOptions, type TestSession, type TestUser } from "./server.js";
import { createWire, type Disturbance, type HeldRequest } from "./wire.js";

/** What a Better Auth client of a test device is made with. */
export interface TestClientOptions {
	readonly baseURL: string;
	readonly fetchOptions: { readonly customFetchImpl: typeof fetch };
}

const createClient = (options: TestClientOptions) => createAuthClient({ ...options, plugins: [multiSessionClient()] });

/** The client of a test device where no other is asked for: `better-auth/client` with `multiSessionClient()`. */
export type TestClient = ReturnType<typeof createClient>;

export interface TestDeviceOptions<Client extends object = TestClient> extends ServerOptions {
	/** Who is signed in, the last one active. Their e-mail address is `ada@example.com` for `Ada`. Default: nobody. */
	readonly accounts?: readonly string[] | undefined;
	/** When simulated time starts, in epoch ms. Default: 2030-01-01. */
	readonly startsAt?: number | undefined;
	/** Where chance begins: the same seed is the same run. Default: 1. */
	readonly seed?: number | undefined;
	/** How long a request, an answer or a message between tabs takes at most, in ms, drawn by chance. Default: 0, no time at all. */
	readonly latency?: number | undefined;
	/** Makes the client of a tab: one of `better-auth/react`, or one with plugins of your own. */
	readonly createClient?: ((options: TestClientOptions) => Client) | undefined;
}

/** What is true of an account, whatever a page shows. */
export interface TestRow {
	readonly id: string;
	readonly name: string;
	/** The cookie is this one's. */
	readonly active: boolean;
	/** The list of the device has it. */
	readonly listed: boolean;
}

/** A page of the device. All its pages share cookies, storage, locks and a channel. */
export interface TestTab<Client extends object = TestClient> {
	readonly client: Client;
	/** What it has sent, `"POST /multi-session/set-active"`. */
	readonly requests: string[];
	/** Hides the page, or comes back to it. */
	show(visible: boolean): void;
	/** Comes out of the back-forward cache. */
	comeBack(): void;
	goOnline(online: boolean): void;
	/** Closes it: answers on their way are lost, locks are let go. Destroy its store yourself. */
	close(): void;
}

/** A device and its server, in memory. */
export interface TestDevice<Client extends object = TestClient> extends TestTab<Client> {
	readonly clock: TestClock;
	/** Everybody's password. */
	readonly password: string;
	/** What all pages have sent, in order. */
	readonly sent: readonly string[];
	/** Opens one more page. */
	openTab(): TestTab<Client>;
	/** Everybody who has a valid session that this device can use or did sign in. */
	rows(): TestRow[];
	/** The valid sessions of the whole server, of other devices too. */
	sessions(): readonly TestSession[];
	/** Somebody's sessions; what is changed in one is changed on the server. */
	sessionsOf(name: string): TestSession[];
	/** Signs somebody in past every page, as a return from an identity provider does; a new name signs up. */
	signIn(name: string): void;
	/** Ends somebody's sessions as another device would. */
	end(name: string): void;
	/** Has somebody's sessions run out. */
	expire(name: string): void;
	/** Changes somebody's user. */
	change(name: string, fields: Partial<Omit<TestUser, "id">>): void;
	/** The next request to this path, `"/multi-session/set-active"`, waits until it is let go. */
	hold(path: string): Promise<HeldRequest>;
	/** The next requests to this path are delayed, lost or answered otherwise. */
	disturb(path: string, how: Disturbance, times?: number): void;
	/** Forgets every disturbance and hold that has not come to pass. */
	heal(): void;
	/** What is on its way: how many pages send something to one of these paths, `"POST /multi-session/revoke"`. */
	sending(...paths: string[]): number;
	/** Whether some page's command holds the device's lock. */
	isBusy(): boolean;
	/** What is stored on the device, and what its pages have said to each other, as JSON: no secret may be in it. */
	stored(): string[];
	said(): string[];
	/** How many channels are open. */
	channels(): number;
}

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
	const { accounts = [], startsAt = start, seed = 1, latency = 0 } = options;
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
	const wait = (ms: number): Promise<void> =>
		ms > 0 ? new Promise((resolve) => clock.setTimeout(resolve, ms)) : Promise.resolve();
	const some = () => (latency > 0 ? Math.floor(random() * latency) + 1 : 0);
	const wire = createWire({ server, jar, wait, latency: some });
	const locks = createLocks();
	const channels = createChannels((run) => void wait(some()).then(run));
	const stored = new Map<string, string>();
	const localStorage = {
		getItem: (key: string) => stored.get(key) ?? null,
		setItem: (key: string, value: string) => void stored.set(key, value),
	};
	const emailOf = (name: string) => `${name.toLowerCase()}@example.com`;
	const sessionsOf = (name: string) =>
		[...server.sessions.values()].filter(({ userId }) => server.users.get(userId)?.email === emailOf(name));

	function openTab(): TestTab<Client> {
		const closing = new AbortController();
		const { page, isOnline, ...events } = createTestPage({
			localStorage,
			locks: locks.of(closing.signal),
			BroadcastChannel: channels.of(closing.signal),
		});
		const requests: string[] = [];
		const isClosed = () => closing.signal.aborted;
		const customFetchImpl = wire.fetchFor({ requests, isOnline, isClosed, closing: closing.signal });
		// A plugin makes its store while the client is made, and knows it by its `fetch`.
		pretend(customFetchImpl, { page, clock });
		const client = (options.createClient ?? createClient)({
			baseURL: "http://localhost:3000",
			fetchOptions: { customFetchImpl },
			// Safe: without a function that makes another one, the client is the default one.
		}) as Client;
		pretend(client, { page, clock });
		return { client, requests, ...events, close: () => closing.abort() };
	}

	function signIn(name: string): void {
		const isNew = ![...server.users.values()].some(({ email }) => email === emailOf(name));
		const path = isNew ? "POST /sign-up/email" : "POST /sign-in/email";
		jar.write(server.handle(path, { name, email: emailOf(name), password }, jar.read()));
	}
	for (const name of accounts) signIn(name);

	return {
		...openTab(),
		clock,
		password,
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
		isBusy: () => locks.isHeld(nameOf()),
		stored: () => [...stored].map((entry) => JSON.stringify(entry)),
		said: () => channels.messages.map((message) => JSON.stringify(message)),
		channels: channels.count,
	};
}
