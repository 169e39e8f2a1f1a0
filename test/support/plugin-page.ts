import { createAuthClient } from "better-auth/client";
import { twoFactorClient } from "better-auth/client/plugins";
import { onTestFinished, vi } from "vitest";
import { type DeviceSessionsOptions, deviceSessionsClient, type IdentityChange } from "../../src/index.js";
import { pretendBrowser, until } from "./open-store.js";
import type { Browser } from "./real-server.js";

/** What a browser keeps between visits, shared by its tabs. */
export function keepStorage(storage: Partial<Storage> = {}): Map<string, string> {
	pretendBrowser();
	const kept = new Map<string, string>();
	vi.stubGlobal("localStorage", {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => kept.set(key, value),
		...storage,
	});
	return kept;
}

/** A page of that browser whose client has the plugin and two factors; its store is looked at and loaded. */
export async function openPluginPage(browser: Browser, options: DeviceSessionsOptions = {}) {
	if (typeof window === "undefined") pretendBrowser();
	const changes: (string | null)[][] = [];
	const onIdentityChange = ({ from, to }: IdentityChange) => {
		changes.push([from, to].map((row) => row?.user.name ?? null));
	};
	const client = createAuthClient({
		...browser.clientOptions,
		plugins: [deviceSessionsClient({ onIdentityChange, ...options }), twoFactorClient()],
	});
	const store = client.deviceSessions;
	const stop = store.subscribe(() => {});
	const close = async () => {
		stop();
		await store.destroy();
	};
	onTestFinished(close);
	await until(store, ({ isPending, error }) => !isPending || error !== null);
	const row = (name: string) => {
		const found = store.value?.sessions.find(({ user }) => user.name === name);
		if (!found) throw new Error(`${name} is not on this device`);
		return found;
	};
	return {
		client,
		store,
		row,
		/** The calls of onIdentityChange, `[from, to]`. */
		changes,
		/** As when the tab is closed, or reloaded. */
		close,
		/** Whom the page shows, the active one with a star. */
		shown: () => store.value?.sessions.map(({ active, user }) => `${user.name}${active ? "*" : ""}`),
		/** Whose names are remembered. */
		ended: () => store.value?.ended.map(({ name }) => name),
		/** Whom a sign-in that is half-way goes back to; undefined where none is. */
		from: () => store.value?.signingIn && (store.value.signingIn.from?.user.name ?? null),
		/** Until nothing is under way, and nothing is waited for. */
		rest: () =>
			vi.waitUntil(
				() => {
					const { context, value } = store.actor.getSnapshot();
					const isAtRest = value === "idle" && !context.check && context.dueAt === null && context.queue.length === 0;
					return isAtRest && context.calls.length === 0 && !client.$store.atoms["session"]?.value?.isRefetching;
				},
				{ timeout: 10_000, interval: 20 },
			),
	};
}

export type PluginPage = Awaited<ReturnType<typeof openPluginPage>>;
