import { expect, test } from "vitest";
import { nameOf } from "../../../../src/device-sessions/tabs/names.js";

test("what tabs share carries the number of their protocol, and each part of it has a name of its own", () => {
	const names = [nameOf(), ...["version", "half-way", "last-used", "last-active", "last-times", "ended"].map(nameOf)];
	expect(new Set(names).size).toBe(names.length);
	for (const name of names) expect(name).toMatch(/^device-sessions:\d+(:[\w-]+)?$/);
});
