import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { invalid } from "../../src/invalid.js";
import { one } from "../../src/one.js";

/** A port, as a number or its digits. */
const Port = one<unknown, number>("a port", (value) => (Number(value) > 0 ? Number(value) : undefined));

const secret = "not-a-port-but-a-password";

/** What leaves the library of a refusal. */
const issuesOf = (schema: v.GenericSchema, value: unknown) => {
	const { issues = [] } = v.safeParse(schema, value);
	return invalid("invalid-input", "test", "Nothing was sent", issues).issues;
};

test("the value comes out as it was read", () => {
	expect(v.parse(Port, "80")).toBe(80);
});

test.each([undefined, null, {}, [], 0, "", Number.NaN, () => 80])(
	"%o is refused where it is read as undefined",
	(value) => {
		expect(v.is(Port, value)).toBe(false);
	},
);

test("what is read as null, false or an empty text is no refusal", () => {
	for (const value of [null, false, "", 0])
		expect(
			v.parse(
				one("anything", () => value),
				secret,
			),
		).toBe(value);
});

test("two schemas do not share what they expect", () => {
	const Never = one("nothing at all", () => undefined);
	expect([Port.expects, Never.expects]).toEqual(["a port", "nothing at all"]);
	expect(issuesOf(Never, 80)).toEqual([{ path: "", expected: "nothing at all" }]);
	expect(v.parse(Port, 80)).toBe(80);
});

describe.each([
	["v.object", v.object({ port: Port }), { port: "80" }, { port: 80 }, { port: secret }, "port"],
	["v.looseObject", v.looseObject({ port: Port }), { port: "80", a: 1 }, { port: 80, a: 1 }, { port: secret }, "port"],
	["v.array", v.array(Port), ["80", 81], [80, 81], ["80", secret], "1"],
	["v.record", v.record(v.string(), Port), { a: "80" }, { a: 80 }, { a: secret }, "a"],
	["v.optional", v.object({ port: v.optional(Port) }), {}, {}, { port: secret }, "port"],
	["v.nullish", v.object({ port: v.nullish(Port) }), { port: null }, { port: null }, { port: secret }, "port"],
	["v.nullable", v.object({ port: v.nullable(Port) }), { port: null }, { port: null }, { port: secret }, "port"],
	["v.lazy", v.object({ port: v.lazy(() => Port) }), { port: "80" }, { port: 80 }, { port: secret }, "port"],
	["v.pipe", v.pipe(v.object({ port: Port }), v.readonly()), { port: "80" }, { port: 80 }, { port: secret }, "port"],
	[
		"an object in a list",
		v.array(v.object({ port: Port })),
		[{ port: 1 }],
		[{ port: 1 }],
		[{ port: secret }],
		"0.port",
	],
] as const)("in %s", (_, schema: v.GenericSchema, given, read, bad, path) => {
	test("the value is read", () => {
		expect(v.parse(schema, given)).toEqual(read);
	});

	test("a refusal tells where and what was expected, and never the value", () => {
		const { issues = [] } = v.safeParse(schema, bad);
		expect(issues.map(({ input, message }) => `${input} ${message}`).join()).not.toContain(secret);
		expect(issuesOf(schema, bad)).toEqual([{ path, expected: "a port" }]);
	});

	test("the Standard Schema interface agrees", () => {
		expect(schema["~standard"].validate(given)).toMatchObject({ value: read });
		expect(schema["~standard"].validate(bad)).toMatchObject({ issues: [{ expected: "a port" }] });
	});
});

test("a union takes whichever of its schemas reads the value", () => {
	const Either = v.union([Port, one<string>("a name", (name) => (name === "http" ? name : undefined))]);
	expect([v.parse(Either, "http"), v.parse(Either, "80")]).toEqual(["http", 80]);
	expect(issuesOf(Either, secret)).toEqual([{ path: "", expected: "(a port | a name)" }]);
});

test("a key that is missing is named, and not read", () => {
	const Strict = v.object({ port: one("a port", () => expect.unreachable()) });
	expect(issuesOf(Strict, {})).toEqual([{ path: "port", expected: '"port"' }]);
});

test("its default stands in for a value that is missing", () => {
	expect(v.parse(v.object({ port: v.optional(Port, 443) }), {})).toEqual({ port: 443 });
});

test("several refusals in one value are all told, with abortEarly the first alone", () => {
	const bad = { a: secret, b: secret };
	const schema = v.object({ a: Port, b: Port });
	expect(issuesOf(schema, bad)).toHaveLength(2);
	expect(v.safeParse(schema, bad, { abortEarly: true }).issues).toHaveLength(1);
});

test("by itself it is a Standard Schema that says the same", () => {
	expect(Port["~standard"].validate("80")).toEqual({ typed: true, value: 80 });
	expect(Port["~standard"].validate({})).toMatchObject({ issues: [{ expected: "a port" }] });
});
