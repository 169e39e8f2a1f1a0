/** `npm run screenshots`: the pictures of the README, of a demo that is started for them. */
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launchChromium } from "./chromium.js";
import { startDemo, temporaryFolder } from "./demo-process.js";
import { smallPng } from "./small-png.js";

const folder = join(import.meta.dirname, "../../docs/screenshots");
const people = ["Ada Lovelace", "Grace Hopper", "Alan Turing", "Katherine Johnson"];
const viewport = { width: 1240, height: 880 };

async function signIn(page: Page): Promise<void> {
	const email = page.getByLabel("E-mail");
	for (const name of people) {
		await email
			.or(page.getByRole("button", { name: "Add account" }))
			.first()
			.waitFor();
		if (!(await email.isVisible())) await page.getByRole("button", { name: "Add account" }).click();
		await page.getByRole("group", { name: "Sign in with one click" }).getByRole("button", { name }).click();
		await page.locator("#rows [aria-current=true]").filter({ hasText: name }).waitFor();
	}
}

const data = temporaryFolder();
const [demo, browser] = await Promise.all([startDemo(data.path), launchChromium()]);
try {
	mkdirSync(folder, { recursive: true });
	const page = await browser.newPage({ viewport });
	// A time of day that is the same in every picture.
	await page.clock.install({ time: new Date("2026-01-01T09:41:00") });
	await page.goto(demo.url);
	await signIn(page);
	// As a person leaves it: a switch made in one of the small switchers.
	await page.locator(".pane").first().getByRole("button", { name: "Grace Hopper", exact: true }).click();
	await page.locator("dd").getByText("Grace Hopper").waitFor();
	await page.locator("#organizations").getByText("Harvard Mark I").waitFor();
	await page.locator("#says-agrees[data-agrees=true]").waitFor();
	await page.mouse.move(0, 0);
	await page.evaluate(() => scrollTo(0, 0));
	// As far down as the small switchers, and a little air.
	const { y = 0, height = 0 } = (await page.locator(".frameworks").boundingBox()) ?? {};
	const clip = { x: 0, y: 0, width: viewport.width, height: Math.ceil(y + height) + 32 };
	for (const colorScheme of ["light", "dark"] as const) {
		await page.emulateMedia({ colorScheme });
		const path = join(folder, `demo-${colorScheme}.png`);
		writeFileSync(path, smallPng(await page.screenshot({ clip, fullPage: true, animations: "disabled" })));
		console.log(path, statSync(path).size);
	}
} finally {
	await browser.close();
	await demo.interrupt();
	data.remove();
}
