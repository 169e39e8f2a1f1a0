import * as v from "valibot";
import type { SignInClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { EmailAddress, Flag, MaybeText, NonEmptyString, oneOf, PlainText, Texts, User } from "../schemas.js";

const TwoFactorChallenge = v.looseObject({ twoFactorRedirect: oneOf(true), twoFactorMethods: Texts });

const SignedIn = v.looseObject({
	twoFactorRedirect: v.optional(oneOf(false)),
	redirect: Flag,
	token: NonEmptyString,
	url: MaybeText,
	user: User,
});

/**
 * Signs somebody in with e-mail address and password. Where the account has two-factor, the answer is a challenge
 * instead: nobody is active then, until one of the `TwoFactor.Verify…` operations has succeeded.
 *
 * @example
 * const { data, error } = await SignIn.Email(authClient, { email, password });
 * if (data?.twoFactorRedirect) askForCode(data.twoFactorMethods);
 * @see https://www.better-auth.com/docs/authentication/email-password#sign-in
 */
export const Email = defineOperation({
	operation: "signIn.email",
	payload: v.object({
		email: EmailAddress,
		password: NonEmptyString,
		rememberMe: v.optional(Flag),
		callbackURL: v.optional(PlainText),
	}),
	success: v.lazy((answer) => (Object(answer).twoFactorRedirect ? TwoFactorChallenge : SignedIn)),
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: SignInClient, payload, fetchOptions) => client.signIn.email({ ...payload, fetchOptions }),
});
