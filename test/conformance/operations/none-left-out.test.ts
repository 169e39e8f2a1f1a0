import { expect, test } from "vitest";
import { everyDeclared } from "./declared.js";
import { everyOperation } from "./every-operation.js";

/** For server code: it has a test of its own. */
const serverOnly = ["Password.Set"];

const declared = everyDeclared();

test("every operation that the package exports is one that a real server is asked", () => {
	const names = declared.map(([name]) => name).filter((name) => !serverOnly.includes(name));
	expect(everyOperation.map(({ name }) => name).sort()).toEqual(names.sort());
});

test.each(everyOperation)("$name is called what its errors say, and says whether it changes anything", (each) => {
	const [, found] = declared.find(([name]) => name === each.name) ?? [];
	expect(found?.operation).toBe(each.operation);
	expect(found?.mutates ?? found?.mutatesSession).toBe(each.mutates);
});

test("every operation of a plugin names it, and no other one does", () => {
	for (const [name, { plugin }] of declared) {
		const [module = ""] = name.split(".");
		expect([name, plugin]).toEqual([
			name,
			{ MultiSession: "multiSession", TwoFactor: "twoFactor", Organization: "organization" }[module],
		]);
	}
});
