import { expect, test } from "vitest";
import { type Verdict, verdictOf } from "../../../../src/device-sessions/machine/check.js";
import { type Context, type Expected, initialContext } from "../../../../src/device-sessions/machine/context.js";
import { revoke, switchTo } from "./commands.js";

/** From `a` to `b`, and the first look at what came of it. */
const switched: Expected = { id: "b", from: "a", tries: 0, phase: "checking" };
const again: Expected = { ...switched, tries: 1 };

test.each<[Verdict, string, string | null, Partial<Context>]>([
	["confirmed", "the new account", "b", { expected: switched }],
	["confirmed", "the new account, after the second switch", "b", { expected: again }],
	[
		"confirmed",
		"the new account, though another is wanted by now",
		"b",
		{ expected: switched, queue: [switchTo("c", 1)] },
	],
	["confirmed", "the account that should have stayed", "a", { expected: { id: "a", tries: 0, phase: "checking" } }],
	["confirmed", "nobody, where nobody is left", null, { expected: { id: null, tries: 0, phase: "checking" } }],
	["wait", "the new account, where a cookie may come late", "b", { expected: { ...switched, phase: "crossed" } }],
	[
		"wait",
		"the new account, before the late cookie's time is over",
		"b",
		{ expected: { ...switched, phase: "waiting" } },
	],
	["repeat", "the old account", "a", { expected: switched }],
	["repeat", "the old account, where a cookie may come late", "a", { expected: { ...switched, phase: "crossed" } }],
	["repeat", "nobody", null, { expected: switched }],
	["repeat", "nobody, as before the switch", null, { expected: { ...switched, from: null } }],
	[
		"repeat",
		"the old account, where the new one is asked for again",
		"a",
		{ expected: switched, queue: [switchTo("b", 1)] },
	],
	["repeat", "the old account, where a revoke waits", "a", { expected: switched, queue: [revoke("c", 1)] }],
	[
		"overtaken",
		"the old account, where another is wanted by now",
		"a",
		{ expected: switched, queue: [switchTo("c", 1)] },
	],
	[
		"overtaken",
		"the old account again, where another is wanted by now",
		"a",
		{ expected: again, queue: [switchTo("c", 1)] },
	],
	["conflict", "the old account, after the second switch", "a", { expected: again }],
	["conflict", "nobody, after the second switch", null, { expected: again }],
	["follow", "anybody, where none is awaited", "a", { expected: null }],
	["follow", "a third account", "c", { expected: switched }],
	["follow", "a third account, after the second switch", "c", { expected: again }],
	["follow", "nobody, where somebody should have stayed", null, { expected: { id: "a", tries: 0, phase: "checking" } }],
	["follow", "somebody, where nobody is left", "a", { expected: { id: null, from: "a", tries: 0, phase: "checking" } }],
	["follow", "the old account, once the store is destroyed", "a", { expected: switched, destroyed: "finishing" }],
])("%s: %s is found", (verdict, _, found, more) => {
	expect(verdictOf({ ...initialContext, ...more }, found)).toBe(verdict);
});
