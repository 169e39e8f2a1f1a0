import type { OrganizationClient } from "../../client.js";
import { defineOperation } from "../../operation.js";
import { MemberAndUser } from "../schemas.js";

/**
 * The active user as a member of the active organization. Without one it is `rejected` with the code
 * `NO_ACTIVE_ORGANIZATION`.
 *
 * @example
 * const { data } = await Organization.Members.GetActive(authClient);
 * data?.role;
 * @see https://www.better-auth.com/docs/plugins/organization#get-active-member
 */
export const GetActive = defineOperation({
	operation: "organization.getActiveMember",
	plugin: "organization",
	payload: undefined,
	success: MemberAndUser,
	mutatesSession: false,
	call: (client: OrganizationClient, _, fetchOptions) => client.organization.getActiveMember({ fetchOptions }),
});
