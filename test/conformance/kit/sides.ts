import { waitFor } from "xstate";
import { pretend } from "../../../src/device-sessions/page/environment.js";
import { createDeviceSessions, type DeviceSessions } from "../../../src/index.js";
import { createTestClock, settle } from "../../../src/testing/clock.js";
import { createTestDevice, type TestClient, type TestClock } from "../../../src/testing/index.js";
import { createLocks, createTestPage } from "../../../src/testing/page.js";
import { createTransit } from "../../../src/testing/transit.js";
import { createBrowser, password } from "../../support/real-server.js";
import { createServer, type Start } from "./start.js";

/** One device with a store, the kit's or a real one. */
export interface Side {
	readonly client: TestClient;
	readonly store: DeviceSessions;
	/** The row id of somebody, whose session has perhaps ended. */
	id(name: string): string;
	/** Whose every id was that ever showed. */
	readonly names: ReadonlyMap<string, string>;
	/** The token of somebody's newest session. */
	token(name: string): string | Promise<string>;
	emailOf(name: string): string;
	code(): string | Promise<string>;
	signIn(name: string): Promise<void>;
	runOut(): Promise<void>;
	end(name: string): void | Promise<void>;
	/** Sets when somebody's sessions run out, in ms from now. */
	expireIn(name: string, ms: number): void | Promise<void>;
	/** What is true, whatever the store shows: people, their marks and the number of valid sessions on the server. */
	truth(): Promise<unknown>;
	/** Waits until nothing is under way. */
	rest(): Promise<void>;
	close(): Promise<void>;
}

/** Longer than the cookie cache lasts from the second look at a session that runs out, and than a code is waited for. */
const minutes = 700_000;
const emailOf = (name: string) => `${name.toLowerCase()}@example.com`;

async function watch(client: TestClient, clock: TestClock, isBusy: () => boolean) {
	const store: DeviceSessions = createDeviceSessions(client) as never;
	const stop = store.subscribe(() => {});
	// By a real timer, which in a slow process comes late: after a step that makes it read once more.
	await waitFor(store.actor, ({ context }) => context.awake);
	const session = client.$store.atoms["session"] as unknown as { value: { isRefetching: boolean } };
	return {
		store,
		async rest() {
			for (let calm = 0; calm < 3; ) {
				await settle();
				const { value, context } = store.actor.getSnapshot();
				const rests = value === "idle" && !session.value.isRefetching && !isBusy();
				const waits = context.check !== null || context.dueAt !== null;
				// What it waits for by itself: a late cookie, the end of the second in which it last read.
				if (rests && waits) await clock.advance(1_000);
				calm = rests && !waits ? calm + 1 : 0;
			}
		},
		async close() {
			stop();
			await store.destroy();
		},
	};
}

/** Ids as they were when somebody was seen last: a row that is gone can still be asked for. */
function remember(store: DeviceSessions) {
	const names = new Map<string, string>();
	const stop = store.subscribe(({ sessions }) => {
		for (const { id, user } of sessions) names.set(id, String(user.name));
	});
	return {
		names,
		id: (name: string) => [...names].findLast((known) => known[1] === name)?.[0] ?? "nobody",
		stop,
	};
}

export async function openKit(start: Start): Promise<Side> {
	const device = createTestDevice(start);
	const watched = await watch(device.client, device.clock, () => device.isBusy());
	const known = remember(watched.store);
	const sessionsOf = (name: string) => device.sessionsOf(name);
	const tokens = new Map<string, string>();
	const side: Side = {
		...watched,
		client: device.client,
		id: known.id,
		names: known.names,
		token(name) {
			const token = sessionsOf(name).at(-1)?.token;
			if (token) tokens.set(name, token);
			return tokens.get(name) ?? "no-token";
		},
		emailOf,
		code: () => device.code,
		signIn: async (name) => device.signIn(name),
		runOut: () => device.clock.advance(minutes),
		end: (name) => device.end(name),
		async expireIn(name, ms) {
			for (const session of sessionsOf(name)) session.expiresAt = new Date(device.clock.now() + ms);
			// As beside a real server, time passes: what is renewed is not what it was at first.
			await device.clock.advance(1);
		},
		async truth() {
			return { rows: sorted(device.rows()), valid: device.sessions().length };
		},
		async close() {
			known.stop();
			await watched.close();
			device.close();
		},
	};
	await watched.store.refetch();
	await side.rest();
	return side;
}

/** A session as a real server has it. */
export interface RealSession {
	readonly id: string;
	readonly token: string;
	/** Whose it is. */
	readonly name: string;
	readonly expiresAt: Date;
}

