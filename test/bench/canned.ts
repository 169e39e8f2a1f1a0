import { createAuthClient } from "better-auth/client";
import { multiSessionClient } from "better-auth/client/plugins";

// A device whose answers are there at once: what is measured is the store, not a server.

const moment = "2026-11-01T00:00:00.000Z";
const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** 32 letters, as Better Auth makes its ids and tokens; the same for the same seed. */
function random(seed: number): string {
	let state = seed + 1;
	return Array.from({ length: 32 }, () => {
		// The constants of Numerical Recipes. The low bits repeat soon.
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return letters[(state >>> 8) % letters.length];
	}).join("");
}

export const account = (number: number) => ({
	session: {
		id: random(3 * number),
		token: random(3 * number + 1),
		userId: random(3 * number + 2),
		expiresAt: "2030-12-01T00:00:00.000Z",
		createdAt: moment,
		updatedAt: moment,
		ipAddress: "127.0.0.1",
		userAgent:
			"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
	},
	user: {
		id: random(3 * number + 2),
		name: `Person ${number}`,
		email: `person-${number}@example.com`,
		emailVerified: true,
		image: null,
		createdAt: moment,
		updatedAt: moment,
	},
});

type Account = ReturnType<typeof account>;

export function createCannedDevice(count: number) {
	const accounts = Array.from({ length: count }, (_, index) => account(index));
	const device = { accounts, active: 0, list: JSON.stringify(accounts) };
	const headers = { "content-type": "application/json" };
	const find = (token: string): number => device.accounts.findIndex(({ session }) => session.token === token);
	const answer = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
		const path = new URL(input instanceof Request ? input.url : input).pathname;
		if (path.endsWith("/list-device-sessions")) return new Response(device.list, { headers });
		if (path.endsWith("/set-active")) {
			device.active = find(JSON.parse(String(init?.body)).sessionToken);
			return new Response(JSON.stringify(device.accounts[device.active]), { headers });
		}
		if (path.endsWith("/get-session"))
			return new Response(JSON.stringify(device.accounts[device.active] ?? null), { headers });
		return new Response('{"status":true}', { headers });
	};
	const client = createAuthClient({
		baseURL: "http://localhost:3000",
		plugins: [multiSessionClient()],
		// Safe: better-fetch calls it with an address and options only.
		fetchOptions: { customFetchImpl: answer as typeof fetch },
	});
	return {
		client,
		/** Makes an answer with these accounts beforehand. What it returns lets the device give it from then on. */
		prepare(accounts: Account[]): () => void {
			const list = JSON.stringify(accounts);
			return () => Object.assign(device, { accounts, list });
		},
		accounts: () => device.accounts,
	};
}
