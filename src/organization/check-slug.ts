import * as v from "valibot";
import type { OrganizationClient } from "../client.js";
import { defineOperation } from "../operation.js";
import { PlainText, Status } from "../schemas.js";

/**
 * Whether a slug is free: `status` is true. One that is taken is `rejected` with the code
 * `ORGANIZATION_SLUG_ALREADY_TAKEN`.
 *
 * @example
 * const { error } = await Organization.CheckSlug(authClient, { slug: "acme" });
 * if (error?.code === "ORGANIZATION_SLUG_ALREADY_TAKEN") suggestAnother();
 * @see https://www.better-auth.com/docs/plugins/organization#check-if-organization-slug-is-taken
 */
export const CheckSlug = defineOperation({
	operation: "organization.checkSlug",
	plugin: "organization",
	payload: v.object({ slug: PlainText }),
	success: Status,
	mutatesSession: false,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.checkSlug({ ...payload, fetchOptions }),
});
