import * as limits from "../limits.js";
import { stopIfAborted } from "../page/stop-if-aborted.js";
import { withTimeout } from "../page/with-timeout.js";
import type { Device } from "./device.js";

/**
 * Changes of the app's take their turn under the device's lock, as the store's commands do: a sign-in that crosses a
 * switch would otherwise end in either order. They wait for so long and no longer, and no longer than their page is
 * there, and then go anyway. Nor do they hold the lock for longer than a request may take.
 */
export function orderCalls({
	clock,
	lock,
	page,
	settings,
	wire,
}: Pick<Device, "clock" | "lock" | "page" | "settings" | "wire">): void {
	if (settings.orderCalls === false) return;
	wire?.order(async (path, signal) => {
		if (signal) stopIfAborted(signal);
		const waiting = new AbortController();
		const stop = () => waiting.abort();
		signal?.addEventListener("abort", stop);
		page?.addEventListener?.("pagehide", stop);
		const limit = path === "/sign-out" ? limits.turnOfSignOut : limits.turn;
		const letGo = await new Promise<(() => void) | undefined>((take) => {
			// Its executor is handed what ends it, and so is whoever waits.
			const hold = () => new Promise<void>(take);
			const run = () => withTimeout(clock, settings.timeout, waiting.signal, hold, () => {});
			void lock.run(limit, waiting.signal, run).then(() => take(undefined));
		});
		signal?.removeEventListener("abort", stop);
		page?.removeEventListener?.("pagehide", stop);
		// Given up while it waited, it is never sent.
		if (signal) stopIfAborted(signal);
		return letGo;
	});
}
