import { nameOf } from "../auth/vault.js";
import type { DeviceSessionsEvent, WorldEvent } from "../events.js";
import { watchPage } from "../page/environment.js";
import { equal } from "../values.js";
import type { Device } from "./device.js";

/**
 * What happens outside while somebody looks: Better Auth's session atom settles on somebody. The way out, too: its
 * signal is fired, and it is asked to look again. Other tabs say that something has changed, somebody comes back to the
 * page, the network goes and comes, time passes.
 */
export function watchWorld(
	{
		atom,
		channel,
		clock,
		page,
		settings,
		vault,
	}: Pick<Device, "atom" | "channel" | "clock" | "page" | "settings" | "vault">,
	sendBack: (event: DeviceSessionsEvent) => void,
	receive: (listener: (event: WorldEvent) => void) => void,
): () => void {
	/** Runs while the atom's next word is awaited as a check. */
	let patience: unknown;
	/** Who was active last without being among the rows: heard again, that is no news. */
	let stranger: unknown;
	/** Who was active last, with all that is known of them: a call of the app's may change that, and not who it is. */
	let last = atom.current()?.data;
	const unlistenAtom = atom.listen(() => {
		const now = atom.current();
		if (!now) return;
		const isCheck = patience !== undefined;
		clock.clearTimeout(patience);
		patience = undefined;
		if (now.error) return sendBack({ type: "session.failed" });
		const id = now.data && vault.find(now.data);
		const wasStranger = stranger;
		const was = last;
		last = now.data;
		stranger = id === undefined ? last && nameOf(last) : undefined;
		if (id !== undefined) sendBack({ type: "session.seen", id });
		else if (isCheck || wasStranger !== stranger) sendBack({ type: "session.unknown" });
		if (was && last && nameOf(was) === nameOf(last) && !equal(was, last)) sendBack({ type: "session.changed" });
	});
	const { timeout, refetchInterval = 0, refetchOnWindowFocus = true, refetchWhenOffline = false } = settings;
	const look = () => sendBack({ type: "device.stale", at: clock.now() });
	const lookAnew = () => sendBack({ type: "device.changed" });
	/** A page that was frozen comes back with several events at once: the first is the one that counts. */
	let sleep: "frozen" | "over" | undefined;
	const comeBack = (otherwise: () => void) => () => {
		if (sleep !== "frozen") return otherwise();
		sleep = "over";
		lookAnew();
	};
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
		onFreeze: () => {
			sleep = "frozen";
		},
		onFocus: comeBack(() => refetchOnWindowFocus && look()),
		onResume: comeBack(() => !sleep && lookAnew()),
		onLine: (online) => (online || !refetchWhenOffline) && sendBack({ type: "device.online", online }),
	});
	const unlistenChannel = channel.listen(lookAnew);
	receive(({ type }) => {
		// Better Auth's get-session has no time-out of its own.
		clock.clearTimeout(patience);
		patience = clock.setTimeout(() => sendBack({ type: "session.failed" }), timeout);
		if (type === "signal") atom.fireSignal();
		else void atom.refetch();
	});
	return () => {
		clock.clearTimeout(patience);
		unlistenAtom();
		unlistenChannel();
		leave();
		clock.clearTimeout(interval);
	};
}
