import * as v from "valibot";
import type { TwoFactorClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { NonEmptyString, Status } from "../schemas.js";

/**
 * Turns two-factor off for the active account, whose session is another one from then on.
 *
 * @example
 * const { error } = await TwoFactor.Disable(authClient, { password });
 * @see https://www.better-auth.com/docs/plugins/2fa#disabling-2fa
 */
export const Disable = defineOperation({
	operation: "twoFactor.disable",
	plugin: "twoFactor",
	payload: v.object({ password: NonEmptyString }),
	success: Status,
	proof: "status",
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: TwoFactorClient, payload, fetchOptions) => client.twoFactor.disable({ ...payload, fetchOptions }),
});
