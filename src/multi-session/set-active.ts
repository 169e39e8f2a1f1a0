import * as v from "valibot";
import type { MultiSessionClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { NonEmptyString, SessionAndUser } from "../schemas.js";

/**
 * Makes another account of the device the active one and answers it. An unknown, foreign or expired token is `session-gone`.
 *
 * @example
 * const { data, error } = await MultiSession.SetActive(authClient, { sessionToken });
 * @see https://www.better-auth.com/docs/plugins/multi-session
 */
export const SetActive = defineOperation({
	operation: "multiSession.setActive",
	plugin: "multiSession",
	payload: v.object({ sessionToken: NonEmptyString }),
	success: SessionAndUser,
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: MultiSessionClient, payload, fetchOptions) =>
		client.multiSession.setActive({ ...payload, fetchOptions }),
});
