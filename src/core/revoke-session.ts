import * as v from "valibot";
import type { CoreClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { NonEmptyString, Status } from "../schemas.js";

/**
 * Ends one session of the active user, on whatever device it is. For another user's token the server answers the same
 * and deletes nothing.
 *
 * @example
 * const { error } = await Core.RevokeSession(authClient, { token });
 * @see https://www.better-auth.com/docs/concepts/session-management#revoke-session
 */
export const RevokeSession = defineOperation({
	operation: "revokeSession",
	payload: v.object({ token: NonEmptyString }),
	success: Status,
	proof: "status",
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: CoreClient, payload, fetchOptions) => client.revokeSession({ ...payload, fetchOptions }),
});
