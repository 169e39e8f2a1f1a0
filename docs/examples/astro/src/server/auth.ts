import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { multiSession } from "better-auth/plugins";

export const auth = betterAuth({
	baseURL: process.env.BETTER_AUTH_URL ?? "http://localhost:3000",
	// Both are gone when the server ends: set a secret, and put your database here.
	secret: process.env.BETTER_AUTH_SECRET ?? crypto.randomUUID(),
	database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
	emailAndPassword: { enabled: true },
	plugins: [multiSession()],
	telemetry: { enabled: false },
});
