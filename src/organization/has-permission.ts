import * as v from "valibot";
import type { OrganizationClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { Flag, NonEmptyString, PlainText, Text } from "../schemas.js";

/**
 * Whether the active member may do all of this, by resource: `success` says so.
 *
 * @example
 * const { data } = await Organization.HasPermission(authClient, { permissions: { invitation: ["create"] } });
 * if (data?.success) showInvite();
 * @see https://www.better-auth.com/docs/plugins/organization#access-control
 */
export const HasPermission = defineOperation({
	operation: "organization.hasPermission",
	plugin: "organization",
	payload: v.object({
		permissions: v.record(PlainText, v.array(PlainText)),
		organizationId: v.optional(NonEmptyString),
	}),
	success: v.looseObject({ success: Flag, error: v.nullish(Text) }),
	mutatesSession: false,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.hasPermission({ ...payload, fetchOptions }),
});
