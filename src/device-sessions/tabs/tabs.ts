import * as v from "valibot";
import type { Clock } from "../page/clock.js";
import type { Page, PageChannel } from "../page/environment.js";
import type { TabStorage } from "../page/storage.js";
import { within } from "../page/with-timeout.js";

const name = "device-sessions";
/** Where it is kept that a tab has had its turn: nothing but a time and a number by chance. */
const turn = "device-sessions.turn";

/** What tabs say to each other: that something has changed, never what. */
const Message = /* @__PURE__ */ (() => v.object({ version: v.literal(1), type: v.literal("changed") }))();

/**
 * The other tabs of this device: they share its cookies, and with them who is active. Where a browser has no locks, or
 * forbids them (an insecure page, a sandboxed frame), every tab is on its own; where it has no channel, others notice
 * when they read.
 */
export function createTabs(clock: Clock, timeout: number, page: Page | undefined, storage: TabStorage) {
	let channel: PageChannel | undefined;
	let heard = false;
	/** The last command of any tab when the device was last read; undefined: it never was. */
	let known: string | null | undefined;

	const open = (): PageChannel | undefined => {
		try {
			return page?.BroadcastChannel && new page.BroadcastChannel(name);
		} catch {
			return undefined;
		}
	};

	const lastTurn = () => storage.read(turn) ?? null;

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
				if (!v.safeParse(Message, data).success) return;
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
			try {
				const through = channel ?? open();
				through?.postMessage({ version: 1, type: "changed" });
				if (through !== channel) through?.close();
			} catch {}
		},

		/**
		 * The device is about to be read: commands up to here are no news any more. Whether the others have spoken since
		 * this was asked last: what is found then is no news to them.
		 */
		catchUp(): boolean {
			known = lastTurn();
			const had = heard;
			heard = false;
			return had;
		},

		/**
		 * Runs a command's requests, one command at a time a device. `stale`: another tab has, or had, its turn since the
		 * device was read, so what the command was decided from may be out of date, and nothing was sent; unless it does not
		 * matter (`anyway`). `busy`: another tab had the lock for too long.
		 */
		async lock(stop: AbortSignal, anyway: boolean, run: () => Promise<void>): Promise<"done" | "stale" | "busy"> {
			let isStale = false;
			const own = async () => {
				isStale = !anyway && known !== undefined && lastTurn() !== known;
				if (isStale) return;
				try {
					await run();
				} finally {
					storage.write(turn, `${clock.now()}.${clock.random()}`);
					known = lastTurn();
				}
			};
			if (await tryLock(own)) return isStale ? "stale" : "done";
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
