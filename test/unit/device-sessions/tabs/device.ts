import { type Clock, toClock } from "../../../../src/device-sessions/page/clock.js";
import type { Page, PageChannel, PageLocks } from "../../../../src/device-sessions/page/environment.js";
import { createStorage } from "../../../../src/device-sessions/page/storage.js";
import { createTestClock } from "../../../../src/testing/clock.js";

/** A device whose tabs share what a browser shares: texts, locks, and messages, which the test can hold back. */
export function openDevice() {
	const texts = new Map<string, string>();
	const localStorage = {
		getItem: (key: string) => texts.get(key) ?? null,
		setItem: (key: string, text: string) => void texts.set(key, text),
	};
	const time = createTestClock(0, () => 0);
	const clock = toClock(time);
	const { BroadcastChannel, ...messages } = createMessages();
	const page: Page = { localStorage, BroadcastChannel, navigator: { locks: createLocks() } };
	return { texts, time, clock, page, ...messages, openStorage: (given: Page = page) => createStorage(given, String) };
}

function createMessages() {
	const open = new Set<Channel>();
	const held: (() => void)[] = [];
	let isHeld = false;

	class Channel implements PageChannel {
		onmessage: PageChannel["onmessage"] = null;
		readonly #name: string;
		constructor(name: string) {
			this.#name = name;
			open.add(this);
		}
		postMessage(message: unknown): void {
			if (!open.has(this)) throw new DOMException("It is closed.", "InvalidStateError");
			const data: unknown = structuredClone(message);
			const tell = () => {
				for (const other of open)
					if (other !== this && other.#name === this.#name) other.onmessage?.(new MessageEvent("message", { data }));
			};
			if (isHeld) held.push(tell);
			else tell();
		}
		close(): void {
			open.delete(this);
		}
	}

	return {
		BroadcastChannel: Channel,
		openChannels: () => open.size,
		hold(): void {
			isHeld = true;
		},
		release(): void {
			isHeld = false;
			for (const tell of held.splice(0)) tell();
		},
	};
}

function createLocks(): PageLocks {
	let last: Promise<unknown> = Promise.resolve();
	return {
		async request(_name, { signal }, run) {
			const before = last;
			let release = () => {};
			last = new Promise<void>((resolve) => {
				release = resolve;
			});
			try {
				const aborted = new Promise<never>((_, reject) => {
					signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
				});
				await Promise.race([before, aborted]);
				return await run({});
			} finally {
				void before.then(release);
			}
		},
	};
}

/** The same time, with luck of its own for each tab. */
export function withLuck(clock: Clock, seed: number): Clock {
	let state = seed;
	return {
		...clock,
		random() {
			state = (state * 9301 + 49297) % 233280;
			return state / 233280;
		},
	};
}
