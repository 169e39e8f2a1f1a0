import type { Result } from "../../../src/index.js";
import { password } from "../../support/real-server.js";
import type { Side } from "./sides.js";

/** What happens on a device, by the names of people. */
export type Step =
	| { do: "refetch" | "refetchCertainly" | "signOutOthers" | "signOutAll" }
	| { do: "setActive"; name: string; leaveUnlisted: boolean }
	| { do: "revoke"; name: string; next?: string | undefined }
	| { do: "signIn" | "end" | "expire" | "ripen"; name: string }
	| { do: "client.setActive" | "client.revoke" | "client.revokeSession" | "client.signIn"; name: string }
	/** The code of whoever has two factors. */
	| { do: "client.verify"; isWrong: boolean }
	/** So much time passes that cookies which last minutes have run out. */
	| { do: "runOut" };

const week = 7 * 86_400_000;

const verify = ({ $fetch }: Side["client"], given: string) =>
	$fetch("/two-factor/verify-totp", { method: "POST", body: { code: given } });

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

/** A call past the store, of which it is not told. */
async function call(
	side: Side,
	step: Extract<Step, { do: `client.${string}` }>,
): Promise<{ data: object | null; error: { status: number; code?: string | undefined } | null }> {
	const { client } = side;
	const fetchOptions = { disableSignal: true };
	// Safe: `$fetch` says of no path what it answers.
	if (step.do === "client.verify") return verify(client, step.isWrong ? "000000" : await side.code()) as never;
	const sessionToken = await side.token(step.name);
	switch (step.do) {
		case "client.setActive":
			return client.multiSession.setActive({ sessionToken, fetchOptions });
		case "client.revoke":
			return client.multiSession.revoke({ sessionToken, fetchOptions });
		case "client.revokeSession":
			return client.revokeSession({ token: sessionToken, fetchOptions });
		case "client.signIn":
			return client.signIn.email({ email: side.emailOf(step.name), password, fetchOptions });
	}
}

/** Does one thing and waits for rest; answers what came of it: the answer, what the store shows, what is true. */
export async function take(side: Side, step: Step): Promise<unknown> {
	const { client, store } = side;
	let answer: unknown = null;
	switch (step.do) {
		case "refetch":
		case "signOutOthers":
			answer = named(side, await store[step.do]());
			break;
		case "refetchCertainly":
			answer = named(side, await store.refetch({ disableCookieCache: true }));
			break;
		case "runOut":
			await side.runOut();
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
			const { data, error } = await call(side, step);
			answer = [data && Object.keys(data).sort(), error && [error.status, error.code]];
		}
	}
	await side.rest();
	const { active, error, sessions, status } = store.value as NonNullable<typeof store.value>;
	const shown = sessions.map(({ user, listed }) => `${user.name}${listed ? "" : " unlisted"}`).sort();
	return { answer, state: [status, active?.user.name ?? null, shown, error?.kind ?? null], truth: await side.truth() };
}
