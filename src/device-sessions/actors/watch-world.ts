import { nameOf } from "../auth/vault.js";
import type { DeviceSessionsEvent, WorldEvent } from "../events.js";
import * as limits from "../limits.js";
import { watchPage } from "../page/environment.js";
import { isOver } from "../tabs/version.js";
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
		lastUsed,
		page,
		settings,
		vault,
		version,
		wire,
	}: Pick<Device, "atom" | "channel" | "clock" | "lastUsed" | "page" | "settings" | "vault" | "version" | "wire">,
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
		const at = clock.monotonic();
		const isCheck = patience !== undefined;
		clock.clearTimeout(patience);
		patience = undefined;
		if (now.error) return sendBack({ type: "session.failed", at });
		const id = now.data && vault.find(now.data);
		const wasStranger = stranger;
		const was = last;
		last = now.data;
		stranger = id === undefined ? last && nameOf(last) : undefined;
		if (id !== undefined) sendBack({ type: "session.seen", id, at, isOvertaken: lastUsed.isOvertaken() });
		else if (isCheck || wasStranger !== stranger) sendBack({ type: "session.unknown", at });
		if (was && last && nameOf(was) === nameOf(last) && !equal(was, last)) sendBack({ type: "session.changed", at });
	});
	const { timeout, refetchInterval = 0, refetchOnWindowFocus = true, refetchWhenOffline = false } = settings;
	const look = () => sendBack({ type: "device.stale", at: clock.monotonic() });
	const doubt = () => sendBack({ type: "device.doubted", at: clock.monotonic(), now: clock.now() });
	const resume = () => {
		doubt();
		look();
	};
	/** A page that was frozen comes back with several events at once: the first is the one that counts. */
	let sleep: "frozen" | "over" | undefined;
	const comeBack = (otherwise: () => void) => () => {
		if (sleep !== "frozen") return otherwise();
		sleep = "over";
		wire?.leave(false);
		// One that began as the page was being stopped is from before, too; not Better Auth's own, that begins as it goes on.
		atom.forsake(limits.signal);
		resume();
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
	wire?.leave(false);
	const leave = watchPage(page, {
		onFreeze: () => {
			sleep = "frozen";
			// Whatever it answers will be from before.
			atom.forsake();
			wire?.leave(true);
		},
		onFocus: comeBack(() => {
			doubt();
			if (refetchOnWindowFocus) look();
		}),
		onResume: comeBack(() => !sleep && resume()),
		onLine: (online) =>
			(online || !refetchWhenOffline) && sendBack({ type: "device.online", online, at: clock.monotonic() }),
	});
	const unlistenChannel = channel.listen((message) => {
		const at = clock.monotonic();
		// Whoever speaks otherwise may have changed something as well.
		if (!message) return resume();
		version.hear(message.version);
		const newest = version.current();
		// The storage may have told of the end already.
		sendBack({ type: "device.moved", version: newest, isOver: isOver(newest), at, wait: timeout });
	});
	receive(({ type }) => {
		// Better Auth's get-session has no time-out of its own.
		clock.clearTimeout(patience);
		patience = clock.setTimeout(() => {
			atom.forsake();
			sendBack({ type: "session.failed", at: clock.monotonic() });
		}, timeout);
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
