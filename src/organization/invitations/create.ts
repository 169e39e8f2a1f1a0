import * as v from "valibot";
import type { OrganizationClient } from "../../client.js";
import { defineOperation } from "../../operation.js";
import { EmailAddress, Flag, NonEmptyString } from "../../schemas.js";
import { Invitation, Roles } from "../schemas.js";

/**
 * Invites somebody by e-mail address, into the active organization where none is named; several roles come back joined
 * by commas. Columns of the app's own go along in the payload.
 *
 * @example
 * const { data } = await Organization.Invitations.Create(authClient, { email, role: "member" });
 * @see https://www.better-auth.com/docs/plugins/organization#send-invitation
 */
export const Create = defineOperation({
	operation: "organization.inviteMember",
	plugin: "organization",
	payload: v.looseObject({
		email: EmailAddress,
		role: Roles,
		organizationId: v.optional(NonEmptyString),
		resend: v.optional(Flag),
	}),
	success: Invitation,
	mutatesSession: false,
	mutates: true,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.inviteMember({ ...payload, fetchOptions }),
});
