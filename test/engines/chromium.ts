import { launchChromium } from "../browser/chromium.js";
import type { Engine, Setting, Tab } from "./engine.js";
import { hold, inTurn } from "./hand.js";

export async function startChromium({ zoom = 1, contrast }: Setting): Promise<Engine> {
	const browser = await launchChromium({ backForwardCache: true });
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
			const click: Tab["click"] = (x, y, times = 1) => page.mouse.click(x, y, { clickCount: times });
			return {
				run: (code, ...args) => page.evaluate(`(${code})(...${JSON.stringify(args)})`),
				click,
				clicks: inTurn(click),
				press: (key) => page.keyboard.press(key),
				hold: (key, repeats) => hold(page.keyboard, key, repeats),
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
