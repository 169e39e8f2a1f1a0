import type { BrowserContext } from "playwright-core";
import { expect } from "vitest";
import { password } from "../support/real-server.js";

/** An address that nobody has yet. */
export const newEmail = (name: string): string => `${name}-${crypto.randomUUID()}@example.com`.toLowerCase();

/** Ada and Bob sign up on a device; Bob is active. */
export async function signUpAdaAndBob(context: BrowserContext, url: string): Promise<void> {
	for (const name of ["Ada", "Bob"]) {
		const answer = await context.request.post(`${url}/api/auth/sign-up/email`, {
			data: { name, email: newEmail(name), password },
			headers: { origin: url },
		});
		expect(answer.status()).toBe(200);
	}
}
