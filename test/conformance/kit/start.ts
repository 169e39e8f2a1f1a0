import { symmetricEncrypt } from "better-auth/crypto";
import { multiSession, twoFactor } from "better-auth/plugins";
import { createRealServer } from "../../support/real-server.js";

/** A device before anything happens to it, and the server that it belongs to. */
export interface Start {
	readonly accounts: readonly string[];
	readonly maximumSessions: number;
	/** Better Auth's cookie cache is on, for so many seconds. */
	readonly cookieCache?: number | undefined;
	/** Who has two factors. */
	readonly twoFactor?: readonly string[] | undefined;
}

export const people = ["Ada", "Bob", "Cy"];

const secret = "a secret of everybody's authenticator app";

/** A real server as a start asks for it. Whoever has two factors has them from the sign-up on, as in the kit. */
export function createServer({ cookieCache, maximumSessions, twoFactor: names }: Start) {
	const plugins = names && { plugins: [twoFactor(), multiSession({ maximumSessions })] };
	const session = cookieCache !== undefined && { session: { cookieCache: { enabled: true, maxAge: cookieCache } } };
	const server = createRealServer({ maximumSessions, ...session, ...plugins });
	const { auth, db } = server;
	if (names) db["twoFactor"] = [];

	async function enrol(): Promise<void> {
		const isNew = ({ name, twoFactorEnabled }: Record<string, unknown>) =>
			names?.includes(String(name)) && twoFactorEnabled !== true;
		for (const user of (db["user"] ?? []).filter(isNew)) {
			user["twoFactorEnabled"] = true;
			const { secretConfig } = await auth.$context;
			db["twoFactor"]?.push({
				id: `two-factor of ${user["id"]}`,
				userId: user["id"],
				secret: await symmetricEncrypt({ key: secretConfig, data: secret }),
				backupCodes: "",
				verified: true,
				failedVerificationCount: 0,
				lockedUntil: null,
			});
		}
	}
	return {
		...server,
		async handler(request: Request): Promise<Response> {
			const response = await auth.handler(request);
			await enrol();
			return response;
		},
		/** What an authenticator app shows. */
		async code(): Promise<string> {
			if (!names) return "000000";
			// Safe: the plugin is there, which the type does not say where it may be or not.
			const api = auth.api as unknown as { generateTOTP(given: object): Promise<{ code: string }> };
			return (await api.generateTOTP({ body: { secret } })).code;
		},
	};
}
