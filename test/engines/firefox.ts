import puppeteer from "puppeteer-core";
import { firstOf, has } from "../support/debian.js";
import type { Engine, Setting, Tab } from "./engine.js";
import { hold, inTurn } from "./hand.js";

const path = () => firstOf("/usr/bin/firefox-esr", "/usr/bin/firefox");
export const hasFirefox = (): boolean => has(path, "firefox-esr");

/** Firefox, over WebDriver BiDi. */
export async function startFirefox({ zoom, contrast }: Setting): Promise<Engine> {
	const browser = await puppeteer.launch({
		browser: "firefox",
		executablePath: path() ?? "",
		headless: true,
		// By the window: an ESR of Firefox does not know every command that puppeteer sets a viewport with.
		args: ["--width=800", "--height=700"],
		defaultViewport: null,
		extraPrefsFirefox: {
			...(zoom && { "layout.css.devPixelsPerPx": String(zoom) }),
			// "Override the colors specified by the page with your selections: always."
			...(contrast && { "browser.display.document_color_use": 2 }),
		},
	});
	return {
		async open(url) {
			const page = await browser.newPage();
			await page.goto(url);
			const click: Tab["click"] = (x, y, times = 1) => page.mouse.click(x, y, { count: times });
			return {
				// Safe: the code returns what it says it does.
				run: (code, ...args) => page.evaluate(`(${code})(...${JSON.stringify(args)})`) as Promise<never>,
				click,
				clicks: inTurn(click),
				press: (key) => page.keyboard.press(key),
				hold: (key, repeats) => hold(page.keyboard, key, repeats),
				async exposed(host, role, name = "") {
					const root = await page.evaluateHandle((host) => document.querySelector(host)?.shadowRoot, host);
					const found = await root.asElement()?.$$(`aria/${name}[role="${role}"]`);
					if (!found) throw new Error(`${host} has no shadow root.`);
					return found.length;
				},
				async resize(width, height) {
					await page.setViewport({ width, height }).catch((error: unknown) => {
						// The size has gone before the command that an ESR does not know.
						if (!String(error).includes("unknown command")) throw error;
					});
				},
				goto: async (url) => void (await page.goto(url)),
				close: () => page.close(),
			};
		},
		close: () => browser.close(),
	};
}
