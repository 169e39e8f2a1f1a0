import * as v from "valibot";
import { OperationError } from "../../errors.js";
import { type Issue, invalid } from "../../invalid.js";
import { isObject } from "../../is-object.js";
import { ListSessions } from "../../multi-session/list-sessions.js";
import { type SessionAndUser, toText } from "../../schemas.js";
import { soon } from "../../soon.js";
import { type Loose, mend, type Part } from "./mend.js";
import { type Identity, tokenOf, type Vault } from "./vault.js";

/** The app's own Valibot schemas, for its custom fields. */
export interface CustomSchemas {
	/** Checks the custom fields of a session. */
	readonly session?: v.GenericSchema<unknown, object> | undefined;
	/** Checks the custom fields of a user. */
	readonly user?: v.GenericSchema<unknown, object> | undefined;
}

/** Base and custom fields: what the app's schema answers is laid over the rest. */
export const withCustom = <Base extends object>(
	base: v.GenericSchema<unknown, Base>,
	custom: v.GenericSchema<unknown, object> | undefined,
): v.GenericSchema<unknown, Base> =>
	custom
		? v.pipe(
				base,
				v.rawTransform(({ dataset, addIssue, NEVER }): Base => {
					const { issues, output } = v.safeParse(custom, dataset.value);
					if (!issues) return { ...dataset.value, ...output };
					for (const { message, expected, path } of issues) {
						addIssue({ message, ...(expected && { expected }), ...(path && { path }) });
					}
					return NEVER;
				}),
			)
		: base;

/** One account of the device, as far as it is known. */
export interface Account extends Partial<SessionAndUser> {
	/** The token, empty where none came. */
	readonly token: string;
	/** What was sent, with its columns mended and before the app's own schemas; undefined where it is not known who this is. */
	readonly base?: SessionAndUser | undefined;
	/** It is not shown: nobody knows who it is, the app's own schemas refuse it, or it has another one's id. */
	readonly refused?: true | undefined;
}

const isLoose = (value: unknown): value is Loose => isObject(value) && !Array.isArray(value);
const wrong = (expected: string, ...keys: unknown[]): Issue => ({
	type: "",
	expected,
	path: keys.map((key) => ({ key })),
});

/** Who an account is decides strictly; the text of its ids, or what is wrong. */
function identify(sent: unknown): { readonly session: Loose; readonly user: Loose } | Issue {
	if (!isLoose(sent)) return wrong("Object");
	const { session, user } = sent;
	if (!isLoose(session)) return wrong("Object", "session");
	const { token, id = null, userId = null } = session;
	if (typeof token !== "string" || !token) return wrong("a text, not empty", "session", "token");
	const sessionId = id === null ? id : toText(id);
	if (sessionId === undefined) return wrong("string", "session", "id");
	if (!isLoose(user)) return wrong("Object", "user");
	const owner = toText(user["id"]);
	if (!owner) return wrong("string", "user", "id");
	// A customSession may leave it out of the session.
	if (userId !== null && toText(userId) !== owner) return wrong("the user's id", "session", "userId");
	const isAsSent = sessionId === id && userId === owner && owner === user["id"];
	return isAsSent
		? { session, user }
		: { session: { ...session, ...(id !== null && { id: sessionId }), userId: owner }, user: { ...user, id: owner } };
}

type Identified = ReturnType<typeof identify>;

/** The tokens that several sessions have: a customSession has masked them, and nobody can be meant by one. */
function sharedTokens(found: readonly Identified[]): ReadonlySet<unknown> {
	const owners = new Map<unknown, unknown>();
	const shared = new Set<unknown>();
	for (const one of found) {
		if (!("session" in one)) continue;
		const { id, token, userId } = one.session;
		const owner = id ?? userId;
		if (owners.has(token) && owners.get(token) !== owner) shared.add(token);
		owners.set(token, owner);
	}
	return shared;
}

/**
 * Checks what the server answers, account by account. Who it is, is strict: one that nobody can know is refused and
 * reported. What it looks like is lenient: columns of another type are mended, and told of once, by their path.
 */
