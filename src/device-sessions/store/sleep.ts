import { onMount, type ReadableAtom } from "nanostores";
import type { DeviceSessionsEvent } from "../events.js";
import type { Clock } from "../page/clock.js";
import type { Version } from "../tabs/version.js";

/**
 * Wakes the machine while somebody looks at one of the stores. A macrotask later, so that the first render of a client
 * equals the server's. On a server nothing wakes it: only commands read there.
 */
export function sleepWhenNobodyLooks(
	stores: readonly ReadableAtom<unknown>[],
	tell: (event: DeviceSessionsEvent) => void,
	clock: Clock,
	version: Pick<Version, "current">,
	isPage: boolean,
): void {
	let mounted = 0;
	for (const store of stores) {
		onMount(store, () => {
			mounted += 1;
			// nanostores holds on to a store for a second: it is still mounted then.
			if (mounted === 1 && isPage)
				setTimeout(() => tell({ type: "wake", at: clock.monotonic(), version: version.current() }), 0);
			return () => {
				mounted -= 1;
				if (mounted === 0) tell({ type: "sleep" });
			};
		});
	}
}
