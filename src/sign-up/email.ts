import * as v from "valibot";
import type { SignUpClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { EmailAddress, Flag, NonEmptyString, PlainText, TokenOrNullAndUser } from "../schemas.js";

/**
 * Makes an account with e-mail address and password, and signs it in: `token` is null where the server doesn't,
 * because the address is to be verified first (then it answers so for an address that is taken, too). Columns of the
 * app's own go along in the payload.
 *
 * @example
 * const { data, error } = await SignUp.Email(authClient, { name, email, password });
 * if (data?.token === null) askToVerify(data.user.email);
 * @see https://www.better-auth.com/docs/authentication/email-password#sign-up
 */
export const Email = defineOperation({
	operation: "signUp.email",
	payload: v.looseObject({
		name: PlainText,
		email: EmailAddress,
		password: NonEmptyString,
		image: v.optional(PlainText),
		callbackURL: v.optional(PlainText),
		rememberMe: v.optional(Flag),
	}),
	success: TokenOrNullAndUser,
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: SignUpClient, payload, fetchOptions) => client.signUp.email({ ...payload, fetchOptions }),
});
