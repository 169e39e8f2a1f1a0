import * as v from "valibot";
import type { OrganizationClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { NonEmptyString } from "../schemas.js";
import { OrganizationRow } from "./schemas.js";

const ById = v.object({ organizationId: v.nullable(NonEmptyString) });
const BySlug = v.object({ organizationSlug: NonEmptyString });

/**
 * Makes an organization the active one of this session, named by its id or its slug; with `organizationId: null` none
 * is, and null is the answer.
 *
 * @example
 * const { data } = await Organization.SetActive(authClient, { organizationId: null });
 * @see https://www.better-auth.com/docs/plugins/organization#set-active-organization
 */
export const SetActive = defineOperation({
	operation: "organization.setActive",
	plugin: "organization",
	payload: v.lazy((payload) => {
		const { organizationId, organizationSlug } = Object(payload);
		return organizationId === undefined && organizationSlug !== undefined ? BySlug : ById;
	}),
	success: v.nullable(OrganizationRow),
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.setActive({ ...payload, fetchOptions }),
});
