import { onTestFinished, vi } from "vitest";
import { createDeviceSessions, type DeviceSessionsOptions } from "../../src/index.js";
import { until } from "./open-store.js";
import { createBrowser, createRealServer, signUp } from "./real-server.js";
import { createClock } from "./simulated-clock.js";

/** A clock without chance: a back-off waits for 1, 2 and 4 seconds. */
export const evenly = () => ({ ...createClock(), random: () => 0 });

/** A page whose events are sent by hand. */
function pretendPage(onLine: boolean) {
	const page = Object.assign(new EventTarget(), {
		document: Object.assign(new EventTarget(), { visibilityState: "visible" }),
		navigator: { onLine },
		localStorage: { getItem: () => null, setItem() {} },
	});
	vi.stubGlobal("window", page);
	onTestFinished(() => void vi.unstubAllGlobals());
	return page;
}

/** A store on a page of its own, looked at and loaded. */
export async function openPage(options: DeviceSessionsOptions = {}, { onLine = true } = {}) {
	const clock = evenly();
	const server = createRealServer();
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob");
	const page = pretendPage(onLine);
	const client = browser.openTab();
	const store = createDeviceSessions(client, { clock, ...options });
	const stop = store.subscribe(() => {});
	onTestFinished(async () => {
		stop();
		await store.destroy();
	});
	await until(store, ({ isPending, error }) => !isPending || error !== null);
	if (onLine) browser.requests.length = 0;
	return { browser, client, clock, page, server, store };
}
