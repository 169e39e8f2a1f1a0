import type { SessionAndUser } from "../../schemas.js";
import type { RowData } from "../types.js";

interface Entry {
	readonly token: string;
	readonly sessionId: unknown;
	readonly userId: string;
}

/** Who the server says is active, as far as it lets itself be known. */
export interface Identity {
	readonly session: { readonly [key: string]: unknown };
	readonly user: { readonly [key: string]: unknown };
}

/**
 * The only place that holds tokens: row id to token, in the closure of the service actors. Rows come out of it without
 * them; what is not in the machine cannot leak into a log, a hosted inspector or an error report.
 */
export function createVault() {
	const entries = new Map<string, Entry>();
	const tokens = new Set<string>();

	/** A token is known by its key or by its value: custom rows may carry it under another name. */
	function strip<T>(value: T, own: string): T {
		// Safe: the same shape with secrets left out; only optional and custom fields can be lost.
		if (Array.isArray(value)) return value.filter((item) => !isSecret(item, own)).map((item) => strip(item, own)) as T;
		if (typeof value !== "object" || value === null || value instanceof Date) return value;
		const kept = Object.entries(value).filter(([key, item]) => !/^(session)?token$/i.test(key) && !isSecret(item, own));
		return Object.fromEntries(kept.map(([key, item]) => [key, strip(item, own)])) as T;
	}

	/** Alone, or inside a longer text as in a cookie; short ones are looked for whole, so that no name is taken for one. */
	const isSecret = (value: unknown, own: string): boolean =>
		typeof value === "string" &&
		(tokens.has(value) ||
			(own.length >= 16 && value.includes(own)) ||
			(value.match(/[\w-]{16,}/g)?.some((run) => tokens.has(run)) ?? false));

	return {
		/** The token of a row, undefined where none is known. */
		token: (id: string): string | undefined => entries.get(id)?.token,

		/** Takes accounts in, forgets those that are not among them where `all` of the device were read, answers rows. */
		take(accounts: readonly SessionAndUser[], { all = false, listed = true } = {}): RowData[] {
			if (all) {
				entries.clear();
				tokens.clear();
			}
			for (const { session } of accounts) tokens.add(session.token);
			return accounts.map(({ session, user }) => {
				const { id: sessionId, token } = session;
				const id =
					sessionId && !isSecret(sessionId, token) ? sessionId : `${user.id}:${session.createdAt.toISOString()}`;
				entries.set(id, { token, sessionId, userId: user.id });
				return { id, session: strip(session, token), user: strip(user, token), listed };
			});
		},

		/** The row that get-session speaks of. With customSession it may lack the token, or more. */
		find({ session, user }: Identity): string | undefined {
			const key = (["token", "id"] as const).find((name) => typeof session[name] === "string");
			for (const [id, entry] of entries) {
				if (key === "token" && entry.token === session["token"]) return id;
				if (key === "id" && entry.sessionId === session["id"]) return id;
				if (!key && entry.userId === user["id"]) return id;
			}
			return undefined;
		},

		forget: (id: string): boolean => entries.delete(id),
		clear: (): void => entries.clear(),
	};
}

export type Vault = ReturnType<typeof createVault>;
