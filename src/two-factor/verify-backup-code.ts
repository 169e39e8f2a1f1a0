import * as v from "valibot";
import type { TwoFactorClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { Flag, NonEmptyString, User } from "../schemas.js";

/**
 * Takes a backup code, which works once, and completes the sign-in; with `disableSession` it only checks it, and there
 * is no `token` where nobody was active.
 *
 * @example
 * const { data, error } = await TwoFactor.VerifyBackupCode(authClient, { code });
 * @see https://www.better-auth.com/docs/plugins/2fa#using-backup-codes
 */
export const VerifyBackupCode = defineOperation({
	operation: "twoFactor.verifyBackupCode",
	plugin: "twoFactor",
	payload: v.object({
		code: NonEmptyString,
		trustDevice: v.optional(Flag),
		disableSession: v.optional(Flag),
	}),
	success: v.looseObject({ token: v.nullish(NonEmptyString), user: User }),
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: TwoFactorClient, payload, fetchOptions) =>
		client.twoFactor.verifyBackupCode({ ...payload, fetchOptions }),
});
