import * as v from "valibot";
import type { TwoFactorClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { Flag, Status } from "../schemas.js";

/**
 * Has a code sent, as the second step of a sign-in asks for it.
 *
 * @example
 * const { error } = await TwoFactor.SendOtp(authClient);
 * @see https://www.better-auth.com/docs/plugins/2fa#sending-otp
 */
export const SendOtp = defineOperation({
	operation: "twoFactor.sendOtp",
	plugin: "twoFactor",
	payload: v.object({ trustDevice: v.optional(Flag) }),
	success: Status,
	proof: "status",
	mutatesSession: false,
	betterAuthSignals: true,
	mutates: true,
	call: (client: TwoFactorClient, payload, fetchOptions) => client.twoFactor.sendOtp({ ...payload, fetchOptions }),
});
