import * as v from "valibot";
import type { OrganizationClient } from "../../client.js";
import { defineOperation } from "../../operation.js";
import { NonEmptyString } from "../../schemas.js";
import { Invitation } from "../schemas.js";

/**
 * Takes an invitation back.
 *
 * @example
 * const { error } = await Organization.Invitations.Cancel(authClient, { invitationId });
 * @see https://www.better-auth.com/docs/plugins/organization#cancel-invitation
 */
export const Cancel = defineOperation({
	operation: "organization.cancelInvitation",
	plugin: "organization",
	payload: v.object({ invitationId: NonEmptyString }),
	success: Invitation,
	mutatesSession: false,
	mutates: true,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.cancelInvitation({ ...payload, fetchOptions }),
});
