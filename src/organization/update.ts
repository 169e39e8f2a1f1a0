import * as v from "valibot";
import type { OrganizationClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { NonEmptyString } from "../schemas.js";
import { Logo, Metadata, OrganizationRow } from "./schemas.js";

/**
 * Changes an organization, the active one where none is named. Columns of the app's own go along in `data`.
 *
 * @example
 * const { data } = await Organization.Update(authClient, { data: { name: "Acme & Sons" } });
 * @see https://www.better-auth.com/docs/plugins/organization#update-an-organization
 */
export const Update = defineOperation({
	operation: "organization.update",
	plugin: "organization",
	payload: v.object({
		organizationId: v.optional(NonEmptyString),
		data: v.looseObject({
			name: v.optional(NonEmptyString),
			slug: v.optional(NonEmptyString),
			logo: Logo,
			metadata: v.optional(Metadata),
		}),
	}),
	success: OrganizationRow,
	mutatesSession: false,
	mutates: true,
	call: (client: OrganizationClient, payload, fetchOptions) => client.organization.update({ ...payload, fetchOptions }),
});
