import * as v from "valibot";
import type { TwoFactorClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { Flag, NonEmptyString, TokenAndUser } from "../schemas.js";

/**
 * Takes a code of the authenticator app: the second step of a sign-in, or the first code after `Enable`. Of the latter
 * the `token` is that of a session which has just been replaced.
 *
 * @example
 * const { data, error } = await TwoFactor.VerifyTotp(authClient, { code, trustDevice: true });
 * @see https://www.better-auth.com/docs/plugins/2fa#verifying-totp
 */
export const VerifyTotp = defineOperation({
	operation: "twoFactor.verifyTotp",
	plugin: "twoFactor",
	payload: v.object({ code: NonEmptyString, trustDevice: v.optional(Flag) }),
	success: TokenAndUser,
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: TwoFactorClient, payload, fetchOptions) => client.twoFactor.verifyTotp({ ...payload, fetchOptions }),
});
