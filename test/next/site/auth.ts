import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { multiSession } from "better-auth/plugins";

const create = () =>
	betterAuth({
		baseURL: process.env["SITE_URL"] ?? "",
		secret: "a secret for tests that is long enough",
		database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
		emailAndPassword: { enabled: true },
		plugins: [multiSession()],
		rateLimit: { enabled: false },
		telemetry: { enabled: false },
	});

// Route handlers and pages are bundled apart, and share one memory.
const shared = globalThis as typeof globalThis & { auth?: ReturnType<typeof create> };
shared.auth ??= create();
export const auth = shared.auth;
