import { watchPage } from "../device/page.js";
import type { Device } from "../device.js";
import type { DeviceSessionsEvent, WorldEvent } from "../events.js";

/**
 * What happens outside while somebody looks: Better Auth's session atom settles on somebody. The way out, too: its
 * signal is fired, and it is asked to look again. Other tabs say that something has changed, somebody comes back to the
 * page, the network goes and comes, time passes.
 */
export function watchWorld(
	{ atom, clock, page, settings, tabs, vault }: Device,
	tell: (event: DeviceSessionsEvent) => void,
	receive: (listener: (event: WorldEvent) => void) => void,
): () => void {
	let patience: unknown;
	/** Who was seen last: what the get-session of a failed read finds after it is no news a second time. */
	let last: unknown;
	const unlisten = atom.listen(() => {
		const now = atom.current();
		if (!now) return;
		clock.clearTimeout(patience);
		if (now.error) return tell({ type: "session.failed" });
		const id = now.data && vault.find(now.data);
		const { session, user } = now.data ?? {};
		const who = session?.["token"] ?? session?.["id"] ?? user?.["id"] ?? null;
		const isNews = who !== last;
		last = who;
		if (isNews) tell(id === undefined ? { type: "session.unknown" } : { type: "session.seen", id });
	});
	const { timeout, refetchInterval = 0, refetchOnWindowFocus = true, refetchWhenOffline = false } = settings;
	const look = () => tell({ type: "device.stale", at: clock.now() });
	const lookAnew = () => tell({ type: "device.changed" });
	let interval: unknown;
	const wait = () => {
		interval = clock.setTimeout(
			() => {
				wait();
				look();
			},
			refetchInterval * 1000 || Number.POSITIVE_INFINITY,
		);
	};
	wait();
	const leave = watchPage(page, {
		onFocus: () => refetchOnWindowFocus && look(),
		onResume: lookAnew,
		onLine: (online) => (online || !refetchWhenOffline) && tell({ type: "device.online", online }),
	});
	const deafen = tabs.listen(lookAnew);
	receive(({ type }) => {
		// Better Auth's get-session has no time-out of its own.
		last = undefined;
		clock.clearTimeout(patience);
		patience = clock.setTimeout(() => tell({ type: "session.failed" }), timeout);
		if (type === "signal") atom.fireSignal();
		else void atom.refetch();
	});
	return () => {
		clock.clearTimeout(patience);
		unlisten();
		deafen();
		leave();
		clock.clearTimeout(interval);
	};
}
