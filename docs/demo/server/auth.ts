import { type BetterAuthOptions, betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { multiSession, organization, twoFactor } from "better-auth/plugins";
import type { Dialect } from "kysely";
import { maximumSessions } from "../people.js";

export interface AuthSetup {
	readonly dialect: Dialect;
	readonly secret: string;
	readonly port: number;
	/** Delivers a two-factor code. */
	sendCode(email: string, code: string): void;
	/** Delivers what a new password is set with, in an app as part of a link. */
	sendReset(email: string, token: string): void;
}

/** A Better Auth server as an app would set it up, its tables created or brought up to date. */
export async function createAuth({ dialect, secret, port, sendCode, sendReset }: AuthSetup) {
	const options = {
		appName: "Inkwell",
		baseURL: `http://localhost:${port}`,
		trustedOrigins: [`http://localhost:${port}`, `http://127.0.0.1:${port}`],
		secret,
		database: { dialect, type: "postgres", transaction: true },
		emailAndPassword: {
			enabled: true,
			sendResetPassword: async ({ user, token }) => sendReset(user.email, token),
		},
		plugins: [
			// Before multiSession, whose hook would else remember a session that still waits for its code.
			twoFactor({ otpOptions: { sendOTP: ({ user, otp }) => sendCode(user.email, otp) } }),
			multiSession({ maximumSessions }),
			organization(),
		],
		// Browsers share the cookies of localhost among its ports: two demos would sign each other out.
		advanced: { cookiePrefix: `device-sessions-${port}` },
		// Whoever plays with a demo clicks faster than people sign in.
		rateLimit: { enabled: false },
		// A wrong password is the page's to tell, not the terminal's.
		logger: { level: "warn", log: (level, message) => level === "warn" && console.warn(message) },
		telemetry: { enabled: false },
	} satisfies BetterAuthOptions;
	const { runMigrations } = await getMigrations(options);
	await runMigrations();
	return betterAuth(options);
}

export type Auth = Awaited<ReturnType<typeof createAuth>>;
