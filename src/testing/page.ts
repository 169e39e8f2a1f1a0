import type { Page, PageChannel, PageLocks } from "../device-sessions/page/environment.js";

/** The locks of a device, as the browser's `LockManager` keeps them: one holder a name, the others in a queue. */
export function createLocks() {
	interface Waiting {
		start(): void;
	}
	const held = new Map<string, symbol>();
	const queues = new Map<string, Waiting[]>();

	function letGo(name: string, holder: symbol): void {
		if (held.get(name) !== holder) return;
		held.delete(name);
		queues.get(name)?.shift()?.start();
	}

	/** The locks as one page sees them: what it holds is let go when it is closed. */
	function of(closing: AbortSignal): PageLocks {
		return {
			request: async (name, { ifAvailable, signal }, run) => {
				signal?.throwIfAborted();
				if (held.has(name)) {
					if (ifAvailable) return run(null);
					const queue = queues.get(name) ?? [];
					queues.set(name, queue);
					await new Promise<void>((resolve, reject) => {
						const leave = () => {
							const index = queue.indexOf(waiting);
							if (index >= 0) queue.splice(index, 1);
							closing.removeEventListener("abort", leave);
							reject((signal?.aborted ? signal : closing).reason);
						};
						const waiting = {
							start() {
								closing.removeEventListener("abort", leave);
								resolve();
							},
						};
						queue.push(waiting);
						signal?.addEventListener("abort", leave);
						closing.addEventListener("abort", leave);
					});
				}
				const holder = Symbol(name);
				held.set(name, holder);
				const end = () => letGo(name, holder);
				closing.addEventListener("abort", end);
				try {
					return await run({ name });
				} finally {
					closing.removeEventListener("abort", end);
					end();
				}
			},
		};
	}
	return { of, isHeld: (name: string) => held.has(name) };
}

/** The channels of a device: every page hears the others, a moment later. */
export function createChannels(later: (run: () => void) => void) {
	const messages: unknown[] = [];
	const open = new Set<{ readonly name: string; hear(message: unknown): void }>();
	return {
		/** The class `BroadcastChannel`, for one page. */
		of: (closing: AbortSignal): (new (name: string) => PageChannel) =>
			class implements PageChannel {
				onmessage: PageChannel["onmessage"] = null;
				readonly #own: { readonly name: string; hear(message: unknown): void };
				constructor(name: string) {
					this.#own = {
						name,
						hear: (data) => {
							if (open.has(this.#own)) this.onmessage?.(new MessageEvent("message", { data }));
						},
					};
					open.add(this.#own);
					closing.addEventListener("abort", this.#close);
				}
				postMessage(message: unknown): void {
					const copy = structuredClone(message);
					messages.push(copy);
					for (const other of open) {
						if (other !== this.#own && other.name === this.#own.name) later(() => other.hear(copy));
					}
				}
				close(): void {
					open.delete(this.#own);
					closing.removeEventListener("abort", this.#close);
				}
				readonly #close = () => this.close();
			},
		messages,
		/** How many are open. */
		count: () => open.size,
	};
}

/** A page's own events and state, set by the one who tests. */
export function createTestPage(parts: Pick<Page, "localStorage" | "BroadcastChannel"> & { locks: PageLocks }) {
	const { locks, localStorage, BroadcastChannel } = parts;
	const target = new EventTarget();
	const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
	const navigator = { onLine: true, locks };
	const page: Page = {
		addEventListener: target.addEventListener.bind(target),
		removeEventListener: target.removeEventListener.bind(target),
		document,
		navigator,
		...(localStorage && { localStorage }),
		...(BroadcastChannel && { BroadcastChannel }),
	};
	const tell = (type: string, more: object = {}) => target.dispatchEvent(Object.assign(new Event(type), more));
	return {
		page,
		isOnline: () => navigator.onLine,
		/** Another window covers it, or it comes back. */
		show(visible: boolean): void {
			document.visibilityState = visible ? "visible" : "hidden";
			document.dispatchEvent(new Event("visibilitychange"));
			if (visible) tell("focus");
		},
		/** It comes out of the back-forward cache. */
		comeBack(): void {
			tell("pagehide", { persisted: true });
			tell("pageshow", { persisted: true });
		},
		goOnline(online: boolean): void {
			navigator.onLine = online;
			tell(online ? "online" : "offline");
		},
	};
}
