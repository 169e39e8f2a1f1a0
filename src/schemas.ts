import * as v from "valibot";
import { one } from "./one.js";

// These share a file, so each schema stands in one PURE call: a bundler drops what an app does not import.

/** A moment: Better Auth's client revives ISO strings as `Date`, JSON that a server rendered carries strings. */
export function toDate(sent: unknown): Date | undefined {
	const moment = typeof sent === "string" && /\dT\d/.test(sent) ? new Date(sent) : sent;
	// NaN, which an invalid date is, is below nothing. A text would cost as much time as all the rest of the check.
	return moment instanceof Date && +moment < Infinity ? moment : undefined;
}

export const Timestamp = /* @__PURE__ */ (() => one<unknown, Date>("Date", toDate))();

/**
 * A text. Better Auth's client revives every string that looks like an ISO date, also the name of a user who is
 * called `2024-01-01T00:00:00Z`: that one is turned back, without milliseconds where there are none.
 */
export function toText(sent: unknown): string | undefined {
	const text = sent instanceof Date ? sent.toJSON()?.replace(".000Z", "Z") : sent;
	return typeof text === "string" ? text : undefined;
}

export const Text = /* @__PURE__ */ (() => one<unknown, string>("string", toText))();

/** A text or null, or no key at all. As `v.nullish(Text)`, which would cost more in every operation. */
export const MaybeText = /* @__PURE__ */ (() =>
	v.optional(one<unknown, string | null>("string | null", (sent) => (sent === null ? sent : toText(sent)))))();

/** Of one of these types, as `typeof` names them. */
export const ofType = <Input, Output = Input>(...types: string[]): v.GenericSchema<Input, Output> =>
	one(types.join(" | "), (value) => (types.includes(typeof value) ? value : undefined));

/** As `v.boolean()`, which would cost more in every operation. */
export const Flag = /* @__PURE__ */ (() => ofType<boolean>("boolean"))();

/** As `v.string()`, likewise. */
export const PlainText = /* @__PURE__ */ (() => ofType<string>("string"))();

/** A text that is not empty: tokens, and what a payload cannot go without. */
export const NonEmptyString = /* @__PURE__ */ (() =>
	one<string>("a text, not empty", (text) => (typeof text === "string" && text) || undefined))();

/**
 * A session as Better Auth's client answers it. Loose: custom columns and plugins' fields are kept.
 * `id` can be absent with secondary storage (better-auth issue 7454).
 */
export const Session = /* @__PURE__ */ (() =>
	v.looseObject({
		id: MaybeText,
		token: NonEmptyString,
		userId: Text,
		expiresAt: Timestamp,
		createdAt: Timestamp,
		updatedAt: Timestamp,
		ipAddress: MaybeText,
		userAgent: MaybeText,
	}))();

/** A user as Better Auth's client answers it. Loose: custom columns and plugins' fields are kept. */
export const User = /* @__PURE__ */ (() =>
	v.looseObject({
		id: Text,
		name: Text,
		email: Text,
		emailVerified: Flag,
		image: MaybeText,
		createdAt: Timestamp,
		updatedAt: Timestamp,
	}))();

/** One account of the device: what list-device-sessions, set-active and get-session answer. */
export const SessionAndUser = /* @__PURE__ */ (() => v.looseObject({ session: Session, user: User }))();

/** `{ status: true }`, the answer of the revoking endpoints. */
export const Status = /* @__PURE__ */ (() => v.looseObject({ status: Flag }))();

/** A new session's token, or null where nobody was signed in, and the user. */
export const TokenOrNullAndUser = /* @__PURE__ */ (() =>
	v.looseObject({
		token: one<string | null>("a text, not empty, or null", (token) =>
			token === null || (typeof token === "string" && token) ? token : undefined,
		),
		user: User,
	}))();

/** A session's token and its user. */
export const TokenAndUser = /* @__PURE__ */ (() => v.looseObject({ token: NonEmptyString, user: User }))();

/** Several texts: backup codes, roles. As `v.array(v.string())`, which would cost 0.1 kB more. */
export const Texts = /* @__PURE__ */ (() =>
	one<string[]>("Array of strings", (texts) =>
		Array.isArray(texts) && texts.every((text) => typeof text === "string") ? texts : undefined,
	))();

/** One of these. */
export const oneOf = <const Option>(...options: Option[]): v.GenericSchema<Option> =>
	// Safe: asked whether it is one of them.
	one(options.join(" | "), (value) => (options.includes(value as Option) ? value : undefined));

/** An e-mail address in a payload: of the form that Better Auth's server takes, no more and no less. */
export const EmailAddress = /* @__PURE__ */ (() =>
	one<string>("an e-mail address", (text) =>
		typeof text === "string" && /^(?!\.|.*\.\.)[\w'+.-]*[\w+-]@([a-z\d][a-z\d-]*\.)+[a-z]{2,}$/i.test(text)
			? text
			: undefined,
	))();

export type Session = v.InferOutput<typeof Session>;
export type User = v.InferOutput<typeof User>;
export type SessionAndUser = v.InferOutput<typeof SessionAndUser>;
