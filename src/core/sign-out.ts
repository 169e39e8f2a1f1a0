import * as v from "valibot";
import type { CoreClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { Flag, PlainText } from "../schemas.js";

/**
 * Signs the whole device out, every account of it where the server has `multiSession()`. `url` is where an identity
 * provider wants the browser to go; with `disableRedirect` the client does not go there by itself.
 *
 * @example
 * const { data } = await Core.SignOut(authClient, { disableRedirect: true });
 * if (data?.url) location.href = data.url;
 * @see https://www.better-auth.com/docs/basic-usage#signout
 */
export const SignOut = defineOperation({
	operation: "signOut",
	payload: v.object({ disableRedirect: v.optional(Flag), callbackURL: v.optional(PlainText) }),
	success: v.looseObject({ success: Flag, url: v.nullish(PlainText), redirect: v.nullish(Flag) }),
	proof: "success",
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: CoreClient, payload, fetchOptions) => client.signOut({ ...payload, fetchOptions }),
});