/** A real server, with a way to its sessions that its clients do not have. */
export interface Real {
	/** The code of whoever has two factors. */
	code?(): Promise<string>;
	handler(request: Request): Promise<Response>;
	emailOf(name: string): string;
	/** Of everybody, the oldest first. */
	sessions(): Promise<readonly RealSession[]>;
	end(session: RealSession): Promise<void>;
	expire(session: RealSession, at: Date): Promise<void>;
}

/** A server in this process, with its sessions in memory. */
async function openInMemory(start: Start): Promise<Real> {
	const server = createServer(start);
	const nameOf = (user: unknown) => server.db["user"]?.find(({ id }) => id === user)?.["name"];
	return {
		code: server.code,
		handler: server.handler,
		emailOf,
		// Safe: these are columns of Better Auth's own.
		sessions: async () => server.sessions().map((row) => ({ ...row, name: nameOf(row["userId"]) }) as never),
		end: async ({ id }) => server.end(id),
		async expire({ id }, at) {
			for (const session of server.sessions()) if (session["id"] === id) session["expiresAt"] = at;
		},
	};
}

export async function openReal(given: Start, open: (start: Start) => Promise<Real> = openInMemory): Promise<Side> {
	const server = await open(given);
	const browser = createBrowser({ auth: server });
	let underWay = 0;
	let before: Promise<unknown> = Promise.resolve();
	// One after the other, as the kit's: which of two requests at once a server finishes first is nobody's promise.
	const send: typeof fetch = async (input, init) => {
		const request = new Request(input, init);
		const cookie = browser.cookieHeader();
		underWay += 1;
		const answer = before.then(() => browser.pass(request, cookie));
		before = answer.catch(() => {});
		try {
			return await answer;
		} finally {
			underWay -= 1;
		}
	};
	const elsewhere = browser.openTab();
	const code = async () => (await server.code?.()) ?? "";
	const signIn = async (name: string): Promise<void> => {
		const credentials = { email: server.emailOf(name), password };
		const { data, error } = await elsewhere.signIn.email(credentials);
		if (error) await elsewhere.signUp.email({ ...credentials, name });
		else if ("twoFactorRedirect" in data)
			await elsewhere.$fetch("/two-factor/verify-totp", { method: "POST", body: { code: await code() } });
	};
	for (const name of given.accounts) await signIn(name);

	const { createAuthClient } = await import("better-auth/client");
	const client: TestClient = createAuthClient({ ...browser.clientOptions, fetchOptions: { customFetchImpl: send } });
	const clock = createTestClock(Date.now(), () => 0.5);
	const locks = createLocks(createTransit(clock, false));
	const stored = new Map<string, string>();
	const { page } = createTestPage({
		locks: locks.of(new AbortController().signal),
		localStorage: {
			getItem: (key) => stored.get(key) ?? null,
			setItem: (key, value) => void stored.set(key, value),
		},
	});
	pretend(client, { page, clock });
	const watched = await watch(client, clock, () => underWay > 0);
	const known = remember(watched.store);
	const sessionsOf = async (name: string) => (await server.sessions()).filter((session) => session.name === name);
	const tokens = new Map<string, string>();
	const side: Side = {
		...watched,
		client,
		id: known.id,
		names: known.names,
		async token(name) {
			const token = (await sessionsOf(name)).at(-1)?.token;
			if (token !== undefined) tokens.set(name, token);
			return tokens.get(name) ?? "no-token";
		},
		emailOf: server.emailOf,
		code,
		signIn,
		async runOut() {
			await clock.advance(minutes);
			for (const name of ["session_data", "two_factor"]) browser.cookies.delete(`better-auth.${name}`);
		},
		async end(name) {
			for (const session of await sessionsOf(name)) await server.end(session);
		},
		async expireIn(name, ms) {
			for (const session of await sessionsOf(name)) await server.expire(session, new Date(Date.now() + ms));
		},
		async truth() {
			const valid = (await server.sessions()).filter(({ expiresAt }) => Number(expiresAt) > Date.now());
			const rows = valid.flatMap(({ name, token }) => {
				const active = browser.activeToken() === token;
				const listed = browser.cookies.has(`better-auth.session_token_multi-${token.toLowerCase()}`);
				return active || listed ? [{ name, active, listed }] : [];
			});
			return { rows: sorted(rows), valid: valid.length };
		},
		async close() {
			known.stop();
			await watched.close();
		},
	};
	await watched.store.refetch();
	await side.rest();
	return side;
}

const sorted = (rows: readonly { name: string; active: boolean; listed: boolean }[]) =>
	rows.map(({ name, active, listed }) => `${name}${active ? " active" : ""}${listed ? "" : " unlisted"}`).sort();
