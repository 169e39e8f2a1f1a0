import * as v from "valibot";
import type { OrganizationClient } from "../../client.js";
import { listOf } from "../../list-of.js";
import { one } from "../../one.js";
import { defineOperation } from "../../operation.js";
import { NonEmptyString, ofType, oneOf } from "../../schemas.js";
import { Count, MemberAndUser } from "../schemas.js";

const Operator = oneOf("eq", "ne", "lt", "lte", "gt", "gte", "in", "not_in", "contains", "starts_with", "ends_with");

const FilterValue = one<string | number | boolean | string[] | number[]>("a value to compare with", (value) =>
	[value].flat().every((item) => ["string", "number", "boolean"].includes(typeof item)) ? value : undefined,
);

/**
 * Members of an organization, the active one where none is named, page by page, with how many there are in all.
 *
 * @example
 * const { data } = await Organization.Members.List(authClient, { limit: 20, offset: 40, sortBy: "createdAt" });
 * @see https://www.better-auth.com/docs/plugins/organization#list-members
 */
export const List = defineOperation({
	operation: "organization.listMembers",
	plugin: "organization",
	payload: v.object({
		organizationId: v.optional(NonEmptyString),
		organizationSlug: v.optional(NonEmptyString),
		limit: v.optional(Count),
		offset: v.optional(Count),
		sortBy: v.optional(NonEmptyString),
		sortDirection: v.optional(oneOf("asc", "desc")),
		filterField: v.optional(NonEmptyString),
		filterOperator: v.optional(Operator),
		filterValue: v.optional(FilterValue),
	}),
	success: v.looseObject({ members: listOf(MemberAndUser), total: ofType<unknown, number>("number") }),
	mutatesSession: false,
	call: (client: OrganizationClient, payload, fetchOptions) =>
		client.organization.listMembers({ query: payload, fetchOptions }),
});
