import { launchChromium } from "../browser/chromium.js";
import { type Engine, pace, reach, type Setting } from "./engine.js";

export async function startChromium({ zoom = 1, contrast }: Setting): Promise<Engine> {
	const browser = await launchChromium();
	const profile = await browser.newContext({
		viewport: { width: 800, height: 600 },
		deviceScaleFactor: zoom,
		forcedColors: contrast ? "active" : "none",
	});
	return {
		async open(url) {
			const page = await profile.newPage();
			const session = await profile.newCDPSession(page);
			await page.goto(url);
			return {
				run: (code, ...args) => page.evaluate(`(${code})(...${JSON.stringify(args)})`),
				click: (x, y, times = 1) => page.mouse.click(x, y, { clickCount: times }),
				async clicks(...places) {
					for (const [at, { x, y, times = 1 }] of places.entries()) {
						if (at) await page.waitForTimeout(reach);
						await page.mouse.click(x, y, { clickCount: times });
					}
				},
				press: (key) => page.keyboard.press(key),
				async hold(key, repeats) {
					await page.keyboard.down(key);
					for (let held = 0; held < repeats; held += 1) {
						await page.waitForTimeout(pace);
						await page.keyboard.down(key);
					}
					await page.keyboard.up(key);
				},
				async exposed(host, role, name) {
					const expression = `document.querySelector(${JSON.stringify(host)}).shadowRoot`;
					const { objectId } = (await session.send("Runtime.evaluate", { expression })).result;
					if (!objectId) throw new Error(`${host} has no shadow root.`);
					const { nodes } = await session.send("Accessibility.queryAXTree", {
						objectId,
						role,
						...(name !== undefined && { accessibleName: name }),
					});
					return nodes.filter(({ ignored }) => !ignored).length;
				},
				resize: (width, height) => page.setViewportSize({ width, height }),
				goto: async (url) => void (await page.goto(url)),
				close: () => page.close(),
			};
		},
		close: () => browser.close(),
	};
}
