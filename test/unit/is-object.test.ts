import { expect, test } from "vitest";
import { isObject } from "../../src/is-object.js";

test.each([{}, [], new Date(), Object.create(null), new Error("no"), new Map()])("%o is an object", (value) => {
	expect(isObject(value)).toBe(true);
});

test.each([null, undefined, "", "text", 0, 1, true, Symbol.iterator, () => {}, class {}])("%o is none", (value) => {
	expect(isObject(value)).toBe(false);
});
