import { expect, test } from "vitest";
import { type Verdict, verdictOf } from "../../../../src/device-sessions/machine/check.js";
import { type Check, type Context, initialContext } from "../../../../src/device-sessions/machine/context.js";
import { revoke, switchTo } from "./commands.js";
import { rowsOf } from "./data.js";

/** From `a` to `b`, and the first look at what came of it. */
const switched: Check = { id: "b", from: ["a"], tries: 0, calls: [] };
const rows = rowsOf("b", "a", "b", "c");
const again: Check = { ...switched, tries: 1 };

test.each<[Verdict, string, string | null, Partial<Context>]>([
	["confirmed", "the new account", "b", { check: switched }],
	["confirmed", "the new account, after the second switch", "b", { check: again }],
	[
		"confirmed",
		"the new account, though another is wanted by now",
		"b",
		{ check: switched, queue: [switchTo("c", 1)] },
	],
	["confirmed", "the account that should have stayed", "a", { check: { id: "a", tries: 0, calls: [] } }],
	["confirmed", "nobody, where nobody is left", null, { check: { id: null, tries: 0, calls: [] } }],
	["wait", "the new account, where the cookie of a call may come late", "b", { check: { ...switched, calls: [1] } }],
	["repeat", "the old account", "a", { check: switched }],
	["repeat", "the old account, where a cookie may come late", "a", { check: { ...switched, calls: [1] } }],
	["repeat", "nobody", null, { check: switched }],
	["repeat", "nobody, as before the switch", null, { check: { ...switched, from: [null] } }],
	[
		"repeat",
		"the old account, where the new one is asked for again",
		"a",
		{ check: switched, queue: [switchTo("b", 1)] },
	],
	["repeat", "the old account, where a revoke waits", "a", { check: switched, queue: [revoke("c", 1)] }],
	[
		"repeat",
		"the old account, where one is wanted that is gone",
		"a",
		{ check: switched, queue: [switchTo("gone", 1)] },
	],
	[
		"overtaken",
		"the old account again, where one is wanted that is gone",
		"a",
		{ check: again, queue: [switchTo("gone", 1)] },
	],
	["overtaken", "the old account, where another is wanted by now", "a", { check: switched, queue: [switchTo("c", 1)] }],
	[
		"overtaken",
		"the old account again, where another is wanted by now",
		"a",
		{ check: again, queue: [switchTo("c", 1)] },
	],
	["conflict", "the old account, after the second switch", "a", { check: again }],
	["conflict", "nobody, after the second switch", null, { check: again }],
	["follow", "anybody, where none is awaited", "a", { check: null }],
	["follow", "a third account", "c", { check: switched }],
	["follow", "a third account, after the second switch", "c", { check: again }],
	["follow", "nobody, where somebody should have stayed", null, { check: { id: "a", tries: 0, calls: [] } }],
	["follow", "somebody, where nobody is left", "a", { check: { id: null, from: ["a"], tries: 0, calls: [] } }],
	["follow", "the old account, once the store is destroyed", "a", { check: switched, destroyed: "finishing" }],
])("%s: %s is found", (verdict, _, found, more) => {
	expect(verdictOf({ ...initialContext, rows, ...more }, found)).toBe(verdict);
});
