import { ok, strictEqual } from "node:assert";
import { createHmac } from "node:crypto";
import { createBrowser, origin, password } from "../support/real-server.js";
import type { openServers } from "./auth.js";
import { type Operation, requestsOf } from "./commands.js";
import { through } from "./through.js";

/** How many people are signed in on each device. */
export const accounts = 5;
/** Every request is counted, and none is refused. */
export const rules = { maximumSessions: accounts, max: 1_000_000 };
const userAgent =
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

interface Account {
	readonly userId: string;
	token: string;
}

/** A browser profile without a page: it sends what a store does. */
export interface LoadDevice {
	readonly accounts: readonly Account[];
	send(operation: Operation): Promise<void>;
	/** Whoever was signed out is signed in again, past the instance. */
	restore(): Promise<void>;
}

/** What the server itself would write and answer with, had these people signed in on a device. */
export async function createDevice(
	auth: ReturnType<Awaited<ReturnType<typeof openServers>>["of"]>,
	url: string,
	number: number,
): Promise<LoadDevice> {
	const { internalAdapter, authCookies, secret } = await auth.$context;
	const browser = createBrowser({ auth: { handler: through(url, number)(rules) } });
	const { name } = authCookies.sessionToken;
	const sign = (token: string) =>
		encodeURIComponent(`${token}.${createHmac("sha256", secret).update(token).digest("base64")}`);
	async function signIn(userId: string): Promise<string> {
		const ipAddress = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
		const { token } = await internalAdapter.createSession(userId, false, { ipAddress, userAgent });
		browser.cookies.set(`${name}_multi-${token.toLowerCase()}`, sign(token));
		return token;
	}

	const people: Account[] = [];
	while (people.length < accounts) {
		const person = `Person ${people.length}`;
		const email = `person.${people.length}.${number}@example.com`;
		const user = { name: person, email, emailVerified: false };
		const { id } = await internalAdapter.createUser(user, { method: "email-password" });
		await internalAdapter.linkAccount({ userId: id, accountId: id, providerId: "credential", password });
		people.push({ userId: id, token: await signIn(id) });
	}
	let active = 0;
	let signedOut: Account | undefined;
	browser.cookies.set(name, sign(people[active]?.token ?? ""));

	/** Who is meant: the next one. */
	const next = () => people[(active + 1) % accounts];
	async function ask(request: string, account: Account | undefined): Promise<unknown> {
		const [method = "", path = ""] = request.split(" ");
		const headers = { "content-type": "application/json", "user-agent": userAgent };
		const body = method === "POST" && { body: JSON.stringify({ sessionToken: account?.token }) };
		const answer = await browser.send(
			new Request(`${origin}/api/auth${path}`, { method, ...(body && { headers, ...body }) }),
		);
		ok(answer.ok, `${request} is answered with ${answer.status}`);
		return answer.json();
	}

	return {
		accounts: people,
		async send(operation) {
			const account = next();
			for (const request of requestsOf[operation]) {
				const answer = await ask(request, account);
				if (request.endsWith("/set-active")) active = (active + 1) % accounts;
				// Safe: these two paths answer so.
				if (request.endsWith("/list-device-sessions")) strictEqual((answer as unknown[]).length, accounts);
				else if (request.endsWith("/get-session"))
					strictEqual((answer as { session: { token: string } } | null)?.session.token, people[active]?.token);
			}
			if (operation === "another account is signed out") signedOut = account;
		},
		async restore() {
			if (signedOut) signedOut.token = await signIn(signedOut.userId);
			signedOut = undefined;
		},
	};
}
