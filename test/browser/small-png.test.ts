import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "./chromium.js";
import { smallPng } from "./small-png.js";

let browser: Browser;
beforeAll(async () => {
	browser = await launchChromium();
});
afterAll(() => browser?.close());

test("a picture made small is the same picture, and Chromium takes it", async () => {
	const page = await browser.newPage({ viewport: { width: 320, height: 200 } });
	await page.setContent("<body style='margin: 0; background: #4f46e5'><p style='height: 99px; background: #fff'>");
	const before = await page.screenshot();
	const after = smallPng(before);
	expect(after.length).toBeLessThan(before.length);
	// It would be refused for one wrong checksum.
	await page.setContent(`<body style="margin: 0"><img alt="" src="data:image/png;base64,${after.toString("base64")}">`);
	expect(await page.locator("img").evaluate((image: HTMLImageElement) => image.decode())).toBeUndefined();
	expect((await page.screenshot()).equals(before)).toBe(true);
});
