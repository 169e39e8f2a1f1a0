import * as v from "valibot";
import type { TwoFactorClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { NonEmptyString, Text } from "../schemas.js";

/**
 * The `otpauth://` address that an authenticator app takes, of an account that has two-factor with `totp`.
 *
 * @example
 * const { data } = await TwoFactor.GetTotpUri(authClient, { password });
 * if (data) showQrCode(data.totpURI);
 * @see https://www.better-auth.com/docs/plugins/2fa#getting-totp-uri
 */
export const GetTotpUri = defineOperation({
	operation: "twoFactor.getTotpUri",
	plugin: "twoFactor",
	payload: v.object({ password: NonEmptyString }),
	success: v.looseObject({ totpURI: Text }),
	mutatesSession: false,
	betterAuthSignals: true,
	call: (client: TwoFactorClient, payload, fetchOptions) => client.twoFactor.getTotpUri({ ...payload, fetchOptions }),
});
