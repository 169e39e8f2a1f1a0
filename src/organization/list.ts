import * as v from "valibot";
import type { OrganizationClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { OrganizationRow } from "./schemas.js";

/**
 * The organizations of the active user. `metadata` can be a JSON string here.
 *
 * @example
 * const { data } = await Organization.List(authClient);
 * data?.map(({ name }) => name);
 * @see https://www.better-auth.com/docs/plugins/organization#list-users-organizations
 */
export const List = defineOperation({
	operation: "organization.list",
	plugin: "organization",
	payload: undefined,
	success: v.array(OrganizationRow),
	mutatesSession: false,
	call: (client: OrganizationClient, _, fetchOptions) => client.organization.list({ fetchOptions }),
});
