import * as v from "valibot";
import type { OrganizationClient } from "../../client.js";
import { defineOperation } from "../../operation.js";
import { NonEmptyString } from "../../schemas.js";
import { Invitation, Member } from "../schemas.js";

/**
 * Accepts an invitation to the active user, as whose active organization it is from then on.
 *
 * @example
 * const { data } = await Organization.Invitations.Accept(authClient, { invitationId });
 * data?.member.role;
 * @see https://www.better-auth.com/docs/plugins/organization#accept-invitation
 */
export const Accept = defineOperation({
	operation: "organization.acceptInvitation",
	plugin: "organization",
	payload: v.object({ invitationId: NonEmptyString }),
	success: v.looseObject({ invitation: Invitation, member: Member }),
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.acceptInvitation({ ...payload, fetchOptions }),
});
