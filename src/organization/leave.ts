import * as v from "valibot";
import type { OrganizationClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { NonEmptyString } from "../schemas.js";
import { MemberAndUser } from "./schemas.js";

/**
 * Takes the active user out of an organization, and answers what the member was. The last owner cannot leave.
 *
 * @example
 * const { error } = await Organization.Leave(authClient, { organizationId });
 * @see https://www.better-auth.com/docs/plugins/organization#leave-organization
 */
export const Leave = defineOperation({
	operation: "organization.leave",
	plugin: "organization",
	payload: v.object({ organizationId: NonEmptyString }),
	success: MemberAndUser,
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: OrganizationClient, payload, fetchOptions) => client.organization.leave({ ...payload, fetchOptions }),
});
