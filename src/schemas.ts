import * as v from "valibot";

// One PURE call around each schema: a bundler drops what an app does not import.

/** A moment: Better Auth's client revives ISO strings as `Date`, JSON that a server rendered carries strings. */
export const Timestamp = /* @__PURE__ */ (() =>
	v.pipe(
		v.unknown(),
		v.transform((moment) => (typeof moment === "string" && /\dT\d/.test(moment) ? new Date(moment) : moment)),
		v.date(),
	))();

/**
 * A text. Better Auth's client revives every string that looks like an ISO date, also the name of a user who is
 * called `2024-01-01T00:00:00Z`: that one is turned back, without milliseconds where there are none.
 */
export const Text = /* @__PURE__ */ (() =>
	v.pipe(
		v.unknown(),
		v.transform((text) => (text instanceof Date ? text.toJSON()?.replace(".000Z", "Z") : text)),
		v.string(),
	))();

/**
 * A session as Better Auth's client answers it. Loose: custom columns and plugins' fields are kept.
 * `id` can be absent with secondary storage (better-auth issue 7454).
 */
export const Session = /* @__PURE__ */ (() =>
	v.looseObject({
		id: v.nullish(Text),
		token: v.pipe(v.string(), v.nonEmpty()),
		userId: Text,
		expiresAt: Timestamp,
		createdAt: Timestamp,
		updatedAt: Timestamp,
		ipAddress: v.nullish(Text),
		userAgent: v.nullish(Text),
	}))();

/** A user as Better Auth's client answers it. Loose: custom columns and plugins' fields are kept. */
export const User = /* @__PURE__ */ (() =>
	v.looseObject({
		id: Text,
		name: Text,
		email: Text,
		emailVerified: v.boolean(),
		image: v.nullish(Text),
		createdAt: Timestamp,
		updatedAt: Timestamp,
	}))();

/** One account of the device: what list-device-sessions, set-active and get-session answer. */
export const SessionAndUser = /* @__PURE__ */ (() => v.looseObject({ session: Session, user: User }))();

/** `{ status: true }`, the answer of the revoking endpoints. */
export const Status = /* @__PURE__ */ (() => v.looseObject({ status: v.boolean() }))();

/** A session's token in a payload. */
export const Token = /* @__PURE__ */ (() => v.pipe(v.string(), v.nonEmpty()))();

export type Session = v.InferOutput<typeof Session>;
export type User = v.InferOutput<typeof User>;
export type SessionAndUser = v.InferOutput<typeof SessionAndUser>;
