import { stopIfAborted } from "../page/stop-if-aborted.js";
import type { Device } from "./device.js";

/** How long a change of the app's waits for the lock of the device at most, in ms; a sign-out less. */
const patience = 2_000;
const patienceOfSignOut = 1_000;

/**
 * Changes of the app's take their turn under the device's lock, as the store's commands do: a sign-in that crosses a
 * switch would otherwise end in either order. They wait for so long and no longer, and then go anyway.
 */
export function orderCalls({ lock, settings, wire }: Pick<Device, "lock" | "settings" | "wire">): void {
	if (settings.orderCalls === false) return;
	wire?.order(async (path, signal = new AbortController().signal, run) => {
		stopIfAborted(signal);
		const limit = path === "/sign-out" ? patienceOfSignOut : patience;
		const response = await lock.run(limit, signal, run);
		if (response !== "busy") return response;
		// Given up while it waited, it is never sent.
		stopIfAborted(signal);
		return run();
	});
}
