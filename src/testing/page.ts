import type { Page, PageChannel, PageLocks } from "../device-sessions/page/environment.js";
import type { Transit } from "./transit.js";

/**
 * The locks of a device, as the browser's `LockManager` keeps them: one holder a name, the others in a queue. In manual
 * mode every request waits for its grant, and whoever tests says which of several is granted first.
 */
export function createLocks(transit: Transit) {
	const held = new Map<string, symbol>();
	const queues = new Map<string, (() => void)[]>();

	/** Takes a lock that is free; returns how to let it go. */
	function take(name: string): () => void {
		const holder = Symbol(name);
		held.set(name, holder);
		return () => {
			if (held.get(name) !== holder) return;
			held.delete(name);
			queues.get(name)?.shift()?.();
		};
	}

	/** Waits for a lock: resolves with how to let it go, or null where it is held and not to be waited for. */
	const wait = (name: string, tab: number, closing: AbortSignal, ifAvailable: boolean, signal?: AbortSignal) =>
		new Promise<(() => void) | null>((resolve, reject) => {
			const queue = queues.get(name) ?? [];
			queues.set(name, queue);
			const end = () => {
				const index = queue.indexOf(start);
				if (index >= 0) queue.splice(index, 1);
				signal?.removeEventListener("abort", abort);
				closing.removeEventListener("abort", abort);
				unlist();
			};
			const abort = () => {
				end();
				reject((signal?.aborted ? signal : closing).reason);
			};
			const start = () => {
				end();
				resolve(held.has(name) ? null : take(name));
			};
			const unlist = transit.list(
				{
					kind: "lock",
					tab,
					what: ifAvailable ? `${name}, if available` : name,
					isReady: () => ifAvailable || !held.has(name),
				},
				(fate) => {
					if (fate === "delivered") return start();
					end();
					reject(new DOMException("The page may not use locks.", "SecurityError"));
				},
			);
			if (!transit.isManual) queue.push(start);
			signal?.addEventListener("abort", abort);
			closing.addEventListener("abort", abort);
		});

	/** The locks as one page sees them: what it holds is let go when it is closed. */
	function of(closing: AbortSignal, tab = 0): PageLocks {
		return {
			request: async (name, { ifAvailable = false, signal }, run) => {
				signal?.throwIfAborted();
				let letGo: (() => void) | null;
				if (transit.isManual || (held.has(name) && !ifAvailable))
					letGo = await wait(name, tab, closing, ifAvailable, signal);
				else letGo = held.has(name) ? null : take(name);
				if (!letGo) return run(null);
				closing.addEventListener("abort", letGo);
				try {
					return await run({ name });
				} finally {
					closing.removeEventListener("abort", letGo);
					letGo();
				}
			},
		};
	}
	return { of, areHeld: () => held.size > 0, isHeld: (name: string) => held.has(name) };
}

interface Listener {
	readonly name: string;
	readonly tab: number;
	readonly number: number;
	hear(message: unknown): void;
}

/** The channels of a device: every page hears the others, a moment later. */
export function createChannels(transit: Transit, latency: () => number) {
	const messages: unknown[] = [];
	const open = new Set<Listener>();
	let count = 0;

	function send(from: Listener, to: Listener, message: unknown): void {
		const way = {
			kind: "message",
			tab: to.tab,
			from: from.tab,
			what: `${from.name} ${JSON.stringify(message)}`,
			line: `${from.number} to ${to.number}`,
			isGone: () => !open.has(to),
		} as const;
		void transit.pass(way, latency()).then((fate) => fate === "delivered" && to.hear(message));
	}

	return {
		/** The class `BroadcastChannel`, for one page. */
		of: (closing: AbortSignal, tab: number): (new (name: string) => PageChannel) =>
			class implements PageChannel {
				onmessage: PageChannel["onmessage"] = null;
				readonly #own: Listener;
				constructor(name: string) {
					count += 1;
					this.#own = {
						name,
						tab,
						number: count,
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
						if (other !== this.#own && other.name === this.#own.name) send(this.#own, other, copy);
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
export function createTestPage(
	parts: Pick<Page, "location" | "localStorage" | "BroadcastChannel"> & { locks: PageLocks },
) {
	const { location, locks, localStorage, BroadcastChannel } = parts;
	const target = new EventTarget();
	const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
	const navigator = { onLine: true, locks };
	const page: Page = {
		addEventListener: target.addEventListener.bind(target),
		removeEventListener: target.removeEventListener.bind(target),
		document,
		navigator,
		...(location && { location }),
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
