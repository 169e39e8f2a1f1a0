import * as v from "valibot";
import type { OrganizationClient } from "../client.js";
import { listOf } from "../list-of.js";
import { defineOperation } from "../operation.js";
import { NonEmptyString } from "../schemas.js";
import { Count, Invitation, MemberAndUser, OrganizationRow, Team } from "./schemas.js";

/**
 * An organization with its members, its invitations and, where the server has teams, these; null where none is named
 * and none is active. `metadata` can be a JSON string.
 *
 * @example
 * const { data } = await Organization.GetFull(authClient, { organizationSlug: "acme" });
 * data?.members.map(({ user }) => user.name);
 * @see https://www.better-auth.com/docs/plugins/organization#get-full-organization
 */
export const GetFull = defineOperation({
	operation: "organization.getFullOrganization",
	plugin: "organization",
	payload: v.object({
		organizationId: v.optional(NonEmptyString),
		organizationSlug: v.optional(NonEmptyString),
		membersLimit: v.optional(Count),
	}),
	success: v.nullable(
		v.looseObject({
			...OrganizationRow.entries,
			members: listOf(MemberAndUser),
			invitations: listOf(Invitation),
			teams: v.optional(listOf(Team)),
		}),
	),
	mutatesSession: false,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.getFullOrganization({ query: payload, fetchOptions }),
});
