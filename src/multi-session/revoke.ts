import * as v from "valibot";
import type { MultiSessionClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { NonEmptyString, Status } from "../schemas.js";

/**
 * Signs one account of the device out. Needs an active session (`unauthorized` without). Of the active one the server
 * promotes the first row it finds, and does not say which. Fires the session signal, which Better Auth does not.
 *
 * @example
 * const { error } = await MultiSession.Revoke(authClient, { sessionToken });
 * @see https://www.better-auth.com/docs/plugins/multi-session
 */
export const Revoke = defineOperation({
	operation: "multiSession.revoke",
	plugin: "multiSession",
	payload: v.object({ sessionToken: NonEmptyString }),
	success: Status,
	proof: "status",
	mutatesSession: true,
	call: (client: MultiSessionClient, payload, fetchOptions) => client.multiSession.revoke({ ...payload, fetchOptions }),
});
