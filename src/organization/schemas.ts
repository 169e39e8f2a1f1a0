import * as v from "valibot";
import { isObject } from "../is-object.js";
import { one } from "../one.js";
import { ofType, oneOf, Text, Timestamp } from "../schemas.js";

export interface Fields {
	[field: string]: unknown;
}

/** An organization as the server's table has it. Loose: custom columns are kept. */
export const OrganizationRow = /* @__PURE__ */ (() =>
	v.looseObject({
		id: Text,
		name: Text,
		slug: Text,
		logo: v.nullish(Text),
		// The server parses it for create and update alone.
		metadata: v.nullish(ofType<unknown, string | Fields>("string", "object")),
		createdAt: Timestamp,
	}))();

/** A member of an organization. Several roles are joined by commas. */
export const Member = /* @__PURE__ */ (() =>
	v.looseObject({ id: Text, organizationId: Text, userId: Text, role: Text, createdAt: Timestamp }))();

/** A member, and in it the user as far as other members see it. */
export const MemberAndUser = /* @__PURE__ */ (() =>
	v.looseObject({
		...Member.entries,
		user: v.looseObject({ id: Text, name: Text, email: Text, image: v.nullish(Text) }),
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

/** One role or several in a payload. */
export const Roles = /* @__PURE__ */ (() =>
	one<string | string[]>("a role or several", (role) =>
		[role].flat().every((one) => typeof one === "string" && one) && String(role) ? role : undefined,
	))();

/** A number in a query, which carries it as a text. */
export const Count = /* @__PURE__ */ (() => ofType<number | string>("number", "string"))();
