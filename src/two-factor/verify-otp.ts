import * as v from "valibot";
import type { TwoFactorClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { Flag, NonEmptyString, TokenAndUser } from "../schemas.js";

/**
 * Takes the code that `SendOtp` had sent, and completes the sign-in.
 *
 * @example
 * const { data, error } = await TwoFactor.VerifyOtp(authClient, { code });
 * @see https://www.better-auth.com/docs/plugins/2fa#verifying-otp
 */
export const VerifyOtp = defineOperation({
	operation: "twoFactor.verifyOtp",
	plugin: "twoFactor",
	payload: v.object({ code: NonEmptyString, trustDevice: v.optional(Flag) }),
	success: TokenAndUser,
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: TwoFactorClient, payload, fetchOptions) => client.twoFactor.verifyOtp({ ...payload, fetchOptions }),
});
