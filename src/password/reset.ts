import * as v from "valibot";
import type { PasswordClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { NonEmptyString, Status } from "../schemas.js";

/**
 * Sets a new password with the token from the mail, which works once. Signs nobody in.
 *
 * @example
 * const token = new URLSearchParams(location.search).get("token") ?? "";
 * const { error } = await Password.Reset(authClient, { newPassword, token });
 * @see https://www.better-auth.com/docs/authentication/email-password#request-password-reset
 */
export const Reset = defineOperation({
	operation: "resetPassword",
	payload: v.object({ newPassword: NonEmptyString, token: NonEmptyString }),
	success: Status,
	proof: "status",
	mutatesSession: false,
	mutates: true,
	call: (client: PasswordClient, payload, fetchOptions) => client.resetPassword({ ...payload, fetchOptions }),
});
