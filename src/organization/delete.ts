import * as v from "valibot";
import type { OrganizationClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { NonEmptyString } from "../schemas.js";
import { OrganizationRow } from "./schemas.js";

/**
 * Deletes an organization with all that belongs to it, and answers what it was. Where it was the active one, none is.
 *
 * @example
 * const { error } = await Organization.Delete(authClient, { organizationId });
 * @see https://www.better-auth.com/docs/plugins/organization#delete-organization
 */
export const Delete = defineOperation({
	operation: "organization.delete",
	plugin: "organization",
	payload: v.object({ organizationId: NonEmptyString }),
	success: OrganizationRow,
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: OrganizationClient, payload, fetchOptions) => client.organization.delete({ ...payload, fetchOptions }),
});
