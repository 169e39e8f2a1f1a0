import * as v from "valibot";
import type { OrganizationClient } from "../client.js";
import { isObject } from "../is-object.js";
import { one } from "../one.js";
import { defineOperation } from "../operation.js";
import { Flag, MaybeText, NonEmptyString } from "../schemas.js";

/** As `v.record(v.string(), v.array(v.string()))`, which would cost 0.1 kB more. */
const Permissions = one<Record<string, string[]>>("lists of actions", (lists) =>
	isObject(lists) &&
	Object.values(lists).every((list) => Array.isArray(list) && list.every((action) => typeof action === "string"))
		? lists
		: undefined,
);

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
		permissions: Permissions,
		organizationId: v.optional(NonEmptyString),
	}),
	success: v.looseObject({ success: Flag, error: MaybeText }),
	mutatesSession: false,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.hasPermission({ ...payload, fetchOptions }),
});
