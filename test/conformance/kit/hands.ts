import { createAuthClient } from "better-auth/client";
import { createTestClock } from "../../../src/testing/clock.js";
import { createTestDevice, settle, type TestClient } from "../../../src/testing/index.js";
import { createTransit, type Fate } from "../../../src/testing/transit.js";
import { createBrowser, origin, password } from "../../support/real-server.js";
import { createServer, type Start } from "./start.js";

/** A device in the test's hand, with a client and no store: the kit's or a real one. */
export interface Hand {
	readonly client: TestClient;
	/** Requests and answers on their way. */
	pending(): readonly string[];
	deliver(index: number): Promise<void>;
	lose(index: number, part: { readonly only?: "body" | undefined }): Promise<void>;
	/** The token of somebody's newest session. */
	token(name: string): string;
	/** The code of whoever has two factors. */
	code(): string | Promise<string>;
	/** Has somebody's sessions become due for renewal. */
	ripen(name: string): void;
	/** Ends somebody's sessions as another device would. */
	end(name: string): void;
	/** What is true: people, their marks, the number of valid sessions on the server. */
	truth(): { readonly rows: readonly string[]; readonly valid: number };
}

/** As a server renews it with its next answer, and no sooner: five of its seven days are left. */
const left = 5 * 86_400_000;
const emailOf = (name: string) => `${name.toLowerCase()}@example.com`;
const line = (name: string, active: boolean, listed: boolean) =>
	`${name}${active ? " active" : ""}${listed ? "" : " unlisted"}`;
const lines = (pending: readonly { readonly kind: string; readonly what: string }[]) =>
	pending.map(({ kind, what }) => `${kind} ${what}`);

export async function takeKit(start: Start): Promise<Hand> {
	const device = createTestDevice({ ...start, manual: true });
	return {
		client: device.client,
		pending: () => lines(device.pending()),
		deliver: device.deliver,
		lose: device.lose,
		token: (name) => device.sessionsOf(name).at(-1)?.token ?? "no-token",
		code: () => device.code,
		ripen(name) {
			for (const session of device.sessionsOf(name)) session.expiresAt = new Date(device.clock.now() + left);
		},
		end: device.end,
		truth: () => ({
			rows: device
				.rows()
				.map(({ name, active, listed }) => line(name, active, listed))
				.sort(),
			valid: device.sessions().length,
		}),
	};
}

export async function takeReal(start: Start): Promise<Hand> {
	const server = createServer(start);
	const browser = createBrowser({ auth: server });
	const elsewhere = browser.openTab();
	for (const name of start.accounts) await elsewhere.signUp.email({ name, email: emailOf(name), password });

	const transit = createTransit(
		createTestClock(0, () => 0),
		true,
	);
	/** Requests that the server works on. */
	const acting = new Set<Promise<unknown>>();
	const broken = (fate: Fate) => {
		if (fate === "lost") throw new TypeError("Failed to fetch");
	};
	const send: typeof fetch = async (input, init) => {
		const request = new Request(input, init);
		const what = `${request.method} ${new URL(request.url).pathname.replace("/api/auth", "")}`;
		const headers = new Headers(request.headers);
		headers.set("cookie", browser.cookieHeader());
		headers.set("origin", origin);
		const body = request.method === "GET" ? null : await request.text();
		broken(await transit.pass({ kind: "request", tab: 0, what }, 0));
		const answered = server.handler(new Request(request.url, { method: request.method, headers, body }));
		acting.add(answered);
		const answer = await answered.finally(() => acting.delete(answered));
		const fate = await transit.pass({ kind: "answer", tab: 0, what }, 0);
		broken(fate);
		for (const cookie of answer.headers.getSetCookie()) {
			const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split(/=(.*)/s);
			if (/; max-age=0(;|$)/i.test(cookie)) browser.cookies.delete(name);
			else browser.cookies.set(name, value);
		}
		if (fate !== "body lost") return answer;
		await answer.body?.cancel();
		const nothing = new ReadableStream({ start: (controller) => controller.error(new TypeError("Failed to fetch")) });
		return new Response(nothing, { status: answer.status, headers: answer.headers });
	};
	const client: TestClient = createAuthClient({ ...browser.clientOptions, fetchOptions: { customFetchImpl: send } });

	const acted = async () => {
		while (acting.size > 0) await Promise.allSettled(acting);
		await settle();
	};
	const userOf = (id: unknown) => (server.db["user"] ?? []).find((user) => user["id"] === id);
	const sessionsOf = (name: string) =>
		server.sessions().filter(({ userId }) => userOf(userId)?.["email"] === emailOf(name));
	return {
		client,
		pending: () => lines(transit.pending()),
		async deliver(index) {
			await transit.deliver(index);
			await acted();
		},
		async lose(index, part) {
			await transit.lose(index, part);
			await acted();
		},
		code: server.code,
		token: (name) => String(sessionsOf(name).at(-1)?.["token"] ?? "no-token"),
		ripen(name) {
			for (const session of sessionsOf(name)) session["expiresAt"] = new Date(Date.now() + left);
		},
		end(name) {
			for (const { id } of sessionsOf(name)) server.end(String(id));
		},
		truth() {
			const valid = server.sessions().filter(({ expiresAt }) => Number(expiresAt) > Date.now());
			const rows = valid.flatMap(({ token, userId }) => {
				const active = browser.activeToken() === token;
				const listed = browser.cookies.has(`better-auth.session_token_multi-${String(token).toLowerCase()}`);
				return active || listed ? [line(String(userOf(userId)?.["name"]), active, listed)] : [];
			});
			return { rows: rows.sort(), valid: valid.length };
		},
	};
}
