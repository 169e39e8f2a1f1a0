import * as v from "valibot";
import type { CoreClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { SessionAndUser } from "../schemas.js";

/**
 * The active session and its user, or null where nobody is signed in.
 *
 * @example
 * const { data } = await Core.GetSession(authClient);
 * data?.user.name;
 * @see https://www.better-auth.com/docs/concepts/session-management
 */
export const GetSession = defineOperation({
	operation: "getSession",
	payload: undefined,
	success: v.nullable(SessionAndUser),
	mutatesSession: false,
	call: (client: CoreClient, _, fetchOptions) => client.getSession({ fetchOptions }),
});
