import * as v from "valibot";
import type { Clock } from "./clock.js";
import type { Page, PageChannel } from "./page.js";
import { within } from "./within.js";

const name = "device-sessions";

/** What tabs say to each other: that something has changed, never what. */
const Message = /* @__PURE__ */ (() => v.object({ version: v.literal(1), type: v.literal("changed") }))();

/**
 * The other tabs of this device: they share its cookies, and with them who is active. Where a browser has no locks, or
 * forbids them (an insecure page, a sandboxed frame), every tab is on its own; where it has no channel, others notice
 * when they read.
 */
export function createTabs(clock: Clock, timeout: number, page: Page | undefined) {
	let channel: PageChannel | undefined;
	let heard = false;

	const open = (): PageChannel | undefined => {
		try {
			return page?.BroadcastChannel && new page.BroadcastChannel(name);
		} catch {
			return undefined;
		}
	};

	/** Runs it under the device's lock; false where another tab has it, true where there are no locks. */
	async function tryLock(run: () => Promise<void>): Promise<boolean> {
		const locks = page?.navigator?.locks;
		if (!locks) return run().then(() => true);
		let isMine = false;
		try {
			await locks.request(name, { ifAvailable: true }, async (lock) => {
				isMine = lock !== null;
				if (isMine) await run();
			});
		} catch (error) {
			if (isMine) throw error;
			await run();
			return true;
		}
		return isMine;
	}

	return {
		/** Hears the others until it is told to stop. */
		listen(listener: () => void): () => void {
			channel = open();
			const own = channel;
			if (!own) return () => {};
			own.onmessage = ({ data }) => {
				if (!v.is(Message, data)) return;
				heard = true;
				listener();
			};
			return () => {
				own.close();
				if (channel === own) channel = undefined;
			};
		},

		/** Tells the others. A store does not hear itself. */
		tell(): void {
			const through = channel ?? open();
			through?.postMessage({ version: 1, type: "changed" });
			if (through !== channel) through?.close();
		},

		/** Whether the others have spoken since this was asked last: what is found then is no news to them. */
		takeHeard(): boolean {
			const had = heard;
			heard = false;
			return had;
		},

		/**
		 * Runs a command's requests, one command at a time a device. `stale`: another tab had the lock, so what the command
		 * was decided from may be out of date, and nothing was sent; `busy`: it had it for too long.
		 */
		async lock(stop: AbortSignal, run: () => Promise<void>): Promise<"done" | "stale" | "busy"> {
			if (await tryLock(run)) return "done";
			const busy = () => "busy" as const;
			const locks = page?.navigator?.locks;
			return within<"stale" | "busy">(
				clock,
				timeout,
				stop,
				// It refuses before anybody hears that the signal was aborted.
				async (signal) => (await locks?.request(name, { signal }, () => "stale" as const).catch(busy)) ?? busy(),
				busy,
			);
		},
	};
}

export type Tabs = ReturnType<typeof createTabs>;
