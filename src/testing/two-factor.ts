import type { Who } from "./cookie-cache.js";
import type { ErrorCode } from "./server-errors.js";
import type { ServerAnswer, SetCookies, TestSession, TestUser } from "./server-types.js";

/** What the authenticator app of everybody shows who has two factors. */
export const code = "123456";

const cookie = "two_factor";
/** A challenge lasts ten minutes and takes five wrong codes; so many in a row lock an account for a quarter of an hour. */
const lasts = 600;
const attempts = 5;
const failures = 10;
const locked = 900;

/** What a verification needs of the server. */
interface Verification {
	readonly code: string;
	/** Who is active, as the database has it: then no sign-in is half-way. */
	readonly own: Who | null;
	readonly sent: ReadonlyMap<string, string>;
	readonly cookies: SetCookies;
	signIn(user: TestUser): TestSession;
	answer(json: unknown): ServerAnswer;
	refuse(code: ErrorCode): ServerAnswer;
}

/** Better Auth's two-factor plugin, as much of it as a sign-in needs: the password alone makes nobody active. */
export function createTwoFactor(names: readonly string[], now: () => number, newId: () => string) {
	const challenges = new Map<string, { readonly user: TestUser; readonly until: number; failed: number }>();
	const wrong = new Map<string, { count: number; until: number }>();

	function isLocked({ id }: TestUser): boolean {
		const { until = 0 } = wrong.get(id) ?? {};
		if (until > now()) return true;
		if (until > 0) wrong.delete(id);
		return false;
	}
	function recordFailure({ id }: TestUser): void {
		const { count = 0, until = 0 } = wrong.get(id) ?? {};
		wrong.set(id, { count: count + 1, until: count + 1 >= failures ? now() + locked * 1000 : until });
	}
	const isOn = (user: TestUser | undefined): boolean => user?.["twoFactorEnabled"] === true;

	return {
		challenges,
		isOn,
		/** What a new user of this name has besides. */
		fieldsOf: (name: string) => (names.includes(name) ? { twoFactorEnabled: true } : {}),
		/** The password was right: a code is asked for. */
		ask(user: TestUser, cookies: SetCookies): object {
			const id = newId();
			challenges.set(id, { user, until: now() + lasts * 1000, failed: 0 });
			cookies.set(cookie, { value: id, maxAge: lasts });
			return { twoFactorRedirect: true, twoFactorMethods: ["totp"] };
		},
		verify({ answer, code: given, cookies, own, refuse, sent, signIn }: Verification): ServerAnswer {
			if (own) {
				if (!isOn(own.user)) return refuse("TOTP_NOT_ENABLED");
				return given === code ? answer({ token: own.session.token, user: own.user }) : refuse("INVALID_CODE");
			}
			const id = sent.get(cookie) ?? "";
			const challenge = challenges.get(id);
			if (!challenge) return refuse("INVALID_TWO_FACTOR_COOKIE");
			const { failed, until, user } = challenge;
			if (isLocked(user)) return refuse("ACCOUNT_TEMPORARILY_LOCKED");
			if (until < now()) return refuse("INVALID_TWO_FACTOR_COOKIE");
			if (failed >= attempts) {
				challenges.delete(id);
				cookies.set(cookie, null);
				return refuse("TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE");
			}
			if (given !== code) {
				challenge.failed += 1;
				recordFailure(user);
				return refuse("INVALID_CODE");
			}
			wrong.delete(user.id);
			challenges.delete(id);
			const { token } = signIn(user);
			cookies.set(cookie, null);
			return answer({ token, user });
		},
	};
}
