import { pretend } from "../../../src/device-sessions/page/environment.js";
import { createDeviceSessions, type DeviceSessions, type Result } from "../../../src/index.js";
import { createTestClock, settle } from "../../../src/testing/clock.js";
import { createTestDevice, type TestClient, type TestClock } from "../../../src/testing/index.js";
import { createLocks, createTestPage } from "../../../src/testing/page.js";
import { createTransit } from "../../../src/testing/transit.js";
import { createBrowser, createRealServer, password } from "../../support/real-server.js";

/** What happens on a device, by the names of people. */
export type Step =
	| { do: "refetch" | "signOutOthers" | "signOutAll" }
	| { do: "setActive"; name: string; leaveUnlisted: boolean }
	| { do: "revoke"; name: string; next?: string | undefined }
	| { do: "signIn" | "end" | "expire" | "ripen"; name: string }
	| { do: "client.setActive" | "client.revoke" | "client.revokeSession"; name: string };

export interface Start {
	readonly accounts: readonly string[];
	readonly maximumSessions: number;
}

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
	signIn(name: string): Promise<void>;
	end(name: string): void | Promise<void>;
	/** Sets when somebody's sessions run out, in ms from now. */
	expireIn(name: string, ms: number): void | Promise<void>;
	/** What is true, whatever the store shows: people, their marks and the number of valid sessions on the server. */
	truth(): Promise<unknown>;
	/** Waits until nothing is under way. */
	rest(): Promise<void>;
	close(): Promise<void>;
}

const week = 7 * 86_400_000;
const emailOf = (name: string) => `${name.toLowerCase()}@example.com`;

function watch(client: TestClient, clock: TestClock, isBusy: () => boolean) {
	const store: DeviceSessions = createDeviceSessions(client) as never;
	const stop = store.subscribe(() => {});
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

export async function openKit({ accounts, maximumSessions }: Start): Promise<Side> {
	const device = createTestDevice({ accounts, maximumSessions });
	const watched = watch(device.client, device.clock, () => device.isBusy());
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
		signIn: async (name) => device.signIn(name),
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
	handler(request: Request): Promise<Response>;
	emailOf(name: string): string;
	/** Of everybody, the oldest first. */
	sessions(): Promise<readonly RealSession[]>;
	end(session: RealSession): Promise<void>;
	expire(session: RealSession, at: Date): Promise<void>;
}

/** A server in this process, with its sessions in memory. */
async function openInMemory({ maximumSessions }: Start): Promise<Real> {
	const server = createRealServer({ maximumSessions });
	const nameOf = (user: unknown) => server.db["user"]?.find(({ id }) => id === user)?.["name"];
	return {
		handler: (request) => server.auth.handler(request),
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
	const signIn = async (name: string): Promise<void> => {
		const credentials = { email: server.emailOf(name), password };
		const { error } = await elsewhere.signIn.email(credentials);
		if (error) await elsewhere.signUp.email({ ...credentials, name });
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
	const watched = watch(client, clock, () => underWay > 0);
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
		signIn,
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

/** An answer with names where it has ids. */
function named(side: Side, { data, error }: Result<unknown>): unknown {
	const text = JSON.stringify(data ?? null, (key, value: unknown) => {
		if (key === "session" || /At$/.test(key)) return undefined;
		if (key === "user") return (value as { name: unknown }).name;
		return typeof value === "string" ? (side.names.get(value) ?? value) : value;
	});
	const known = error && [error.kind, error.operation, error.code, error.status, error.revoked?.length];
	return JSON.parse(JSON.stringify([sortDeep(JSON.parse(text)), known]));
}

const sortDeep = (value: unknown): unknown =>
	Array.isArray(value) ? value.map(sortDeep).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : value;

export const people = ["Ada", "Bob", "Cy"];

/** Does one thing and waits for rest; answers what came of it: the answer, what the store shows, what is true. */
export async function take(side: Side, step: Step): Promise<unknown> {
	const { client, store } = side;
	let answer: unknown = null;
	switch (step.do) {
		case "refetch":
		case "signOutOthers":
			answer = named(side, await store[step.do]());
			break;
		case "signOutAll": {
			// Better Auth's own signal comes a little later.
			const signalled = new Promise((resolve) =>
				(client.$store.atoms["$sessionSignal"] as never as { listen(run: unknown): void }).listen(resolve),
			);
			const result = await store.signOutAll();
			answer = named(side, result);
			if (!result.error) await signalled;
			break;
		}
		case "setActive":
			answer = named(side, await store.setActive(side.id(step.name), { leaveUnlisted: step.leaveUnlisted }));
			break;
		case "revoke": {
			const next = step.next === undefined ? {} : { next: side.id(step.next) };
			answer = named(side, await store.revoke(side.id(step.name), next));
			break;
		}
		case "signIn":
			await side.signIn(step.name);
			break;
		case "end":
			await side.token(step.name);
			await side.end(step.name);
			break;
		case "expire":
			await side.expireIn(step.name, -1_000);
			break;
		case "ripen":
			// Two days old: the next get-session renews it.
			await side.expireIn(step.name, week - 2 * 86_400_000);
			break;
		default: {
			const fetchOptions = { disableSignal: true };
			const sessionToken = await side.token(step.name);
			const call =
				step.do === "client.setActive"
					? client.multiSession.setActive({ sessionToken, fetchOptions })
					: step.do === "client.revoke"
						? client.multiSession.revoke({ sessionToken, fetchOptions })
						: client.revokeSession({ token: sessionToken, fetchOptions });
			const { data, error } = await call;
			answer = [data && Object.keys(data).sort(), error && [error.status, error.code]];
		}
	}
	await side.rest();
	const { active, error, sessions, status } = store.value as NonNullable<typeof store.value>;
	const shown = sessions.map(({ user, listed }) => `${user.name}${listed ? "" : " unlisted"}`).sort();
	return { answer, state: [status, active?.user.name ?? null, shown, error?.kind ?? null], truth: await side.truth() };
}
