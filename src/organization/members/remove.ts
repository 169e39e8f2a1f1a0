import * as v from "valibot";
import type { OrganizationClient } from "../../client.js";
import { defineOperation } from "../../operation.js";
import { NonEmptyString } from "../../schemas.js";
import { Member } from "../schemas.js";

/**
 * Takes a member out of an organization, named by the member's id or by e-mail address, and answers what it was. Of
 * the active user its active organization may change by it.
 *
 * @example
 * const { error } = await Organization.Members.Remove(authClient, { memberIdOrEmail: "bob@example.com" });
 * @see https://www.better-auth.com/docs/plugins/organization#remove-member
 */
export const Remove = defineOperation({
	operation: "organization.removeMember",
	plugin: "organization",
	payload: v.object({ memberIdOrEmail: NonEmptyString, organizationId: v.optional(NonEmptyString) }),
	success: v.looseObject({ member: Member }),
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.removeMember({ ...payload, fetchOptions }),
});
