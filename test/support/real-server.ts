import { type BetterAuthOptions, betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { createAuthClient } from "better-auth/client";
import { multiSessionClient } from "better-auth/client/plugins";
import { multiSession } from "better-auth/plugins";

export const origin = "http://localhost:3000";
export const password = "correct horse battery staple";

export const emailAndPassword = {
	enabled: true,
	password: {
		hash: async (text: string) => text,
		verify: async (sent: { hash: string; password: string }) => sent.hash === sent.password,
	},
};

/** A real Better Auth server in this process, on the memory adapter, with a cheap password hash. */
export function createRealServer({
	maximumSessions,
	...options
}: BetterAuthOptions & { maximumSessions?: number } = {}) {
	const db: Record<string, Record<string, unknown>[]> = { user: [], session: [], account: [], verification: [] };
	const auth = betterAuth({
		baseURL: origin,
		secret: "a secret for tests that is long enough",
		database: memoryAdapter(db),
		emailAndPassword,
		plugins: [multiSession(maximumSessions === undefined ? {} : { maximumSessions })],
		rateLimit: { enabled: false },
		logger: { disabled: true },
		telemetry: { enabled: false },
		...options,
	});
	return {
		auth,
		db,
		/** Ends a session as another device, or an administrator, would. */
		end: (id: string) => {
			db["session"] = (db["session"] ?? []).filter((session) => session["id"] !== id);
		},
		sessions: () => db["session"] ?? [],
	};
}

export type RealServer = ReturnType<typeof createRealServer>;

/** A request on the wire. A held one waits to be sent on, and then its answer waits to be let through. */
export interface Held {
	readonly request: Request;
	/** Lets the server act; its answer goes on waiting. */
	act(): Promise<void>;
	/** Lets the server act where it has not, and the answer through; or another answer in its place. */
	release(instead?: Response | Error): Promise<void>;
}

/** How many browsers there were. Better Auth counts an address's requests in the process, whichever server they go to. */
let browsers = 0;

/** A browser profile: one cookie jar that all its tabs share, and a wire that counts, holds and breaks. */
export function createBrowser(server: { auth: { handler(request: Request): Promise<Response> } }) {
	browsers += 1;
	const address = `10.0.${browsers >> 8}.${browsers & 255}`;
	const cookies = new Map<string, string>();
	const requests: string[] = [];
	const holds: { path: string; take(held: Held): void }[] = [];
	const answers = new Map<string, (request: Request) => Response | Error | Promise<Response>>();

	const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
	const act = async (request: Request, cookie = cookieHeader()): Promise<Response> => {
		const headers = new Headers(request.headers);
		if (cookie) headers.set("cookie", cookie);
		headers.set("origin", origin);
		headers.set("x-forwarded-for", address);
		const body = request.method === "GET" ? undefined : await request.clone().text();
		const response = await server.auth.handler(
			new Request(request.url, { method: request.method, headers, body: body || null, signal: request.signal }),
		);
		for (const line of response.headers.getSetCookie()) {
			const [pair = "", ...attributes] = line.split("; ");
			const at = pair.indexOf("=");
			const expired = attributes.some((attribute) => /^max-age=0$/i.test(attribute));
			if (expired) cookies.delete(pair.slice(0, at));
			else cookies.set(pair.slice(0, at), pair.slice(at + 1));
		}
		return response;
	};

	const send = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
		const request = new Request(input, init);
		const path = new URL(request.url).pathname.replace("/api/auth", "");
		requests.push(`${request.method} ${path}`);
		const instead = answers.get(path);
		if (instead) {
			const answer = await instead(request);
			if (answer instanceof Error) throw answer;
			return answer;
		}
		const index = holds.findIndex((hold) => hold.path === path);
		if (index < 0) return act(request);
		const [hold] = holds.splice(index, 1);
		return new Promise((resolve, reject) => {
			request.signal.addEventListener("abort", () => reject(request.signal.reason));
			let response: Promise<Response> | undefined;
			hold?.take({
				request,
				act: async () => {
					response ??= act(request);
					await response;
				},
				release: async (other) => {
					if (other instanceof Error) return reject(other);
					response ??= other ? Promise.resolve(other) : act(request);
					resolve(other ?? (await response));
				},
			});
		});
	};

	const clientOptions = {
		baseURL: origin,
		plugins: [multiSessionClient()],
		fetchOptions: { customFetchImpl: send as typeof fetch },
	};
	return {
		cookies,
		requests,
		/** The next request to this path waits. */
		hold: (path: string): Promise<Held> => new Promise((take) => holds.push({ path, take })),
		/** Until further notice this path answers so. */
		answer: (path: string, how: (request: Request) => Response | Error | Promise<Response>) => {
			answers.set(path, how);
			return () => answers.delete(path);
		},
		send: send as typeof fetch,
		/** The real answer, for an `answer` that only changes it. */
		pass: act,
		/** What goes out with a request that is sent now. */
		cookieHeader,
		clientOptions,
		openTab: () => createAuthClient(clientOptions),
		/** The token in the cookie: who requests go out as. */
		activeToken: () => decodeURIComponent(cookies.get("better-auth.session_token") ?? "").split(".")[0] ?? "",
		count: () => {
			const counted: Record<string, number> = {};
			for (const request of requests) counted[request] = (counted[request] ?? 0) + 1;
			requests.length = 0;
			return counted;
		},
	};
}

export type Browser = ReturnType<typeof createBrowser>;

/** Signs people up on a device, one after the other: the last one is active. */
export async function signUp(browser: Browser, ...names: string[]): Promise<void> {
	const client = browser.openTab();
	for (const name of names) {
		const { error } = await client.signUp.email({ name, email: `${name.toLowerCase()}@example.com`, password });
		if (error) throw new Error(`${name} could not sign up: ${error.message}`);
	}
	browser.requests.length = 0;
}
