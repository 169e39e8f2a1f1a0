import { afterAll, beforeAll, describe, onTestFinished } from "vitest";
import { startChromium } from "./chromium.js";
import type { Engine, Setting, Tab } from "./engine.js";
import { hasFirefox, startFirefox } from "./firefox.js";
import { hasWebKit, startWebKit } from "./webkit.js";

const engines = [
	{ name: "Chromium", start: startChromium, isThere: true, packages: "chromium" },
	{ name: "Firefox", start: startFirefox, isThere: hasFirefox(), packages: "firefox-esr" },
	{ name: "WebKit", start: startWebKit, isThere: hasWebKit(), packages: "webkit2gtk-driver, xvfb and xauth" },
] as const;

export type OpenTab = (url: string, setting?: Setting) => Promise<Tab>;

/** The same tests in Chromium, Firefox and WebKit; a tab that a test opens is closed after it. */
export function inEachEngine(tests: (openTab: OpenTab, name: (typeof engines)[number]["name"]) => void): void {
	describe.each(engines)("in $name", ({ name, start, isThere, packages }) => {
		/** A browser for each setting that is asked for: it is read at the start. */
		const started = new Map<string, Engine>();
		async function engineWith(setting: Setting): Promise<Engine> {
			const key = JSON.stringify(setting);
			const engine = started.get(key) ?? (await start(setting));
			started.set(key, engine);
			return engine;
		}
		beforeAll(async () => {
			if (!isThere) throw new Error(`${name} is not here: install Debian's ${packages}, or run the tests as root.`);
			await engineWith({});
		});
		afterAll(async () => {
			for (const engine of started.values()) await engine.close();
		});

		tests(async (url, setting = {}) => {
			const tab = await (await engineWith(setting)).open(url);
			// One that the test has closed itself is not there any more.
			onTestFinished(() => tab.close().catch(() => {}));
			return tab;
		}, name);
	});
}
