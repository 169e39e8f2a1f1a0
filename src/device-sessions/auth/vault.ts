import * as v from "valibot";
import { isObject } from "../../is-object.js";
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
	/** The least of them. */
	let least = Number.POSITIVE_INFINITY;

	/** Which letters occur in tokens, by char code: a stretch with any other letter in it is none. */
	const letters: true[] = [];

	function isSecret(value: unknown): boolean {
		if (typeof value !== "string") return false;
		if (tokens.has(value)) return true;
		const isLetter = (at: number) => letters[value.charCodeAt(at)];
		// User agents are long, their words are short: each stretch as long as a token reaches over one of these places.
		for (let at = least - 1; at < value.length; at += least) {
			if (!isLetter(at)) continue;
			let from = at;
			while (from > 0 && isLetter(from - 1)) from -= 1;
			while (at + 1 < value.length && isLetter(at + 1)) at += 1;
			if (holdsToken(value.slice(from, at + 1))) return true;
		}
		return false;
	}

	/** Asks for each token or for each stretch of a token's length, whichever is less to do. */
	function holdsToken(stretch: string): boolean {
		if (tokens.size < stretch.length) {
			for (const token of tokens) if (token.length >= shortest && stretch.includes(token)) return true;
			return false;
		}
		for (const length of lengths) {
			for (let at = 0; at + length <= stretch.length; at += 1) {
				if (tokens.has(stretch.slice(at, at + length))) return true;
			}
		}
		return false;
	}

	/** A token is known by its key or by its value: custom rows may carry it under another name. */
	function strip<T>(value: T): T {
		if (!isObject(value) || value instanceof Date) return value;
		// Safe, here and below: the same shape with secrets left out; only optional and custom fields can be lost.
		if (Array.isArray(value)) return value.filter((item) => !isSecret(item)).map(strip) as T;
		const stripped: Record<string, unknown> = {};
		for (const [key, item] of Object.entries(value)) {
			// Set as a property, this one would become the row's prototype.
			if (key === "__proto__" || /^(session)?token$/i.test(key) || isSecret(key) || isSecret(item)) continue;
			stripped[key] = strip(item);
		}
		return stripped as T;
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
				if (typeof token !== "string" || tokens.has(token)) continue;
				tokens.add(token);
				if (token.length < shortest) continue;
				lengths.add(token.length);
				least = Math.min(least, token.length);
				for (let at = 0; at < token.length; at += 1) letters[token.charCodeAt(at)] = true;
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
