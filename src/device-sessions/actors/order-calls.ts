import * as limits from "../limits.js";
import { stopIfAborted } from "../page/stop-if-aborted.js";
import type { Device } from "./device.js";

/**
 * Changes of the app's take their turn under the device's lock, as the store's commands do: a sign-in that crosses a
 * switch would otherwise end in either order. They wait for so long and no longer, and no longer than their page is
 * there, and then go anyway.
 */
export function orderCalls({ lock, page, settings, wire }: Pick<Device, "lock" | "page" | "settings" | "wire">): void {
	if (settings.orderCalls === false) return;
	wire?.order(async (path, signal, run) => {
		if (signal) stopIfAborted(signal);
		const waiting = new AbortController();
		const stop = () => waiting.abort();
		signal?.addEventListener("abort", stop);
		page?.addEventListener?.("pagehide", stop);
		try {
			const limit = path === "/sign-out" ? limits.turnOfSignOut : limits.turn;
			const response = await lock.run(limit, waiting.signal, run);
			if (response !== "busy") return response;
		} finally {
			signal?.removeEventListener("abort", stop);
			page?.removeEventListener?.("pagehide", stop);
		}
		// Given up while it waited, it is never sent.
		if (signal) stopIfAborted(signal);
		return run();
	});
}
