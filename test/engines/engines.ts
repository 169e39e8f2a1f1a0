import { afterAll, beforeAll, describe, onTestFinished } from "vitest";
import { startChromium } from "./chromium.js";
import type { Engine, Tab } from "./engine.js";
import { hasFirefox, startFirefox } from "./firefox.js";
import { hasWebKit, startWebKit } from "./webkit.js";

const engines = [
	{ name: "Chromium", start: startChromium, isThere: true, packages: "chromium" },
	{ name: "Firefox", start: startFirefox, isThere: hasFirefox(), packages: "firefox-esr" },
	{ name: "WebKit", start: startWebKit, isThere: hasWebKit(), packages: "webkit2gtk-driver, xvfb and xauth" },
];

/** The same tests in Chromium, Firefox and WebKit; a tab that a test opens is closed after it. */
export function inEachEngine(tests: (openTab: (url: string) => Promise<Tab>) => void): void {
	describe.each(engines)("in $name", ({ name, start, isThere, packages }) => {
		let engine: Engine | undefined;
		beforeAll(async () => {
			if (!isThere) throw new Error(`${name} is not here: install Debian's ${packages}, or run the tests as root.`);
			engine = await start();
		});
		afterAll(() => engine?.close());

		tests(async (url) => {
			if (!engine) throw new Error("It has not started.");
			const tab = await engine.open(url);
			onTestFinished(() => tab.close());
			return tab;
		});
	});
}
