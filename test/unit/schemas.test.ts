import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { Session, User } from "../../src/schemas.js";

const moment = "2026-11-23T19:47:50.186Z";
const session = { id: "s", token: "t", userId: "u", expiresAt: moment, createdAt: moment, updatedAt: moment };
const user = {
	id: "u",
	name: "Ada",
	email: "ada@example.com",
	emailVerified: false,
	createdAt: moment,
	updatedAt: moment,
};
const parse = (schema: typeof Session | typeof User, value: object) => v.safeParse(schema as v.GenericSchema, value);

describe("a date", () => {
	test.each([
		[moment, moment],
		["2026-11-23T19:47:50Z", "2026-11-23T19:47:50.000Z"],
		["2026-11-23T20:47:50+01:00", "2026-11-23T19:47:50.000Z"],
		[new Date(moment), moment],
		[new Date(0), "1970-01-01T00:00:00.000Z"],
		["1969-12-31T23:59:59Z", "1969-12-31T23:59:59.000Z"],
	])("%o comes out as a Date", (expiresAt, expected) => {
		expect(v.parse(Session, { ...session, expiresAt }).expiresAt).toEqual(new Date(expected));
	});

	test.each([
		"",
		"soon",
		"2026-11-23",
		"2026-13-45T00:00:00Z",
		0,
		Date.now(),
		new Date(Number.NaN),
		null,
		undefined,
		{},
	])("%o is none", (expiresAt) => {
		expect(parse(Session, { ...session, expiresAt }).issues).toMatchObject([{ path: [{ key: "expiresAt" }] }]);
	});
});

describe("a text", () => {
	test.each([
		["2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"],
		["2024-01-01T00:00:00.125Z", "2024-01-01T00:00:00.125Z"],
	])("that was revived as the date %s is turned back", (name, expected) => {
		expect(v.parse(User, { ...user, name: new Date(name) }).name).toBe(expected);
	});

	test.each([42, null, undefined, true, ["Ada"], {}, new Date(Number.NaN)])("%o is none", (name) => {
		expect(parse(User, { ...user, name }).success).toBe(false);
	});

	test("may be empty, as names are", () => {
		expect(v.parse(User, { ...user, name: "" }).name).toBe("");
	});
});

test("an empty token is none", () => {
	expect(parse(Session, { ...session, token: "" }).issues).toMatchObject([{ path: [{ key: "token" }] }]);
});

test("a session without an id is one", () => {
	const { id: _, ...rest } = session;
	expect(v.parse(Session, rest)).not.toHaveProperty("id");
});

test.each([
	["ipAddress", Session, session],
	["userAgent", Session, session],
	["image", User, user],
] as const)("%s may be absent, null or a text", (field, schema, value) => {
	expect(parse(schema, value).output).not.toHaveProperty(field);
	expect(parse(schema, { ...value, [field]: null }).output).toHaveProperty(field, null);
	expect(parse(schema, { ...value, [field]: "x" }).output).toHaveProperty(field, "x");
	expect(parse(schema, { ...value, [field]: 42 }).success).toBe(false);
});

test("columns of the app's own are kept as they are", () => {
	const since = new Date(moment);
	expect(v.parse(Session, { ...session, theme: { dark: true } })).toMatchObject({ theme: { dark: true } });
	expect(v.parse(User, { ...user, since })).toMatchObject({ since });
});

test("emailVerified is a yes or a no", () => {
	expect(parse(User, { ...user, emailVerified: true }).success).toBe(true);
	expect(parse(User, { ...user, emailVerified: "true" }).success).toBe(false);
});