export function createAccounts(schemas: CustomSchemas) {
	const told = new Set<string>();
	function tell(path: string): void {
		if (told.has(path)) return;
		told.add(path);
		// Where a console throws, as some test runners' do, nothing of ours is in its way.
		soon(() =>
			// biome-ignore lint/suspicious/noConsole: the app's developer is told of a database's column, and the page shows no error.
			console.warn(`device-sessions: ${path} of an account is not of its type: converted or replaced.`),
		);
	}

	/** With what the app's schema makes of it. */
	function customize<T extends Loose>(part: Part, base: T, issues: Issue[]): T {
		const schema = schemas[part];
		if (!schema) return base;
		const found = v.safeParse(schema, base);
		if (!found.issues) return { ...base, ...found.output };
		for (const { type, expected, path = [] } of found.issues)
			issues.push({ type, expected, path: [{ key: part }, ...path] });
		return base;
	}

	function checkOne(
		sent: unknown,
		found: Identified,
		shared: ReadonlySet<unknown>,
		ids: Set<unknown>,
	): { account: Account; issues: Issue[]; thrown?: unknown } {
		if (!("session" in found)) {
			const token = tokenOf(sent);
			return { account: { token: typeof token === "string" ? token : "", refused: true }, issues: [found] };
		}
		const issues: Issue[] = [];
		// Safe: ids were read, and every other column is of its type now.
		const base = {
			session: mend("session", found.session, tell),
			user: mend("user", found.user, tell),
		} as SessionAndUser;
		const { id } = base.session;
		if (id && ids.has(id)) issues.push(wrong("an id of its own", "session", "id"));
		ids.add(id);
		const isMasked = shared.has(base.session.token);
		if (isMasked) issues.push(wrong("a token of its own", "session", "token"));
		const token = isMasked ? "" : base.session.token;
		try {
			const session = customize("session", base.session, issues);
			const user = customize("user", base.user, issues);
			return { account: { token, base, session, user, ...(issues.length > 0 && { refused: true }) }, issues };
		} catch (thrown) {
			return { account: { token, base, refused: true }, issues, thrown };
		}
	}

	return function check(sent: readonly unknown[]): { accounts: Account[]; error: OperationError | null } {
		const identified = sent.map(identify);
		const shared = sharedTokens(identified);
		const ids = new Set<unknown>();
		const issues: Issue[] = [];
		let error: OperationError | null = null;
		const accounts = identified.map((found, index) => {
			const one = checkOne(sent[index], found, shared, ids);
			for (const { path = [], ...issue } of one.issues) issues.push({ ...issue, path: [{ key: index }, ...path] });
			if ("thrown" in one) error ??= faultOf(one.thrown, sent);
			return one.account;
		});
		if (issues.length > 0)
			error ??= invalid("invalid-response", ListSessions.operation, "An account was left out", issues);
		return { accounts, error };
	};
}

/** A schema of the app's threw. It may hold what it was given: its message is all that is handed on, and only without a token. */
function faultOf(thrown: unknown, sent: readonly unknown[]): OperationError {
	const message = thrown instanceof Error ? thrown.message : "";
	const isSecret = sent.map(tokenOf).some((token) => typeof token === "string" && message.includes(token));
	const details = isSecret ? {} : { cause: new Error(message) };
	return new OperationError("callback", "schemas", "A schema that was handed in threw.", details);
}

export type CheckAccounts = ReturnType<typeof createAccounts>;

/** Who is active, a row of its own where the server does not list it; and why it is not shown, where it isn't. */
export function whoIsActive(
	vault: Vault,
	check: CheckAccounts,
	who: Identity | null,
): { activeId: string | null; error: OperationError | null } {
	const known = who && vault.find(who);
	if (!who || known) return { activeId: known ?? null, error: null };
	const { accounts, error } = check([who]);
	const [account] = accounts;
	// A customSession may have left out who it is. Its columns are mended all the same; that they are missing is no news.
	if (account && !account.base)
		return {
			activeId: vault.takeStranger({
				session: mend("session", who.session, () => {}),
				user: mend("user", who.user, () => {}),
			}),
			error: null,
		};
	return { activeId: account ? vault.takeActive(account) : null, error };
}
