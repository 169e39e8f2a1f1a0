import * as v from "valibot";
import type { OrganizationClient } from "../../client.js";
import { defineOperation } from "../../operation.js";
import { NonEmptyString, Text } from "../../schemas.js";
import { Invitation } from "../schemas.js";

/**
 * An invitation to the active user, with the names of the organization and of who invites.
 *
 * @example
 * const { data } = await Organization.Invitations.Get(authClient, { id });
 * data?.organizationName;
 * @see https://www.better-auth.com/docs/plugins/organization#get-invitation
 */
export const Get = defineOperation({
	operation: "organization.getInvitation",
	plugin: "organization",
	payload: v.object({ id: NonEmptyString }),
	success: v.looseObject({
		...Invitation.entries,
		organizationName: Text,
		organizationSlug: Text,
		inviterEmail: Text,
	}),
	mutatesSession: false,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.getInvitation({ query: payload, fetchOptions }),
});
