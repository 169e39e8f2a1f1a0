import * as v from "valibot";
import type { OrganizationClient } from "../../client.js";
import { defineOperation } from "../../operation.js";
import { NonEmptyString } from "../../schemas.js";
import { Member, Roles } from "../schemas.js";

/**
 * Gives a member another role, or several; several come back joined by commas.
 *
 * @example
 * const { data } = await Organization.Members.UpdateRole(authClient, { memberId, role: ["admin", "billing"] });
 * @see https://www.better-auth.com/docs/plugins/organization#update-member-role
 */
export const UpdateRole = defineOperation({
	operation: "organization.updateMemberRole",
	plugin: "organization",
	payload: v.object({ memberId: NonEmptyString, role: Roles, organizationId: v.optional(NonEmptyString) }),
	success: Member,
	mutatesSession: false,
	mutates: true,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.updateMemberRole({ ...payload, fetchOptions }),
});
