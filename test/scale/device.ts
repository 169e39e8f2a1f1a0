import { setTimeout as later } from "node:timers/promises";
import { createAuthClient } from "better-auth/client";
import { pretend } from "../../src/device-sessions/page/environment.js";
import { deviceSessionsClient } from "../../src/index.js";
import { createTestClock } from "../../src/testing/clock.js";
import { createChannels, createLocks, createTestPage } from "../../src/testing/page.js";
import { createTransit } from "../../src/testing/transit.js";
import { createBrowser, origin, password } from "../support/real-server.js";
import type { Rules } from "./auth.js";
import { createEndings } from "./endings.js";
import type { Ledger } from "./ledger.js";

/** Shorter than what a person would set, so that runs are. */
const timeout = 4_000;

/** A look at the server counts for nobody. */
const generous = 1_000_000;

export interface DeviceSetup {
	/** The way to the server, by these rules. */
	reach(rules: Rules): (request: Request) => Promise<Response>;
	readonly number: number;
	readonly rules: Rules;
	readonly ledger: Ledger;
	readonly people: readonly string[];
}

/** A browser profile before a farm: its tabs share cookies, storage, locks and a channel. Time is real. */
export function openDevice({ reach, number, rules, ledger, people }: DeviceSetup) {
	const emailOf = (name: string) => `${name.toLowerCase()}.${number}@example.com`;
	const { endings, lagging, note } = createEndings();
	const ask = reach(rules);
	const handler = async (request: Request) => {
		const began = Date.now();
		const answer = await ask(request);
		note(request, answer, began);
		return answer;
	};
	const browser = createBrowser({ auth: { handler } });
	const look = reach({ ...rules, max: generous });
	// Nothing of it takes time: only requests do.
	const transit = createTransit(
		createTestClock(Date.now(), () => 0.5),
		false,
	);
	const locks = createLocks(transit);
	const channels = createChannels(transit, () => 0);
	const stored = new Map<string, string>();
	const localStorage = {
		getItem: (key: string) => stored.get(key) ?? null,
		setItem: (key: string, value: string) => void stored.set(key, value),
	};
	const clock = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
	let tabs = 0;

	function openTab() {
		const closing = new AbortController();
		const { page, isOnline, ...events } = createTestPage({
			location: { origin },
			localStorage,
			locks: locks.of(closing.signal, tabs),
			BroadcastChannel: channels.of(closing.signal, tabs),
		});
		tabs += 1;
		const send: typeof fetch = (input, init) => {
			const request = new Request(input, init);
			if (!isOnline() || closing.signal.aborted) return Promise.reject(new TypeError("fetch failed"));
			// What is on its way when a tab is closed brings it nothing any more, and no cookie.
			return browser.send(new Request(request, { signal: AbortSignal.any([request.signal, closing.signal]) }));
		};
		pretend(send, { page, clock });
		const client = createAuthClient({
			baseURL: origin,
			plugins: [deviceSessionsClient({ timeout })],
			fetchOptions: { customFetchImpl: send },
		});
		pretend(client, { page, clock });
		return { client, store: client.deviceSessions, ...events, close: () => closing.abort() };
	}

	/** A request of no page, with the cookies of the device, which its answer changes. */
	function send(path: string, body?: object): Promise<Response> {
		const headers = { "content-type": "application/json" };
		const post = body && { method: "POST", body: JSON.stringify(body) };
		return browser.pass(new Request(`${origin}/api/auth${path}`, { headers, ...post }));
	}

	/** Asks a server that is well, with the cookies of the device and without a change of them. */
	async function read(path: string) {
		const request = new Request(`${origin}/api/auth${path}`, { headers: { cookie: browser.cookieHeader(), origin } });
		const answer = await look(request);
		if (!answer.ok) throw new Error(`${path} is answered with ${answer.status} by a server that is well`);
		return answer.json();
	}

	return {
		openTab,
		emailOf,
		stored: () => [...stored].map((entry) => entry.join(" ")),
		said: () => channels.messages.map((message) => JSON.stringify(message)),
		requests: browser.requests,
		endings,
		lagging,
		/** Whether the device still has the cookie of a session. */
		holds: (token: string) =>
			[...browser.cookies].some(
				([name, value]) => name.includes("_multi-") && decodeURIComponent(value).startsWith(token),
			),
		send,
		sessions: () => ledger.sessionsOf(people.map(emailOf)),
		/** Signs somebody in, or up; again where a connection of an instance had been lost before, unnoticed. */
		async signIn(name: string): Promise<void> {
			const body = { name, email: emailOf(name), password };
			for (let tries = 0; tries < 20; tries += 1) {
				for (const path of ["/sign-in/email", "/sign-up/email"]) if ((await send(path, body)).ok) return;
				await later(500);
			}
			throw new Error(`${name} could not sign in`);
		},
		/** Whom the cookies stand for, as the server says. */
		async rows(): Promise<readonly { id: string; name: string; active: boolean }[]> {
			const listed: { session: { id: string }; user: { id: string; name: string } }[] = await read(
				"/multi-session/list-device-sessions",
			);
			const active: (typeof listed)[number] | null = await read("/get-session?disableRefresh=true");
			// One row a user: the active session's, where the list has another one.
			const others = listed.filter(({ user }) => user.id !== active?.user.id);
			return [...others, ...(active ? [active] : [])].map((row) => ({
				id: row.session.id,
				name: row.user.name,
				active: row === active,
			}));
		},
	};
}

export type Device = ReturnType<typeof openDevice>;
export type Tab = ReturnType<Device["openTab"]>;
