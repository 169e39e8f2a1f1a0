import * as v from "valibot";
import type { EmailVerificationClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { EmailAddress, PlainText, Status } from "../schemas.js";

/**
 * Has a mail sent with a link that verifies the address. Signed in, it must be the address of the active account; else
 * the answer is the same whether somebody has it or not.
 *
 * @example
 * const { error } = await EmailVerification.Send(authClient, { email, callbackURL: "/welcome" });
 * @see https://www.better-auth.com/docs/concepts/email#email-verification
 */
export const Send = defineOperation({
	operation: "sendVerificationEmail",
	payload: v.object({ email: EmailAddress, callbackURL: v.optional(PlainText) }),
	success: Status,
	proof: "status",
	mutatesSession: false,
	mutates: true,
	call: (client: EmailVerificationClient, payload, fetchOptions) =>
		client.sendVerificationEmail({ ...payload, fetchOptions }),
});
