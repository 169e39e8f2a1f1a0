import * as v from "valibot";
import { type SessionAndUser, toDate } from "../../schemas.js";
import type { RowData } from "../types.js";
import { equal } from "../values.js";
import type { Account } from "./accounts.js";
import { createSecrets } from "./secrets.js";

/** One session of an account. */
interface Entry {
	readonly token: string;
	readonly sessionId: unknown;
	readonly userId: unknown;
	readonly row: RowData;
	/** What was sent, where the row and its token are not all of it. */
	readonly base?: SessionAndUser | undefined;
	/** They are all of it: it is not kept twice. */
	readonly isWhole?: true | undefined;
	/** The same user's next session on this device: one row a user. */
	readonly next?: Entry | undefined;
}

/** Who the server says is active, as far as it lets itself be known. */
export const Who = /* @__PURE__ */ (() =>
	v.nullish(
		v.pipe(
			v.object({ session: v.fallback(v.looseObject({}), {}), user: v.fallback(v.looseObject({}), {}) }),
			v.check(({ session, user }) =>
				[session["token"], session["id"], user["id"]].some((id) => typeof id === "string" && id),
			),
		),
	))();

export type Identity = NonNullable<v.InferOutput<typeof Who>>;

/** What tells one identity from another, as far as it is known: where only the token is, it is that, a secret. */
export const nameOf = ({ session, user }: Identity): unknown => session["id"] || session["token"] || user["id"];

/** The token of what may be an account. */
export const tokenOf = (account: unknown): unknown =>
	// Safe: asked for properties, of which nothing is taken for granted.
	(account as Partial<SessionAndUser> | null | undefined)?.session?.token;

/** The id of a row whose session has none. */
const idOf = (userId: unknown, createdAt: unknown): string => `${userId}:${toDate(createdAt)?.toISOString()}`;

/** What was sent of an account. */
const baseOf = (entry: Entry | undefined): SessionAndUser | undefined =>
	entry?.isWhole ? { session: { ...entry.row.session, token: entry.token }, user: entry.row.user } : entry?.base;

const madeAt = (entry: Entry): number => +(baseOf(entry)?.session.createdAt ?? 0);

/**
 * The only place that holds the tokens of all accounts: row id to token, in the closure of the service actors. (Beside it
 * the `world` actor and the page's identity remember who was seen last.) Rows come out of it without them; what is not
 * in the machine cannot leak into a log, a hosted inspector or an error report.
 */
