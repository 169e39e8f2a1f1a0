import * as v from "valibot";
import type { PasswordClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { EmailAddress, Flag, PlainText, Text } from "../schemas.js";

/**
 * Has a mail sent with a link to set a new password, and answers the same whether somebody has that address or not.
 *
 * @example
 * const { error } = await Password.Forgot(authClient, { email, redirectTo: "/reset-password" });
 * @see https://www.better-auth.com/docs/authentication/email-password#request-password-reset
 */
export const Forgot = defineOperation({
	operation: "requestPasswordReset",
	payload: v.object({ email: EmailAddress, redirectTo: v.optional(PlainText) }),
	success: v.looseObject({ status: Flag, message: Text }),
	proof: "status",
	mutatesSession: false,
	mutates: true,
	call: (client: PasswordClient, payload, fetchOptions) => client.requestPasswordReset({ ...payload, fetchOptions }),
});
