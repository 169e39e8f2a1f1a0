import type { Device } from "../device.js";
import type { DeviceSessionsEvent, WorldEvent } from "../events.js";

/**
 * What happens outside while somebody looks: Better Auth's session atom settles on somebody. The way out, too: its
 * signal is fired, and it is asked to look again. Other tabs
 * say that something has changed. (Focus and the network join them here.)
 */
export function watchWorld(
	{ atom, clock, settings: { timeout }, tabs, vault }: Device,
	tell: (event: DeviceSessionsEvent) => void,
	receive: (listener: (event: WorldEvent) => void) => void,
): () => void {
	let patience: unknown;
	const unlisten = atom.listen(() => {
		const now = atom.current();
		if (!now) return;
		clock.clearTimeout(patience);
		if (now.error) return tell({ type: "session.failed" });
		const id = now.data && vault.find(now.data);
		tell(id === undefined ? { type: "session.unknown" } : { type: "session.seen", id });
	});
	const deafen = tabs.listen(() => tell({ type: "device.changed" }));
	receive(({ type }) => {
		// Better Auth's get-session has no time-out of its own.
		clock.clearTimeout(patience);
		patience = clock.setTimeout(() => tell({ type: "session.failed" }), timeout);
		if (type === "signal") atom.fireSignal();
		else void atom.refetch();
	});
	return () => {
		clock.clearTimeout(patience);
		unlisten();
		deafen();
	};
}
