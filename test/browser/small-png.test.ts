import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "./chromium.js";
import { toGif } from "./moving-picture.js";
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

test("a picture that moves shows one shot after the other, whatever order they came in", async () => {
	const page = await browser.newPage({ viewport: { width: 320, height: 200 } });
	const shots = [];
	for (const color of ["#4f46e5", "#0f6b3f"]) {
		await page.setContent(`<body style='margin: 0; background: #fff'><p style='height: 99px; background: ${color}'>`);
		shots.push(await page.screenshot());
	}
	const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = shots;
	const gif = toGif([
		{ png: second, at: 1_000 },
		{ png: first, at: 0 },
	]);
	expect(gif.length).toBeLessThan(first.length + second.length);
	await page.setContent(
		`<body style="margin: 0"><img alt="" src="data:image/gif;base64,${Buffer.from(gif).toString("base64")}">`,
	);
	// What comes second is drawn over the first.
	for (const shot of [first, second])
		await expect.poll(async () => (await page.screenshot()).equals(shot), { timeout: 10_000 }).toBe(true);
});
