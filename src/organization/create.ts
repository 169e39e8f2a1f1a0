import * as v from "valibot";
import type { OrganizationClient } from "../client.js";
import { listOf } from "../list-of.js";
import { defineOperation } from "../operation.js";
import { Flag, NonEmptyString } from "../schemas.js";
import { Logo, Member, Metadata, OrganizationRow } from "./schemas.js";

/**
 * Makes an organization, whose one member is the active user; it becomes the active one, unless that is to be kept.
 * Columns of the app's own go along in the payload.
 *
 * @example
 * const { data } = await Organization.Create(authClient, { name: "Acme", slug: "acme" });
 * @see https://www.better-auth.com/docs/plugins/organization#create-an-organization
 */
export const Create = defineOperation({
	operation: "organization.create",
	plugin: "organization",
	payload: v.looseObject({
		name: NonEmptyString,
		slug: NonEmptyString,
		logo: Logo,
		metadata: v.optional(Metadata),
		keepCurrentActiveOrganization: v.optional(Flag),
	}),
	success: v.looseObject({ ...OrganizationRow.entries, members: listOf(Member) }),
	mutatesSession: true,
	betterAuthSignals: true,
	call: (client: OrganizationClient, payload, fetchOptions) => client.organization.create({ ...payload, fetchOptions }),
});
