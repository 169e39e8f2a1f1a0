import { launchChromium } from "../browser/chromium.js";
import type { Engine } from "./engine.js";

export async function startChromium(): Promise<Engine> {
	const browser = await launchChromium();
	const profile = await browser.newContext({ viewport: { width: 800, height: 600 } });
	return {
		async open(url) {
			const page = await profile.newPage();
			await page.goto(url);
			return {
				run: (code, ...args) => page.evaluate(`(${code})(...${JSON.stringify(args)})`),
				click: (x, y) => page.mouse.click(x, y),
				press: (key) => page.keyboard.press(key),
				goto: async (url) => void (await page.goto(url)),
				close: () => page.close(),
			};
		},
		close: () => browser.close(),
	};
}
