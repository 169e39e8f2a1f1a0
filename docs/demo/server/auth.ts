import { type BetterAuthOptions, betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { multiSession, organization, twoFactor } from "better-auth/plugins";
import { maximumSessions } from "../people.js";
import type { Storage } from "./storage.js";

export interface AuthSetup {
	readonly storage: Storage;
	readonly secret: string;
	/** Where browsers find the demo. */
	readonly port: number;
	/** Delivers a two-factor code. */
	sendCode(email: string, code: string): void;
	/** Delivers what a new password is set with, in an app as part of a link. */
	sendReset(email: string, token: string): void;
}

/** Whoever plays with a demo clicks faster than people sign in. */
const often = { window: 10, max: 1_000 };

/** A Better Auth server as an app would set it up. */
export function createAuth({ storage, secret, port, sendCode, sendReset }: AuthSetup) {
	const { database, secondaryStorage, counts } = storage;
	const customRules = { "/sign-in/*": often, "/sign-up/*": often, "/two-factor/*": often };
	return betterAuth({
		appName: "Inkwell",
		baseURL: `http://localhost:${port}`,
		trustedOrigins: [`http://localhost:${port}`, `http://127.0.0.1:${port}`],
		secret,
		database,
		...(secondaryStorage && { secondaryStorage }),
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
		rateLimit: counts ? { enabled: true, storage: counts, ...often, customRules } : { enabled: false },
		// A wrong password is the page's to tell, not the terminal's.
		logger: { level: "warn", log: (level, message) => level === "warn" && console.warn(message) },
		telemetry: { enabled: false },
	} satisfies BetterAuthOptions);
}

export type Auth = ReturnType<typeof createAuth>;

/** Creates the tables of a server, or brings them up to date. */
export async function migrate(auth: { readonly options: BetterAuthOptions }): Promise<void> {
	const { runMigrations } = await getMigrations(auth.options);
	await runMigrations();
}
