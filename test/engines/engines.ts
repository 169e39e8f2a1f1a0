import { afterAll, beforeAll, describe, onTestFinished } from "vitest";
import { startChromium } from "./chromium.js";
import type { Engine, Setting, Tab } from "./engine.js";
import { startFirefox } from "./firefox.js";
import { startWebKit } from "./webkit.js";

const all = [
	{ name: "Chromium", start: startChromium },
	{ name: "Firefox", start: startFirefox },
	{ name: "WebKit", start: startWebKit },
] as const;
/** Or those that are asked for, by their names. */
const asked = process.env["ENGINES"]?.split(" ");
const engines = all.filter(({ name }) => !asked || asked.includes(name));

export type OpenTab = (url: string, setting?: Setting) => Promise<Tab>;

/** The same tests in Chromium, Firefox and WebKit; a tab that a test opens is closed after it. */
export function inEachEngine(tests: (openTab: OpenTab, name: (typeof all)[number]["name"]) => void): void {
	describe.each(engines)("in $name", ({ name, start }) => {
		/** A browser for each setting that is asked for: it is read at the start. */
		const started = new Map<string, Engine>();
		async function engineWith(setting: Setting): Promise<Engine> {
			const key = JSON.stringify(setting);
			const engine = started.get(key) ?? (await start(setting));
			started.set(key, engine);
			return engine;
		}
		beforeAll(async () => {
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