export function createVault() {
	const entries = new Map<string, Entry>();
	/** The reading before, by token: what is the same again is not looked at again, and not kept twice. */
	const before = new Map<string, Entry>();
	const users = new Map<unknown, Entry>();
	/** Users who have had several sessions here: the list shows one of them and hides the others. */
	const crowded = new Set<unknown>();
	const secrets = createSecrets();
	const { strip } = secrets;

	/** Learns a token; with a new one, what was no secret may be one. */
	function learn(token: unknown): void {
		if (secrets.learn(token) && !before.has(token)) before.clear();
	}

	/** A row whose account is not shown holds nothing but its id. */
	function toEntry({ base, refused, session, token, user }: Account, listed: boolean): Entry {
		/** Nothing was transformed or left out: row and token are all that was sent. */
		const isAll = (entry: Entry) => session === base?.session && user === base?.user && equal(baseOf(entry), base);
		const last = before.get(token);
		if (!refused && last?.isWhole && !entries.has(last.row.id) && isAll(last))
			return { ...last, next: undefined, row: { ...last.row, listed } };
		const sessionId = base?.session.id;
		const isNamed = sessionId && !secrets.isSecret(sessionId);
		const name = isNamed ? sessionId : base ? idOf(base.user.id, base.session.createdAt) : "unknown";
		let id = name;
		// Another account has it.
		for (let count = 2; entries.has(id) && (!base || users.get(base.user.id)?.row.id !== id); count += 1)
			id = `${name}#${count}`;
		const shown = !refused && session && user;
		const row = shown
			? { id, session: strip(session), user: strip(user), listed }
			: // Safe: never published.
				({ id, session: {}, user: {}, listed, hidden: true } as unknown as RowData);
		const entry: Entry = { token, sessionId, userId: base?.user.id, row, isWhole: true };
		return isAll(entry) && sessionId === id ? entry : { ...entry, isWhole: undefined, base };
	}

	/** Gives a session its place; the user's other one, where there is one, stands behind it. */
	function place(entry: Entry): Entry {
		entries.set(entry.row.id, entry);
		if (entry.userId !== undefined) users.set(entry.userId, entry);
		return entry;
	}

	function add(entry: Entry, isActive: boolean): Entry {
		const known = entry.userId === undefined ? undefined : users.get(entry.userId);
		if (!known) return place(entry);
		if (known.token === entry.token && known.token) return known;
		crowded.add(entry.userId);
		const isFirst = isActive || (!entry.row.hidden && (known.row.hidden || madeAt(entry) > madeAt(known)));
		if (!isFirst) return place({ ...known, next: { ...entry, next: known.next } });
		entries.delete(known.row.id);
		// The list knows the user, so a switch away does not lose the account. The session it may: its token must be known.
		const listed = entry.row.listed || (known.row.listed && entry.token !== "");
		return place({ ...entry, row: { ...entry.row, listed }, next: known });
	}

	return {
		/** The token of a row, undefined where none is known. */
		token: (id: string): string | undefined => entries.get(id)?.token,

		/** A row as it was last heard of. */
		row: (id: string | null): RowData | undefined => entries.get(id ?? "")?.row,

		rows: (): RowData[] => Array.from(entries.values(), ({ row }) => row),

		/** What was sent of a row. */
		base: (id: string): SessionAndUser | undefined => baseOf(entries.get(id)),

		/** The row of the same user's next session. */
		next: (id: string | null): RowData | undefined => entries.get(id ?? "")?.next?.row,

		/** The user of a row, where the list may hide another session of theirs. */
		crowd(id: string): unknown {
			const userId = entries.get(id)?.userId;
			return crowded.has(userId) ? userId : undefined;
		},

		strip,

		/** Learns the tokens of what the server answered, of rows that are malformed too. */
		learn(accounts: readonly unknown[]): void {
			for (const account of accounts) learn(tokenOf(account));
		},

		/** Takes in what the server lists: one row a user, the newest session's. What is not shown is an account all the same. */
		take(accounts: readonly Account[]): void {
			for (const { token } of accounts) learn(token);
			for (const account of accounts) add(toEntry(account, true), false);
			before.clear();
		},

		/** Takes in the account that is active and that no row speaks of; another session of the same user's gives way. */
		takeActive(account: Account): string {
			learn(account.token);
			return add(toEntry(account, false), true).row.id;
		},

		/** Takes in somebody who is active and cannot be listed, as far as a customSession lets them be known. */
		takeStranger({ session, user }: Identity): string | null {
			const token = tokenOf({ session });
			const userId = user["id"];
			const id =
				session["id"] ??
				(toDate(session["createdAt"]) && +Object(session["createdAt"]) > 0
					? idOf(userId, session["createdAt"])
					: userId);
			if (typeof id !== "string") return null;
			learn(token);
			// Safe: as much of the shape as the app's own customSession answers.
			const row = { id, session: strip(session), user: strip(user), listed: false } as RowData;
			const entry = { token: typeof token === "string" ? token : "", sessionId: session["id"], userId, row };
			return add(entry, true).row.id;
		},

		/** Takes in what set-active answered of a row, whose id and place stay. */
		renew(id: string, account: Account): RowData | undefined {
			const known = entries.get(id);
			if (!known) return undefined;
			const { row, ...entry } = toEntry(account, true);
			return place({ ...entry, next: known.next, row: { ...row, id } }).row;
		},

		/** The row that get-session speaks of. With customSession it may lack the token, or the session's id as well. */
		find({ session, user }: Identity): string | undefined {
			const { token, id } = session;
			for (const [row, entry] of entries) {
				if (token ? token === entry.token : id ? id === entry.sessionId : user["id"] && user["id"] === entry.userId)
					return row;
			}
			return undefined;
		},

		/** Forgets a session; the same user's next one takes its place, and its row is returned. */
		forget(id: string): RowData | undefined {
			const known = entries.get(id);
			entries.delete(id);
			users.delete(known?.userId);
			return known?.next && place(known.next).row;
		},
		/** A reading takes the place of the one before: what is the same in it is taken from there. */
		turn(): void {
			for (const entry of entries.values()) before.set(entry.token, entry);
			this.clear();
		},
		clear(): void {
			entries.clear();
			users.clear();
			secrets.clear();
		},
	};
}

export type Vault = ReturnType<typeof createVault>;
