import * as v from "valibot";
import type { OrganizationClient } from "../../client.js";
import { defineOperation } from "../../operation.js";
import { NonEmptyString } from "../../schemas.js";
import { Invitation } from "../schemas.js";

/**
 * Every invitation to an organization, the active one where none is named.
 *
 * @example
 * const { data } = await Organization.Invitations.List(authClient);
 * data?.filter(({ status }) => status === "pending");
 * @see https://www.better-auth.com/docs/plugins/organization#list-invitations
 */
export const List = defineOperation({
	operation: "organization.listInvitations",
	plugin: "organization",
	payload: v.object({ organizationId: v.optional(NonEmptyString) }),
	success: v.array(Invitation),
	mutatesSession: false,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.listInvitations({ query: payload, fetchOptions }),
});
