import puppeteer from "puppeteer-core";
import { firstOf, has } from "../support/debian.js";
import type { Engine } from "./engine.js";

const path = () => firstOf("/usr/bin/firefox-esr", "/usr/bin/firefox");
export const hasFirefox = (): boolean => has(path, "firefox-esr");

/** Firefox, over WebDriver BiDi. */
export async function startFirefox(): Promise<Engine> {
	const browser = await puppeteer.launch({
		browser: "firefox",
		executablePath: path() ?? "",
		headless: true,
		// By the window: an ESR of Firefox does not know every command that puppeteer sets a viewport with.
		args: ["--width=800", "--height=700"],
		defaultViewport: null,
	});
	return {
		async open(url) {
			const page = await browser.newPage();
			await page.goto(url);
			return {
				// Safe: the code returns what it says it does.
				run: (code, ...args) => page.evaluate(`(${code})(...${JSON.stringify(args)})`) as Promise<never>,
				click: (x, y) => page.mouse.click(x, y),
				press: (key) => page.keyboard.press(key),
				goto: async (url) => void (await page.goto(url)),
				close: () => page.close(),
			};
		},
		close: () => browser.close(),
	};
}
