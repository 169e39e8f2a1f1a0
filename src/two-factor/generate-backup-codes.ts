import * as v from "valibot";
import type { TwoFactorClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { Flag, NonEmptyString, Text } from "../schemas.js";

/**
 * Makes new backup codes for the active account; the old ones work no more.
 *
 * @example
 * const { data } = await TwoFactor.GenerateBackupCodes(authClient, { password });
 * data?.backupCodes.map(show);
 * @see https://www.better-auth.com/docs/plugins/2fa#generating-backup-codes
 */
export const GenerateBackupCodes = defineOperation({
	operation: "twoFactor.generateBackupCodes",
	plugin: "twoFactor",
	payload: v.object({ password: NonEmptyString }),
	success: v.looseObject({ status: Flag, backupCodes: v.array(Text) }),
	proof: "status",
	mutatesSession: false,
	betterAuthSignals: true,
	mutates: true,
	call: (client: TwoFactorClient, payload, fetchOptions) =>
		client.twoFactor.generateBackupCodes({ ...payload, fetchOptions }),
});
