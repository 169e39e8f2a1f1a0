import fc from "fast-check";
import { settle, type TestClient } from "../../../src/testing/index.js";
import { password } from "../../support/real-server.js";
import { type Hand, takeKit, takeReal } from "./hands.js";
import { people, type Start } from "./start.js";

/** One choice: a call that a page sends, or what becomes of something on its way. */
export type Choice =
	| { do: keyof typeof calls | "ripen" | "end"; name: string }
	| { do: "deliver" | "lose"; at: number; only: "body" | undefined };

const fetchOptions = { disableSignal: true };
const email = (name: string) => `${name.toLowerCase()}@example.com`;
const verify = ({ $fetch }: TestClient, code: string) =>
	$fetch("/two-factor/verify-totp", { method: "POST", body: { code } });
type Call = (
	client: TestClient,
	name: string,
	token: string,
	code: string,
) => Promise<{ data: unknown; error: unknown }>;
const calls = {
	setActive: (client, _, sessionToken) => client.multiSession.setActive({ sessionToken, fetchOptions }),
	revoke: (client, _, sessionToken) => client.multiSession.revoke({ sessionToken, fetchOptions }),
	revokeSession: (client, _, token) => client.revokeSession({ token, fetchOptions }),
	signIn: (client, name) => client.signIn.email({ email: email(name), password, fetchOptions }),
	signUp: (client, name) => client.signUp.email({ name, email: email(name), password, fetchOptions }),
	signOut: (client) => client.signOut({ fetchOptions }),
	getSession: (client) => client.getSession({ fetchOptions }),
	getSessionCertain: (client) => client.getSession({ query: { disableCookieCache: true }, fetchOptions }),
	list: (client) => client.multiSession.listDeviceSessions({ fetchOptions }),
	listSessions: (client) => client.listSessions({ fetchOptions }),
	updateUser: (client, name) => client.updateUser({ image: `https://example.com/${name}.png`, fetchOptions }),
	changePassword: (client) => client.changePassword({ currentPassword: password, newPassword: password, fetchOptions }),
	changePasswordEverywhere: (client) =>
		client.changePassword({
			currentPassword: password,
			newPassword: password,
			revokeOtherSessions: true,
			fetchOptions,
		}),
	wrongPassword: (client) =>
		client.changePassword({ currentPassword: "not the password", newPassword: password, fetchOptions }),
	verify: (client, _name, _token, code) => verify(client, code),
	verifyWrongly: (client) => verify(client, "000000"),
} satisfies Record<string, Call>;

// Safe: the keys of an object that is written down right here.
const names = Object.keys(calls) as (keyof typeof calls)[];
const name = fc.constantFrom(...people);
const at = fc.nat(7);
const choice: fc.Arbitrary<Choice> = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ do: fc.constantFrom(...names), name }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constantFrom("setActive" as const, "updateUser"), name }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constantFrom("ripen" as const, "end", "signIn", "verify"), name }) },
	{ weight: 8, arbitrary: fc.record({ do: fc.constant("deliver" as const), at, only: fc.constant(undefined) }) },
	{
		weight: 2,
		arbitrary: fc.record({ do: fc.constant("lose" as const), at, only: fc.constantFrom("body" as const, undefined) }),
	},
);
const start: fc.Arbitrary<Start> = fc.record({
	accounts: fc.shuffledSubarray(people),
	maximumSessions: fc.constantFrom(2, 5),
	cookieCache: fc.constantFrom(undefined, 300),
	twoFactor: fc.constantFrom(undefined, ["Cy"], ["Ada", "Bob"]),
});

/** An answer without what no two servers have in common: ids, tokens, dates. */
function plain(data: unknown): unknown {
	if (Array.isArray(data))
		return data
			.map(plain)
			.map((one) => JSON.stringify(one))
			.sort();
	if (typeof data !== "object" || data === null) return data;
	// Safe: an object has keys.
	const { user, session, ...rest } = data as Record<string, unknown>;
	// Safe: what is no user has no name.
	const name = (user as { name?: unknown } | undefined)?.name;
	return [Object.keys(rest).sort(), name ?? null, session ? "session" : null];
}

interface Seen {
	readonly choice: Choice;
	readonly pending: readonly string[];
	readonly settled: unknown;
	readonly truth: ReturnType<Hand["truth"]>;
}

/** Plays choices on one side: what each of them came to. */
async function playOn(
	take: (start: Start) => Promise<Hand>,
	given: Start,
	choices: readonly Choice[],
): Promise<Seen[]> {
	const hand = await take(given);
	const settled: unknown[] = [];
	const seen: Seen[] = [];
	let count = 0;

	async function make(choice: Choice): Promise<void> {
		if ("at" in choice) {
			const pending = hand.pending();
			if (pending.length === 0) return;
			const index = choice.at % pending.length;
			const only = pending[index]?.startsWith("answer") ? choice.only : undefined;
			await (choice.do === "deliver" ? hand.deliver(index) : hand.lose(index, { only }));
			return;
		}
		if (choice.do === "ripen" || choice.do === "end") return hand[choice.do](choice.name);
		count += 1;
		const number = count;
		const call: Call = calls[choice.do];
		const { name } = choice;
		call(hand.client, name, hand.token(name), await hand.code()).then(
			({ data, error }) => {
				// Safe: what is no error of the server's has neither.
				const { status, code } = (error ?? {}) as { status?: number; code?: string };
				settled.push([number, choice.do, plain(data), status ?? null, code ?? null]);
			},
			(error: unknown) => settled.push([number, choice.do, error instanceof Error ? error.name : error]),
		);
		await settle();
	}

	const rest: Choice[] = Array.from({ length: 2 * choices.length }, () => ({ do: "deliver", at: 0, only: undefined }));
	for (const choice of [...choices, ...rest]) {
		await make(choice);
		seen.push({ choice, pending: hand.pending(), settled: structuredClone(settled), truth: hand.truth() });
	}
	return seen;
}

/** The same choices on the kit and on a real server: what each of them came to on either side. */
export async function playBoth(given: Start, choices: readonly Choice[]) {
	return { kit: await playOn(takeKit, given, choices), real: await playOn(takeReal, given, choices) };
}

/** Random choices on the kit and on a real server, of which every one has to come to the same. */
export async function compareHands(
	runs: number,
	seed: number,
	same: (kit: unknown, real: unknown) => void,
): Promise<void> {
	await fc.assert(
		fc.asyncProperty(start, fc.array(choice, { minLength: 2, maxLength: 14 }), async (given, choices) => {
			const { kit, real } = await playBoth(given, choices);
			same(kit, real);
		}),
		{ numRuns: runs, seed, endOnFailure: false },
	);
}
