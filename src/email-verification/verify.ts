import * as v from "valibot";
import type { EmailVerificationClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { Flag, NonEmptyString, User } from "../schemas.js";

/**
 * Verifies an address with the token from the mail. `user` is there where the address itself was changed by it, and
 * null or missing otherwise; whether somebody is signed in by it is the server's choice.
 *
 * @example
 * const { error } = await EmailVerification.Verify(authClient, { token });
 * @see https://www.better-auth.com/docs/concepts/email#email-verification
 */
export const Verify = defineOperation({
	operation: "verifyEmail",
	payload: v.object({ token: NonEmptyString }),
	success: v.looseObject({ status: Flag, user: v.nullish(User) }),
	proof: "status",
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: EmailVerificationClient, payload, fetchOptions) =>
		client.verifyEmail({ query: payload, fetchOptions }),
});
