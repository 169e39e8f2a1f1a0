import { describe, expect, test } from "vitest";
import { type Loose, mend, type Part } from "../../../../src/device-sessions/auth/mend.js";

const at = new Date("2026-01-02T03:04:05.678Z");
const dates = { createdAt: at, updatedAt: at };
const whole: Record<Part, Loose> = {
	session: { id: "s", token: "t", userId: "u", expiresAt: at, ipAddress: "::1", userAgent: null, theme: 7, ...dates },
	user: { id: "u", name: "Ada", email: "ada@example.com", emailVerified: true, plan: { seats: "1" }, ...dates },
};

/** What a part with this column becomes, and of which columns the developer is told. */
function read(part: Part, column: string, value: unknown) {
	const told: string[] = [];
	const found = mend(part, { ...whole[part], [column]: value }, (path) => told.push(path));
	const { [column]: mended, ...rest } = found;
	const { [column]: _, ...others } = whole[part];
	expect(rest).toEqual(others);
	return { mended, told };
}

test.each(["session", "user"] as const)("a %s whose columns are of their types is the very same", (part) => {
	const told: string[] = [];
	expect(mend(part, whole[part], (path) => told.push(path))).toBe(whole[part]);
	expect(told).toEqual([]);
});

describe.each([
	["session", "expiresAt"],
	["session", "createdAt"],
	["session", "updatedAt"],
	["user", "createdAt"],
	["user", "updatedAt"],
] as const)("the moment %s.%s", (part, column) => {
	test("may be as JSON carries it, or a database that keeps days", () => {
		expect(read(part, column, "2026-01-02T03:04:05.678Z")).toEqual({ mended: at, told: [] });
		expect(read(part, column, "2026-01-02")).toEqual({ mended: new Date("2026-01-02"), told: [] });
	});

	test("may be the text of epoch ms, as a column of large numbers comes", () => {
		expect(read(part, column, "1767323045678")).toEqual({ mended: at, told: [] });
	});

	test.each([
		[1_767_323_045_678, at],
		["on 2026-01-02", new Date(0)],
		["2026-01-02 or later", new Date(0)],
		["20-01-02", new Date(0)],
		["yyyy-01-02", new Date(0)],
		["2026-mm-02", new Date(0)],
		["2026-01-dd", new Date(0)],
		[Number.NaN, new Date(0)],
		["17", new Date(0)],
		["20260102030405", new Date(0)],
		["soon", new Date(0)],
		[null, new Date(0)],
		[undefined, new Date(0)],
		[true, new Date(0)],
	])("%o becomes %o, and that is told", (value, mended) => {
		expect(read(part, column, value)).toEqual({ mended, told: [`${part}.${column}`] });
	});
});

describe.each(["name", "email"])("the text user.%s", (column) => {
	test("may look like a moment, which Better Auth's client has made of it", () => {
		expect(read("user", column, new Date("2026-01-02T03:04:05Z"))).toEqual({
			mended: "2026-01-02T03:04:05Z",
			told: [],
		});
	});

	test.each([null, undefined, 7, {}])("%o becomes empty, and that is told", (value) => {
		expect(read("user", column, value)).toEqual({ mended: "", told: [`user.${column}`] });
	});

	test("stays empty where it is", () => {
		expect(read("user", column, "")).toEqual({ mended: "", told: [] });
	});
});

describe.each([
	["session", "ipAddress"],
	["session", "userAgent"],
	["user", "image"],
] as const)("%s.%s, which may be missing", (part, column) => {
	test.each([null, undefined, "a text"])("stays %o", (value) => {
		expect(read(part, column, value)).toEqual({ mended: value, told: [] });
	});

	test.each([7, false, {}])("%o becomes null, and that is told", (value) => {
		expect(read(part, column, value)).toEqual({ mended: null, told: [`${part}.${column}`] });
	});
});

describe("user.emailVerified", () => {
	test.each([true, false])("stays %s", (value) => {
		expect(read("user", "emailVerified", value)).toEqual({ mended: value, told: [] });
	});

	test.each([
		[1, true],
		["1", true],
		[0, false],
		["0", false],
		[2, false],
		["yes", false],
		[null, false],
		[undefined, false],
	])("%o becomes %s, and that is told", (value, mended) => {
		expect(read("user", "emailVerified", value)).toEqual({ mended, told: ["user.emailVerified"] });
	});
});
