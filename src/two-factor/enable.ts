import * as v from "valibot";
import type { TwoFactorClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { NonEmptyString, oneOf, PlainText, Text } from "../schemas.js";

// Better Auth 1.6 knows no other method, and names none.
const Totp = v.looseObject({ method: v.optional(oneOf("totp"), "totp"), totpURI: Text, backupCodes: v.array(Text) });
const Otp = v.looseObject({ method: oneOf("otp") });

/**
 * Turns two-factor on for the active account. With `totp`, the default, it is on once `VerifyTotp` has taken a first
 * code: until then the session stays as it is. With `otp` it is on at once, and the session is another one.
 *
 * @example
 * const { data } = await TwoFactor.Enable(authClient, { password });
 * if (data?.method === "totp") showQrCode(data.totpURI);
 * @see https://www.better-auth.com/docs/plugins/2fa#enabling-2fa
 */
export const Enable = defineOperation({
	operation: "twoFactor.enable",
	plugin: "twoFactor",
	payload: v.object({
		password: NonEmptyString,
		method: v.optional(oneOf("otp", "totp")),
		issuer: v.optional(PlainText),
	}),
	success: v.lazy((answer) => (Object(answer).method === "otp" ? Otp : Totp)),
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: TwoFactorClient, payload, fetchOptions) => client.twoFactor.enable({ ...payload, fetchOptions }),
});
