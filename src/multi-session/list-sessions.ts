import * as v from "valibot";
import type { MultiSessionClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { SessionAndUser } from "../schemas.js";

/**
 * Every account signed in on this device, one row a user, in no promised order and without a mark of the active one.
 * Works with no active session. Strict: one bad row is an `invalid-response`.
 *
 * @example
 * const { data } = await MultiSession.ListSessions(authClient);
 * data?.map(({ user }) => user.email);
 * @see https://www.better-auth.com/docs/plugins/multi-session
 */
export const ListSessions = defineOperation({
	operation: "multiSession.listDeviceSessions",
	plugin: "multiSession",
	payload: undefined,
	success: v.array(SessionAndUser),
	mutatesSession: false,
	call: (client: MultiSessionClient, _, fetchOptions) => client.multiSession.listDeviceSessions({ fetchOptions }),
});
