import { accountCalls } from "./account-calls.js";
import { createCookieCache, type Who } from "./cookie-cache.js";
import { type ErrorCode, errors } from "./server-errors.js";
import type { ServerAnswer, ServerOptions, SetCookies, TestSession, TestUser } from "./server-types.js";
import { createTwoFactor } from "./two-factor.js";

const active = "session_token";
const multi = (token: string) => `${active}_multi-${token.toLowerCase()}`;
const isMulti = (name: string) => name.includes("_multi-");

/** Asked of the database, whatever the cookie cache says. */
const sensitive = new Set(["POST /change-password"]);

/**
 * A Better Auth server with the multi-session plugin, in memory: the three endpoints, get-session, sign-up, sign-in,
 * sign-out, revoke-session, update-user, change-password and list-sessions; with two factors verify-totp as well. That it
 * answers what a real one answers is tested with random sequences of commands.
 */
export function createTestServer(options: ServerOptions, now: () => number, newId: () => string) {
	const { cookieCache, maximumSessions = 5, expiresIn = 7 * 86_400, updateAge = 86_400 } = options;
	const cache = createCookieCache(cookieCache, now);
	const twoFactor = createTwoFactor(options.twoFactor ?? [], now, newId);
	const users = new Map<string, TestUser>();
	const passwords = new Map<string, string>();
	const sessions = new Map<string, TestSession>();

	function addUser(name: string, email: string, password: string): TestUser {
		const moment = new Date(now());
		const user: TestUser = {
			id: newId(),
			name,
			email,
			emailVerified: false,
			image: null,
			createdAt: moment,
			updatedAt: moment,
			...twoFactor.fieldsOf(name),
		};
		users.set(user.id, user);
		passwords.set(user.id, password);
		return user;
	}

	function addSession(userId: string): TestSession {
		const moment = new Date(now());
		const session: TestSession = {
			id: newId(),
			token: newId(),
			userId,
			createdAt: moment,
			updatedAt: moment,
			expiresAt: new Date(now() + expiresIn * 1000),
			ipAddress: "",
			userAgent: "",
		};
		sessions.set(session.token, session);
		return session;
	}

	const isValid = (session: TestSession | undefined): session is TestSession =>
		session !== undefined && +session.expiresAt > now();

	/**
	 * One request, with the cookies that it was sent with: what it answers, and which cookies it sets.
	 *
	 * @param isCertain `disableCookieCache`, of get-session
	 */
	function handle(
		path: string,
		body: Record<string, unknown>,
		sent: ReadonlyMap<string, string>,
		isCertain = false,
	): ServerAnswer {
		const cookies: SetCookies = new Map();
		const answer = (json: unknown): ServerAnswer => ({ status: 200, body: json, cookies });
		const refuse = (code: ErrorCode, kept = cookies): ServerAnswer => ({
			status: errors[code][0],
			body: { code, message: errors[code][1] },
			cookies: kept,
		});
		const unknown: ServerAnswer = { status: 404, body: undefined, cookies };
		const view = (session: TestSession): Who => ({ session, user: users.get(session.userId) });
		const onDevice = () => [...sessions.values()].filter(({ token }) => sent.get(multi(token)) === token);

		/** What the plugin does behind every answer that makes a session active. */
		function makeActive(session: TestSession): void {
			cookies.set(active, { value: session.token, maxAge: expiresIn });
			cache.keep(view(session), cookies);
			if (sent.has(multi(session.token))) return;
			const replaced = onDevice().filter(({ userId }) => userId === session.userId);
			for (const { token } of replaced) {
				cookies.set(multi(token), null);
				sessions.delete(token);
			}
			const others = [...sent.keys()].filter(isMulti).length - replaced.length;
			if (others < maximumSessions) cookies.set(multi(session.token), { value: session.token, maxAge: expiresIn });
		}

		function signIn(user: TestUser): TestSession {
			const session = addSession(user.id);
			makeActive(session);
			return session;
		}

		function leave(): void {
			cookies.set(active, null);
			cache.end(cookies);
		}

		/** Who is active, of the cookie cache or, past it, of the database: renewed where it is due, and forgotten where it has ended. */
		function current(isPast = isCertain): Who | null {
			const token = sent.get(active);
			if (token === undefined) return null;
			const cached = isPast ? undefined : cache.find(token, sent, cookies);
			if (cached) return cached;
			const session = sessions.get(token);
			if (!isValid(session)) {
				leave();
				sessions.delete(token);
				return null;
			}
			if (+session.expiresAt - expiresIn * 1000 + updateAge * 1000 <= now()) {
				session.expiresAt = new Date(now() + expiresIn * 1000);
				session.updatedAt = new Date(now());
				makeActive(session);
			} else cache.keep(view(session), cookies);
			return view(session);
		}

		const text = (name: string): string | undefined => {
			const value = body[name];
			return typeof value === "string" ? value : undefined;
		};

		switch (path) {
			case "GET /get-session":
				return answer(current());
			case "GET /multi-session/list-device-sessions": {
				const rows = onDevice().filter(isValid);
				const first = rows.filter(({ userId }, index) => rows.findIndex((row) => row.userId === userId) === index);
				return answer(first.map(view));
			}
			case "POST /multi-session/set-active": {
				const token = text("sessionToken");
				if (token === undefined) return refuse("VALIDATION_ERROR");
				if (sent.get(multi(token)) === undefined) return refuse("INVALID_SESSION_TOKEN");
				const session = sessions.get(token);
				if (!isValid(session)) {
					cookies.set(multi(token), null);
					return refuse("INVALID_SESSION_TOKEN");
				}
				makeActive(session);
				return answer(view(session));
			}
			case "POST /multi-session/revoke": {
				const token = text("sessionToken");
				if (token === undefined) return refuse("VALIDATION_ERROR");
				const own = current();
				if (!own) return refuse("UNAUTHORIZED");
				if (sent.get(multi(token)) === undefined) return refuse("INVALID_SESSION_TOKEN");
				sessions.delete(token);
				cookies.set(multi(token), null);
				if (own.session.token !== token) return answer({ status: true });
				const [next] = onDevice().filter(isValid);
				if (next) makeActive(next);
				else leave();
				return answer({ status: true });
			}
			case "POST /revoke-session": {
				const token = text("token");
				if (token === undefined) return refuse("VALIDATION_ERROR");
				const own = current(true);
				if (!own) return refuse("UNAUTHORIZED");
				if (sessions.get(token)?.userId === own.session.userId) sessions.delete(token);
				if (token === own.session.token) leave();
				return answer({ status: true });
			}
			case "POST /sign-out": {
				sessions.delete(sent.get(active) ?? "");
				leave();
				for (const { token } of onDevice()) sessions.delete(token);
				for (const name of sent.keys()) if (isMulti(name)) cookies.set(name, null);
				return answer({ success: true });
			}
			case "POST /sign-up/email":
			case "POST /sign-in/email": {
				const [email, password, name] = [text("email")?.toLowerCase(), text("password"), text("name")];
				const isNew = path === "POST /sign-up/email";
				if (email === undefined || password === undefined || (isNew && name === undefined))
					return refuse("VALIDATION_ERROR");
				const known = [...users.values()].find((user) => user.email === email);
				if (isNew && known) return refuse("USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL");
				if (!isNew && (!known || passwords.get(known.id) !== password)) return refuse("INVALID_EMAIL_OR_PASSWORD");
				const user = known ?? addUser(name ?? "", email, password);
				if (!isNew && twoFactor.isOn(user)) {
					leave();
					return answer(twoFactor.ask(user, cookies));
				}
				const { token } = signIn(user);
				return answer({ ...(!isNew && { redirect: false }), token, user });
			}
			case "POST /two-factor/verify-totp": {
				const code = text("code");
				if (!options.twoFactor) return unknown;
				if (code === undefined) return refuse("VALIDATION_ERROR");
				return twoFactor.verify({ code, own: current(true), sent, cookies, signIn, answer, refuse });
			}
			default: {
				const call = accountCalls[path];
				if (!call) return unknown;
				const own = current(sensitive.has(path))?.session;
				const user = own && users.get(own.userId);
				if (!own || !user) return refuse("UNAUTHORIZED");
				return call(body, { own, user, sessions, passwords, now, isValid, addSession, makeActive, answer, refuse });
			}
		}
	}

	return {
		users,
		passwords,
		sessions,
		challenges: twoFactor.challenges,
		isValid,
		addUser,
		handle,
		/** Who is active for these cookies, without the renewal that a request would bring. */
		activeOf(sent: ReadonlyMap<string, string>): TestSession | null {
			const session = sessions.get(sent.get(active) ?? "");
			return isValid(session) ? session : null;
		},
		/** Whom these cookies list. */
		listOf: (sent: ReadonlyMap<string, string>): TestSession[] =>
			[...sessions.values()].filter((session) => isValid(session) && sent.get(multi(session.token)) === session.token),
	};
}

export type TestServer = ReturnType<typeof createTestServer>;
