import * as v from "valibot";
import { isObject } from "../is-object.js";
import { one } from "../one.js";
import { MaybeText, ofType, oneOf, Text, Timestamp } from "../schemas.js";

export interface Fields {
	[field: string]: unknown;
}

/** An organization as the server's table has it. Loose: custom columns are kept. */
export const OrganizationRow = /* @__PURE__ */ (() =>
	v.looseObject({
		id: Text,
		name: Text,
		slug: Text,
		logo: MaybeText,
		// The server parses it for create and update alone.
		metadata: v.optional(ofType<unknown, string | Fields | null>("string", "object")),
		createdAt: Timestamp,
	}))();

/** A member of an organization. Several roles are joined by commas. */
export const Member = /* @__PURE__ */ (() =>
	v.looseObject({ id: Text, organizationId: Text, userId: Text, role: Text, createdAt: Timestamp }))();

/** A member, and in it the user as far as other members see it. */
export const MemberAndUser = /* @__PURE__ */ (() =>
	v.looseObject({
		...Member.entries,
		user: v.looseObject({ id: Text, name: Text, email: Text, image: MaybeText }),
	}))();

/** An invitation to an organization. Several roles are joined by commas. */
export const Invitation = /* @__PURE__ */ (() =>
	v.looseObject({
		id: Text,
		organizationId: Text,
		email: Text,
		role: Text,
		status: oneOf("pending", "accepted", "rejected", "canceled"),
		inviterId: Text,
		expiresAt: Timestamp,
		createdAt: Timestamp,
	}))();

/** A team of an organization, where the server has teams. */
export const Team = /* @__PURE__ */ (() =>
	v.looseObject({
		id: Text,
		organizationId: Text,
		name: Text,
		createdAt: Timestamp,
	}))();

/** The app's own fields, whatever they are. */
export const Metadata = /* @__PURE__ */ (() =>
	one<Fields>("Object", (fields) => (isObject(fields) && !Array.isArray(fields) ? fields : undefined)))();

/** In a payload; null takes it away. */
export const Logo = /* @__PURE__ */ (() =>
	v.optional(
		one<string | null>("string | null", (logo) => (logo === null || typeof logo === "string" ? logo : undefined)),
	))();

/** One role or several in a payload. */
export const Roles = /* @__PURE__ */ (() =>
	one<string | string[]>("a role or several", (role) =>
		[role].flat().every((one) => typeof one === "string" && one) && String(role) ? role : undefined,
	))();

/** A number in a query, which carries it as a text. */
export const Count = /* @__PURE__ */ (() => ofType<number | string>("number", "string"))();
