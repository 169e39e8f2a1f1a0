import type { DeviceSessionsClock } from "./clock.js";

/** What a store uses of the page that it runs in; every part of it may be missing or forbidden. */
export interface Page {
	addEventListener?(type: string, listener: (event: Event) => void): void;
	removeEventListener?(type: string, listener: (event: Event) => void): void;
	readonly location?: { readonly origin: string };
	readonly document?: EventTarget & { readonly visibilityState: string };
	readonly navigator?: { readonly onLine?: boolean; readonly locks?: PageLocks };
	readonly localStorage?: Pick<Storage, "getItem" | "setItem">;
	readonly BroadcastChannel?: new (name: string) => PageChannel;
}

/** As much of the browser's `LockManager` as is used. */
export interface PageLocks {
	request<T>(
		name: string,
		options: { ifAvailable?: boolean; signal?: AbortSignal },
		run: (lock: object | null) => T | Promise<T>,
	): Promise<T>;
}

/** As much of the browser's `BroadcastChannel` as is used. */
export interface PageChannel {
	onmessage: ((event: MessageEvent) => void) | null;
	postMessage(message: unknown): void;
	close(): void;
}

interface Surroundings {
	readonly page: Page;
	readonly clock: DeviceSessionsClock;
}

const pretended = new WeakMap<object, Surroundings>();

/** Gives the stores of this client another page and another time than the real ones: for the testing kit. */
export const pretend = (client: object, surroundings: Surroundings): void => {
	pretended.set(client, surroundings);
};

/** What was pretended for one holds for another: a plugin knows its client by the `fetch` that it was made with. */
export const pretendAlike = (known: object | undefined, client: object): void => {
	const surroundings = known && pretended.get(known);
	if (surroundings) pretend(client, surroundings);
};

/** The page that a client's stores run in, none on a server. */
export const pageOf = (client: object): Page | undefined =>
	pretended.get(client)?.page ?? (typeof window === "undefined" ? undefined : (window as Page));

export const clockOf = (client: object): DeviceSessionsClock | undefined => pretended.get(client)?.clock;

/** What happens to the page itself. */
export interface PageListener {
	/** It stops running: into the back-forward cache, or frozen. */
	onFreeze(): void;
	/** Somebody comes back to it. */
	onFocus(): void;
	/** It was not running for a while: it is out of the back-forward cache, or thawed. */
	onResume(): void;
	onLine(online: boolean): void;
}

/** Watches the page, where there is one, until it is told to stop. */
export function watchPage(page: Page | undefined, { onFreeze, onFocus, onResume, onLine }: PageListener): () => void {
	if (!page?.addEventListener) return () => {};
	const { document, navigator } = page;
	const off: (() => void)[] = [];
	const on = (target: Page | undefined, type: string, run: (event: Event) => void) => {
		target?.addEventListener?.(type, run);
		off.push(() => target?.removeEventListener?.(type, run));
	};
	on(page, "pagehide", onFreeze);
	on(document, "freeze", onFreeze);
	on(page, "focus", onFocus);
	on(document, "visibilitychange", () => document?.visibilityState === "visible" && onFocus());
	// Every page load has one of these as well.
	on(page, "pageshow", (event) => "persisted" in event && event.persisted && onResume());
	on(document, "resume", onResume);
	on(page, "online", () => onLine(true));
	on(page, "offline", () => onLine(false));
	if (navigator?.onLine === false) onLine(false);
	return () => {
		for (const stop of off) stop();
	};
}
