import type { DeviceSessionsEvent, WorldEvent } from "../events.js";
import type { Device } from "./device.js";

/**
 * What happens outside while somebody looks: Better Auth's session atom settles on somebody. The way out, too: its
 * signal is fired, and it is asked to look again. (Focus, other tabs and the network join it here.)
 */
export function watchWorld(
	{ atom, vault }: Device,
	tell: (event: DeviceSessionsEvent) => void,
	receive: (listener: (event: WorldEvent) => void) => void,
): () => void {
	const unlisten = atom.listen(() => {
		const now = atom.current();
		if (!now) return;
		if (now.error) return tell({ type: "session.failed" });
		const id = now.data && vault.find(now.data);
		tell(id === undefined ? { type: "session.unknown" } : { type: "session.seen", id });
	});
	receive(({ type }) => void (type === "signal" ? atom.fireSignal() : atom.refetch()));
	return unlisten;
}
