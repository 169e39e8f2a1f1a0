import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { soon } from "../../src/soon.js";

test.each([
	["with queueMicrotask", () => {}],
	["without it", () => void vi.stubGlobal("queueMicrotask", undefined)],
])("%s: not at once, and before anything that waits for a timer", async (_, take) => {
	take();
	onTestFinished(() => void vi.unstubAllGlobals());
	const order: string[] = [];
	const timer = new Promise<void>((resolve) =>
		setTimeout(() => {
			order.push("timer");
			resolve();
		}, 0),
	);
	soon(() => order.push("soon"));
	order.push("now");
	await timer;
	expect(order).toEqual(["now", "soon", "timer"]);
});

/** Sources that run in an app and name this. The testing kit runs in tests. */
const naming = (name: string) =>
	readdirSync("src", { recursive: true, encoding: "utf8" })
		.filter((file) => /^(?!testing).*\.ts$/.test(file))
		.filter((file) => readFileSync(join("src", file), "utf8").includes(`${name}(`));

test.each([
	["queueMicrotask", []],
	["structuredClone", []],
	["throwIfAborted", []],
	["AbortSignal.any", []],
	["AbortSignal.abort", []],
])("no source of the app's calls %s, which not every platform has", (name, files) => {
	expect(naming(name)).toEqual(files);
});
