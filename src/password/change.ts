import * as v from "valibot";
import type { PasswordClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { Flag, NonEmptyString, TokenOrNullAndUser } from "../schemas.js";

/**
 * Changes the password of the active account. With `revokeOtherSessions` all its sessions end, on this device too, and
 * `token` is that of the new one; else it is null.
 *
 * @example
 * const { error } = await Password.Change(authClient, { currentPassword, newPassword, revokeOtherSessions: true });
 * @see https://www.better-auth.com/docs/authentication/email-password#update-password
 */
export const Change = defineOperation({
	operation: "changePassword",
	payload: v.object({
		currentPassword: NonEmptyString,
		newPassword: NonEmptyString,
		revokeOtherSessions: v.optional(Flag),
	}),
	success: TokenOrNullAndUser,
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: PasswordClient, payload, fetchOptions) => client.changePassword({ ...payload, fetchOptions }),
});
