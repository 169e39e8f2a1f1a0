import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchChromium } from "./chromium.js";
import { type DemoProcess, startDemo, temporaryFolder } from "./demo-process.js";

/** The demo and a Chromium, for all tests of a file. A device of it is closed after the test that opened it, and its pages are to throw nothing. */
export interface Demo extends Pick<DemoProcess, "line" | "pid" | "url"> {
	/** A device of its own: no cookies, no storage. */
	newDevice(options?: Parameters<Browser["newContext"]>[0]): Promise<BrowserContext>;
}

export function openDemo(
	chromium: Parameters<typeof launchChromium>[0] = {},
	start: (data: string) => Promise<DemoProcess> = startDemo,
): Demo {
	const data = temporaryFolder();
	let demo: DemoProcess | undefined;
	let browser: Browser | undefined;
	const devices: BrowserContext[] = [];
	const broken: Error[] = [];

	beforeAll(async () => {
		[demo, browser] = await Promise.all([start(data.path), launchChromium(chromium)]);
	});
	afterAll(async () => {
		await browser?.close();
		await demo?.interrupt();
		data.remove();
	});
	afterEach(async () => {
		for (const device of devices.splice(0)) await device.close();
		expect(broken.splice(0)).toEqual([]);
	});

	function started<Part>(part: Part | undefined): Part {
		if (part === undefined) throw new Error("The demo is there from beforeAll on.");
		return part;
	}
	return {
		get url() {
			return started(demo).url;
		},
		get pid() {
			return started(demo).pid;
		},
		line: (pattern) => started(demo).line(pattern),
		async newDevice(options) {
			const device = await started(browser).newContext(options);
			device.on("weberror", (error) => broken.push(error.error()));
			devices.push(device);
			return device;
		},
	};
}
