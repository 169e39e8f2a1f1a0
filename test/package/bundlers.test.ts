import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bundle, bundlerNames } from "./bundlers.js";
import { root } from "./pack.js";

const isPackage = (id: string) => /^[^./]/.test(id);
const from = (path: string) => JSON.stringify(join(root, "dist", path));

describe.each(bundlerNames)("with %s", (name) => {
	test("one operation brings neither XState, nor nanostores, nor another operation", async () => {
		const code = `export { SetActive } from ${from("multi-session/index.js")};`;
		const { bytes, imports, text } = await bundle(name, code, isPackage);
		expect(imports.filter((one) => one !== "valibot")).toEqual([]);
		expect([...text.matchAll(/\boperation:["'`]([\w.]+)/g)].map(([, operation]) => operation)).toEqual([
			"multiSession.setActive",
		]);
		expect(bytes).toBeLessThanOrEqual(3_000);
	});

	test("the store's own code is as small as esbuild makes it, or smaller", async () => {
		const code = `export { createDeviceSessions } from ${from("index.js")};`;
		const { bytes } = await bundle(name, code, isPackage);
		const { bytes: byEsbuild } = await bundle("esbuild", code, isPackage);
		expect(bytes).toBeLessThanOrEqual(byEsbuild);
	});
});
