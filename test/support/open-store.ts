import { onTestFinished, vi } from "vitest";
import { createDeviceSessions, type DeviceSessionsOptions, type DeviceSessionsState } from "../../src/index.js";
import { type Browser, createBrowser, createRealServer, signUp } from "./real-server.js";

/** Resolves with the first state that fits, at once where it fits already. */
export function until<S>(
	store: { subscribe(listener: (state: S) => void): () => void },
	fits: (state: S) => boolean,
): Promise<S> {
	return new Promise((resolve) => {
		let stop: (() => void) | undefined;
		let found = false;
		stop = store.subscribe((state) => {
			if (found || !fits(state)) return;
			found = true;
			resolve(state);
			stop?.();
		});
		if (found) stop();
	});
}

/** Better Auth fetches by itself in a browser only: where there is a `window`. */
export function pretendBrowser(): void {
	vi.stubGlobal("window", globalThis);
	onTestFinished(() => void vi.unstubAllGlobals());
}

/** A store in a tab, looked at and loaded. */
export const openStore = (browser: Browser, options: DeviceSessionsOptions = {}) =>
	openStoreOn(browser, browser.openTab, options);

/** The same on a client with plugins of its own. */
export async function openStoreOn<Client extends ReturnType<Browser["openTab"]>>(
	browser: Browser,
	openTab: () => Client,
	options: DeviceSessionsOptions = {},
) {
	pretendBrowser();
	const client = openTab();
	const store = createDeviceSessions(client, options);
	const states: DeviceSessionsState[] = [];
	const stop = store.subscribe((state) => states.push(state as DeviceSessionsState));
	onTestFinished(async () => {
		stop();
		await store.destroy();
	});
	await until(store, ({ isPending, error }) => !isPending || error !== null);
	browser.requests.length = 0;
	const row = (name: string) => {
		const found = store.value?.sessions.find(({ user }) => user.name === name);
		if (!found) throw new Error(`${name} is not on this device`);
		return found;
	};
	return { client, store, states, stop, row, names: () => store.value?.sessions.map(({ user }) => user.name) };
}

/** A device on a real server with these people signed in, the last one active. */
export async function openDevice(people: string[], options: DeviceSessionsOptions & { maximumSessions?: number } = {}) {
	const { maximumSessions } = options;
	const server = createRealServer(maximumSessions === undefined ? {} : { maximumSessions });
	const browser = createBrowser(server);
	await signUp(browser, ...people);
	return { server, browser, ...(await openStore(browser, options)) };
}
