import { expect, test } from "vitest";

test("on a server the element can be imported and defined, which does nothing", async () => {
	expect("HTMLElement" in globalThis).toBe(false);
	const { AccountSwitcher, defineAccountSwitcher } = await import("../../../src/element/index.js");
	expect(defineAccountSwitcher()).toBe(AccountSwitcher);
	expect(defineAccountSwitcher("my-accounts")).toBe(AccountSwitcher);
	await import("../../../src/element/define.js");
	expect(typeof (await import("../../../src/element/react.js")).AccountSwitcher).toBe("function");
	const types = [
		import("../../../src/element/solid.js"),
		import("../../../src/element/svelte.js"),
		import("../../../src/element/vue.js"),
	];
	for (const module of await Promise.all<object>(types)) expect(Object.keys(module)).toEqual([]);
});
