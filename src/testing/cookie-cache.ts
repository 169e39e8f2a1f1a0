import type { SetCookies, TestSession, TestUser } from "./server-types.js";

const cookie = "session_data";

/** Whose request it is, as the server knows it. */
export interface Who {
	readonly session: TestSession;
	readonly user: TestUser | undefined;
}

/**
 * Better Auth's cookie cache: the account that is active, kept in a cookie beside the session's. Until it runs out the
 * database is not asked, so that a session which has ended elsewhere goes on.
 *
 * @param maxAge in seconds; undefined: it is off
 */
export function createCookieCache(maxAge: number | undefined, now: () => number) {
	return {
		/** Goes out with every answer for which the database was asked. */
		keep(who: Who, cookies: SetCookies): void {
			if (maxAge === undefined) return;
			const value = JSON.stringify({ ...who, expiresAt: now() + maxAge * 1000 });
			cookies.set(cookie, { value, maxAge });
		},
		/** Goes with the session's cookie. */
		end(cookies: SetCookies): void {
			if (maxAge !== undefined) cookies.set(cookie, null);
		},
		/** What it says of the session with this token. What has run out, or is of another session, goes. */
		find(token: string, sent: ReadonlyMap<string, string>, cookies: SetCookies): Who | undefined {
			const text = sent.get(cookie);
			if (text === undefined) return undefined;
			// Safe: as it was kept; its dates are texts, which is what they are in an answer.
			const { expiresAt, ...who } = JSON.parse(text) as Who & { readonly expiresAt: number };
			const isOld = expiresAt < now() || +new Date(who.session.expiresAt) < now();
			if (!isOld && who.session.token === token) return who;
			cookies.set(cookie, null);
			return undefined;
		},
	};
}
