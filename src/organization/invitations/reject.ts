import * as v from "valibot";
import type { OrganizationClient } from "../../client.js";
import { defineOperation } from "../../operation.js";
import { NonEmptyString } from "../../schemas.js";
import { Invitation } from "../schemas.js";

/**
 * Rejects an invitation to the active user. `member` is null.
 *
 * @example
 * const { error } = await Organization.Invitations.Reject(authClient, { invitationId });
 * @see https://www.better-auth.com/docs/plugins/organization#reject-invitation
 */
export const Reject = defineOperation({
	operation: "organization.rejectInvitation",
	plugin: "organization",
	payload: v.object({ invitationId: NonEmptyString }),
	success: v.looseObject({ invitation: Invitation, member: v.null() }),
	mutatesSession: false,
	mutates: true,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.rejectInvitation({ ...payload, fetchOptions }),
});
