import type { ErrorCode } from "./server-errors.js";
import type { ServerAnswer, TestSession, TestUser } from "./server-types.js";

/** What a call about one's own account needs of the server. */
interface Account {
	readonly own: TestSession;
	readonly user: TestUser;
	readonly sessions: Map<string, TestSession>;
	readonly passwords: Map<string, string>;
	now(): number;
	isValid(session: TestSession): boolean;
	addSession(userId: string): TestSession;
	makeActive(session: TestSession): void;
	answer(json: unknown): ServerAnswer;
	refuse(code: ErrorCode): ServerAnswer;
}

const ownFields = new Set(["id", "createdAt", "updatedAt", "emailVerified"]);

/**
 * Calls that a page makes past every store, about the account that is active. The server sets the session cookie again
 * with some of them: one that ends after a switch puts the old account back.
 */
export const accountCalls: Record<string, (body: Record<string, unknown>, account: Account) => ServerAnswer> = {
	"GET /list-sessions": (_, { own, sessions, isValid, answer }) =>
		answer([...sessions.values()].filter((session) => session.userId === own.userId && isValid(session))),

	"POST /update-user": (body, { own, user, now, makeActive, answer, refuse }) => {
		if (body["email"]) return refuse("EMAIL_CAN_NOT_BE_UPDATED");
		const fields = Object.fromEntries(Object.entries(body).filter(([name]) => !ownFields.has(name)));
		Object.assign(user, fields, { updatedAt: new Date(now()) });
		makeActive(own);
		return answer({ status: true });
	},

	"POST /change-password": (body, { own, user, sessions, passwords, addSession, makeActive, answer, refuse }) => {
		const { currentPassword, newPassword, revokeOtherSessions } = body;
		if (typeof currentPassword !== "string" || typeof newPassword !== "string") return refuse("VALIDATION_ERROR");
		if (newPassword.length < 8) return refuse("PASSWORD_TOO_SHORT");
		if (passwords.get(user.id) !== currentPassword) return refuse("INVALID_PASSWORD");
		passwords.set(user.id, newPassword);
		if (!revokeOtherSessions) return answer({ token: null, user });
		for (const { token, userId } of sessions.values()) if (userId === own.userId) sessions.delete(token);
		const session = addSession(own.userId);
		makeActive(session);
		return answer({ token: session.token, user });
	},
};
