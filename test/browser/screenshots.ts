/** `npm run screenshots`: the pictures of the README, of a demo that is started for them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { launchChromium } from "./chromium.js";
import { startDemo, temporaryFolder } from "./demo-process.js";
import { record, toGif } from "./moving-picture.js";
import { smallPng } from "./small-png.js";

const folder = join(import.meta.dirname, "../../docs/screenshots");
const schemes = ["light", "dark"] as const;

function save(name: string, picture: Uint8Array): void {
	writeFileSync(join(folder, name), picture);
	console.log(name, picture.length);
}

/** The demo with these people signed in, the last one active. */
async function open(context: BrowserContext, url: string, ...names: readonly string[]): Promise<Page> {
	for (const name of names) {
		const data = { email: `${name}@example.com`, password: "correct-horse" };
		const answer = await context.request.post(`${url}/api/auth/sign-in/email`, { data, headers: { origin: url } });
		if (!answer.ok()) throw new Error(`${name} can't sign in: ${answer.status()}`);
	}
	const page = await context.newPage();
	// A time of day that is the same in every picture.
	await page.clock.install({ time: new Date("2026-01-01T09:41:00") });
	await page.goto(url);
	await seesMailOf(page, names.at(-1));
	return page;
}

const trigger = (page: Page) => page.locator("#switcher [part=trigger]");
const account = (page: Page, name: string) => page.locator("#switcher [part=account]").filter({ hasText: `${name}@` });
async function seesMailOf(page: Page, name = ""): Promise<void> {
	await page
		.locator("#letters-of")
		.filter({ hasText: `${name}@` })
		.waitFor();
	await page.locator("#letters .subject").first().waitFor();
}

/** The inbox with the switcher open, and what is under the hood. */
async function takeStills(browser: Browser, url: string): Promise<void> {
	const context = await browser.newContext({ viewport: { width: 1120, height: 560 } });
	const page = await open(context, url, "alan", "ada", "grace");
	const take = async (name: string, clip?: { x: number; y: number; width: number; height: number }) => {
		for (const colorScheme of schemes) {
			await page.emulateMedia({ colorScheme });
			const options = clip ? { clip, fullPage: true } : {};
			save(`${name}-${colorScheme}.png`, smallPng(await page.screenshot({ ...options, animations: "disabled" })));
		}
	};
	await trigger(page).focus();
	await page.keyboard.press("Enter");
	await page.mouse.move(0, 0);
	await take("demo");

	await page.keyboard.press("Escape");
	await page.locator("#hood > summary").click();
	await trigger(page).click();
	await account(page, "ada").click();
	await seesMailOf(page, "ada");
	await page.locator("#organizations").getByText("Royal Society").waitFor();
	await page.locator("#says-agrees[data-agrees=true]").waitFor();
	await page.locator(".host li").nth(14).waitFor();
	await page.mouse.move(0, 0);
	await page.evaluate(() => {
		if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
		scrollTo(0, 0);
	});
	const { y = 0, height = 0 } = (await page.locator("#hood").boundingBox()) ?? {};
	await take("hood", { x: 0, y: Math.floor(y), width: 1120, height: Math.ceil(height) + 24 });
	await context.close();
}

/** A switch in the header, with the mail following, by a pointer that can be seen. */
async function takeMoving(browser: Browser, url: string, colorScheme: (typeof schemes)[number]): Promise<void> {
	const context = await browser.newContext({ viewport: { width: 880, height: 480 }, colorScheme });
	const page = await open(context, url, "alan", "grace", "ada");
	await showPointer(page);
	await page.mouse.move(480, 300);
	const go = async (target: Locator) => {
		const { x = 0, y = 0, width = 0, height = 0 } = (await target.boundingBox()) ?? {};
		await page.mouse.move(x + Math.min(width / 2, 70), y + height / 2, { steps: 12 });
		await page.waitForTimeout(350);
		await page.mouse.down();
		await page.mouse.up();
		await page.waitForTimeout(900);
	};
	const shots = await record(page, async () => {
		await page.waitForTimeout(600);
		await go(trigger(page));
		await go(account(page, "grace"));
		await seesMailOf(page, "grace");
		await page.waitForTimeout(600);
	});
	save(`switch-${colorScheme}.gif`, toGif(shots));
	await context.close();
}

/** A screencast leaves the pointer out. */
async function showPointer(page: Page): Promise<void> {
	await page.evaluate(() => {
		const pointer = document.createElement("div");
		Object.assign(pointer.style, {
			position: "fixed",
			inset: "0 auto auto 0",
			width: "22px",
			height: "22px",
			margin: "-11px",
			border: "2px solid #fff",
			borderRadius: "50%",
			background: "#6366f1aa",
			boxShadow: "0 0 0 1px #0003",
			pointerEvents: "none",
		});
		// Above the popup, which is in the top layer.
		pointer.popover = "manual";
		document.body.append(pointer);
		pointer.showPopover();
		document.querySelector("#switcher")?.addEventListener("click", () =>
			queueMicrotask(() => {
				pointer.hidePopover();
				pointer.showPopover();
			}),
		);
		addEventListener("mousemove", ({ clientX, clientY }) => {
			pointer.style.translate = `${clientX}px ${clientY}px`;
		});
	});
}

const data = temporaryFolder();
const [demo, browser] = await Promise.all([startDemo(data.path), launchChromium()]);
try {
	mkdirSync(folder, { recursive: true });
	await takeStills(browser, demo.url);
	for (const colorScheme of schemes) await takeMoving(browser, demo.url, colorScheme);
} finally {
	await browser.close();
	await demo.interrupt();
	data.remove();
}
