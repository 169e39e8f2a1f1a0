import * as v from "valibot";
import { expect, test } from "vitest";
import { invalid } from "../../src/invalid.js";

const issuesOf = (schema: v.GenericSchema, value: unknown) => v.safeParse(schema, value).issues ?? [];

test("it names where a value is wrong and what was expected there, in the issues and in the message", () => {
	const schema = v.object({ rooms: v.array(v.object({ number: v.number() })) });
	const error = invalid(
		"invalid-input",
		"door.open",
		"Nothing was sent",
		issuesOf(schema, { rooms: [{ number: "1" }] }),
	);
	expect(error).toMatchObject({ kind: "invalid-input", operation: "door.open" });
	expect(error.issues).toEqual([{ path: "rooms.0.number", expected: "number" }]);
	expect(error.message).toBe("door.open: Nothing was sent: rooms.0.number should be number.");
});

test("the longest name that a payload has is told", () => {
	const path = [{ key: "keepCurrentActiveOrganization" }];
	expect(invalid("invalid-response", "a", "", [{ path, type: "a" }]).issues?.[0]?.path).toBe(path[0]?.key);
});

test("places in a list are told as far as anybody counts them; a longer number may be a code", () => {
	const path = (key: string) => [{ key }];
	const issues = ["7", "12", "1234", "493817"].map((key) => ({ path: path(key), type: "a", expected: "b" }));
	expect(invalid("invalid-response", "a", "", issues).issues?.map((issue) => issue.path)).toEqual([
		"7",
		"12",
		"1234",
		"*",
	]);
});

test("the value itself is nowhere in it", () => {
	const error = invalid(
		"invalid-input",
		"signIn",
		"Nothing was sent",
		issuesOf(v.object({ a: v.number() }), { a: "hunter2" }),
	);
	expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain("hunter2");
	expect(error.cause).toBeUndefined();
});

test("where a check expects nothing that has a name, its own name stands there", () => {
	const Even = v.pipe(
		v.number(),
		v.check((number) => number % 2 === 0),
	);
	expect(invalid("invalid-input", "a", "", issuesOf(Even, 1)).issues).toEqual([{ path: "", expected: "check" }]);
});

test("of a thousand wrong values the first nine are told", () => {
	const values = Array.from({ length: 1_000 }, () => "x");
	const error = invalid("invalid-response", "a", "", issuesOf(v.array(v.number()), values));
	expect(error.issues).toHaveLength(9);
	expect(error.message.length).toBeLessThan(500);
});

test("more that is known of it goes along", () => {
	expect(invalid("invalid-response", "a", "", [], { applied: true })).toMatchObject({ applied: true, issues: [] });
	expect(invalid("invalid-response", "a", "", [], false)).not.toHaveProperty("applied");
});

test.each(["gbhi7wTiNE4Mari62yKjOhwMFyyNKped", "s3cr3t", "abcdefghijklmnopqrstuvwxyzABCDEF"])(
	"a key that is a token, %s, is in no path",
	(token) => {
		const schema = v.array(v.object({ token: v.string(), grants: v.record(v.string(), v.number()) }));
		const issues = issuesOf(schema, [{ token, grants: { [token]: "x", [`of ${token}`]: "x" } }]);
		const error = invalid("invalid-response", "a", "Left out", issues);
		expect(`${error.message} ${JSON.stringify(error)}`).not.toContain(token);
		expect(error.issues?.map(({ path }) => path)).toEqual(["0.grants.*", "0.grants.*"]);
	},
);
