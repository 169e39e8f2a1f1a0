import * as v from "valibot";
import type { SessionAndUser } from "../../schemas.js";
import type { RowData } from "../types.js";

interface Entry {
	readonly token: string;
	readonly sessionId: unknown;
	readonly userId: string;
	readonly row: RowData;
}

/** Who the server says is active, as far as it lets itself be known. */
export const Who = /* @__PURE__ */ (() =>
	v.nullish(
		v.pipe(
			v.object({ session: v.optional(v.looseObject({}), {}), user: v.optional(v.looseObject({}), {}) }),
			v.check(({ session, user }) =>
				[session["token"], session["id"], user["id"]].some((id) => typeof id === "string"),
			),
		),
	))();

export type Identity = NonNullable<v.InferOutput<typeof Who>>;

/** What tells one identity from another, as far as it is known: a secret, most often. */
export const nameOf = ({ session, user }: Identity): unknown => session["token"] ?? session["id"] ?? user["id"];

/** The token of what may be an account. */
export const tokenOf = (account: unknown): unknown =>
	// Safe: asked for properties, of which nothing is taken for granted.
	(account as Partial<SessionAndUser> | null | undefined)?.session?.token;

/** A token that is shorter is looked for alone: it may be part of any word. */
const shortest = 16;

/**
 * The only place that holds the tokens of all accounts: row id to token, in the closure of the service actors. (Beside it
 * the `world` actor and the page's identity remember who was seen last.) Rows come out of it without them; what is not
 * in the machine cannot leak into a log, a hosted inspector or an error report.
 */
export function createVault() {
	const entries = new Map<string, Entry>();
	const tokens = new Set<string>();

	/** How long tokens are: inside a longer text, as in a cookie or behind a prefix, each stretch of that length may be one. */
	const lengths = new Set<number>();

	function isSecret(value: unknown): boolean {
		if (typeof value !== "string") return false;
		if (tokens.size < value.length) {
			for (const token of tokens)
				if (token === value || (token.length >= shortest && value.includes(token))) return true;
			return false;
		}
		for (const length of lengths) {
			for (let at = 0; at + length <= value.length; at += 1) if (tokens.has(value.slice(at, at + length))) return true;
		}
		return tokens.has(value);
	}

	/** A token is known by its key or by its value: custom rows may carry it under another name. */
	function strip<T>(value: T): T {
		if (typeof value !== "object" || !value || value instanceof Date) return value;
		const kept = Object.entries(value).filter(
			([key, item]) => !/^(session)?token$/i.test(key) && !isSecret(key) && !isSecret(item),
		);
		const stripped = kept.map(([key, item]) => [key, strip(item)] as const);
		// Safe: the same shape with secrets left out; only optional and custom fields can be lost.
		return (Array.isArray(value) ? stripped.map(([, item]) => item) : Object.fromEntries(stripped)) as T;
	}

	return {
		/** The token of a row, undefined where none is known. */
		token: (id: string): string | undefined => entries.get(id)?.token,

		/** A row as it was last heard of. */
		row: (id: string | null): RowData | undefined => entries.get(id ?? "")?.row,

		strip,

		/** Learns the tokens of what the server answered, of rows that are malformed too. */
		learn(accounts: readonly unknown[]): void {
			for (const account of accounts) {
				const token = tokenOf(account);
				if (typeof token !== "string") continue;
				tokens.add(token);
				if (token.length >= shortest) lengths.add(token.length);
			}
		},

		/** Takes accounts in and answers their rows. */
		take(accounts: readonly SessionAndUser[], listed = true): RowData[] {
			this.learn(accounts);
			return accounts.map(({ session, user }) => {
				const { id: sessionId, token } = session;
				const id = sessionId && !isSecret(sessionId) ? sessionId : `${user.id}:${session.createdAt.toISOString()}`;
				const row: RowData = { id, session: strip(session), user: strip(user), listed };
				entries.set(id, { token, sessionId, userId: user.id, row });
				return row;
			});
		},

		/** Takes in somebody who is active and cannot be listed, as far as a customSession lets them be known. */
		takeStranger({ session, user }: Identity): RowData | undefined {
			const id = session["id"] ?? user["id"];
			if (typeof id !== "string") return undefined;
			this.learn([{ session }]);
			// Safe: as much of the shape as the app's own customSession answers.
			const row = { id, session: strip(session), user: strip(user), listed: false } as RowData;
			entries.set(id, { token: "", sessionId: session["id"], userId: id, row });
			return row;
		},

		/** The row that get-session speaks of. With customSession it may lack the token, or the session's id as well. */
		find({ session, user }: Identity): string | undefined {
			const { token, id } = session;
			for (const [row, entry] of entries) {
				if (token ? token === entry.token : id ? id === entry.sessionId : user["id"] === entry.userId) return row;
			}
			return undefined;
		},

		forget: (id: string): boolean => entries.delete(id),
		clear(): void {
			entries.clear();
			tokens.clear();
		},
	};
}

export type Vault = ReturnType<typeof createVault>;
