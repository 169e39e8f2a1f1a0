import { onTestFinished } from "vitest";
import { createDeviceSessions, type DeviceSessionsOptions, toDeviceSessions } from "../../src/index.js";
import { pretendBrowser } from "./open-store.js";
import { createBrowser, createRealServer, signUp } from "./real-server.js";
import { askServer } from "./server-render.js";

/** What a server renders of a device that these people are signed in on. */
export async function render(people: readonly string[], options: { maximumSessions?: number } = {}) {
	const server = createRealServer(options);
	const browser = createBrowser(server);
	await signUp(browser, ...people);
	const { list, session } = await askServer(server, browser);
	const snapshot = toDeviceSessions(list, session);
	return { server, browser, list, session, snapshot, html: JSON.stringify(snapshot) };
}

/** A store in a browser, which nobody looks at yet. */
export function open(browser: ReturnType<typeof createBrowser>, options: DeviceSessionsOptions = {}) {
	pretendBrowser();
	const client = browser.openTab();
	const store = createDeviceSessions(client, options);
	onTestFinished(() => store.destroy());
	return { client, store };
}
