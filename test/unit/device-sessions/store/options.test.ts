import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { checkIds, checkOptions } from "../../../../src/device-sessions/store/options.js";
import { OperationError } from "../../../../src/errors.js";

const thrownBy = (options: unknown): unknown => {
	try {
		checkOptions(options, "createDeviceSessions");
	} catch (thrown) {
		return thrown;
	}
	return undefined;
};

describe("options", () => {
	test.each<[string, object]>([
		["none", {}],
		["undefined ones", { timeout: undefined, schemas: undefined, inspect: undefined }],
		["how a loss is met", { whenActiveLost: "promote" }],
		["numbers at their ends", { timeout: 1, refetchInterval: 0, maximumSessions: 1 }],
		["the longest time-out that a timer holds", { timeout: 2 ** 31 - 1 }],
		["functions", { onBeforeSwitch: () => {}, onIdentityChange: async () => {} }],
		["schemas of Valibot", { schemas: { user: v.object({}), session: v.object({}) } }],
		["a clock", { clock: { setTimeout: () => 1, clearTimeout: () => {} } }],
		["a server", { scope: "/admin/auth" }],
		["an inspector, as a function", { inspect: () => {} }],
		["an inspector, as an observer", { inspect: { next: () => {} } }],
	])("%s are taken", (_, options) => {
		expect(thrownBy(options)).toBeUndefined();
	});

	test.each<[string, unknown]>([
		["no object", 7],
		["null", null],
		["a name that is misspelt", { timeOut: 5 }],
		["another word", { whenActiveLost: "ignore" }],
		["no time", { timeout: 0 }],
		["more time than a timer holds", { timeout: 2 ** 31 }],
		["a number that is none", { timeout: Number.NaN }],
		["a time before now", { refetchInterval: -1 }],
		["a text for a switch", { refetchOnWindowFocus: "yes" }],
		["no function", { onBeforeSwitch: "save" }],
		["a schema of another library", { schemas: { user: { parse: () => {} } } }],
		["a schema that waits", { schemas: { user: v.objectAsync({}) } }],
		["a schema under a name that is misspelt", { schemas: { users: v.object({}) } }],
		["half a clock", { clock: { setTimeout: () => 1 } }],
		["no text for a server", { scope: 5 }],
		["an empty text for a server", { scope: "" }],
		["a snapshot that is none", { initial: "rows" }],
	])("%s is refused, at once", (_, options) => {
		const thrown = thrownBy(options);
		expect(thrown).toBeInstanceOf(OperationError);
		expect(thrown).toMatchObject({ kind: "invalid-input", operation: "createDeviceSessions" });
	});

	test("that are refused say which one, and not what it was", () => {
		expect(thrownBy({ timeout: "a secret" })).toMatchObject({ issues: [{ path: "timeout" }] });
		expect(JSON.stringify(thrownBy({ timeout: "a secret" }))).not.toContain("a secret");
	});

	test("whose getter throws are refused as well", () => {
		const options = Object.defineProperty({}, "timeout", {
			enumerable: true,
			get() {
				throw new Error("a getter");
			},
		});
		expect(thrownBy(options)).toMatchObject({ kind: "invalid-input" });
	});
});

describe("row ids", () => {
	test.each([{ id: "a" }, { id: "a", next: "b" }, { id: "a", next: undefined }])("%o are ids", (ids) => {
		expect(checkIds("revoke", ids)).toBeUndefined();
	});

	test.each([
		{ id: "" },
		{ id: 7 },
		{ id: null },
		{ id: undefined },
		{ id: ["a"] },
		{ id: "a", next: "" },
		{ id: "a", next: null },
	])("%o are none", (ids) => {
		expect(checkIds("revoke", ids)).toMatchObject({ kind: "invalid-input", operation: "revoke" });
	});
});
