import type { DeviceSessionsEvent } from "../events.js";
import type { Device } from "./device.js";

/**
 * How long after its answer Better Auth fires the session signal of a call at most, in ms: 10, and some to spare. By a
 * timer as real as its own, which comes first however late the two are: in a busy page, or in a tab in the background.
 */
const untilSignal = 100;

/**
 * The app's own calls, past the store, for as long as the store lives: asleep it tells the other tabs all the same. A
 * change moves the version of the device when it begins and when it ends. So does Better Auth's session signal, where
 * neither the store nor a call on the wire has fired it: something has changed, and nobody says what. Returns what ends
 * that.
 */
export function watchCalls(
	{
		atom,
		clock,
		halfWay,
		settings,
		version,
		wire,
	}: Pick<Device, "atom" | "clock" | "halfWay" | "settings" | "version" | "wire">,
	send: (event: DeviceSessionsEvent) => void,
): () => void {
	/** Calls that have just ended: the signal may be theirs. */
	let justEnded = 0;
	/** Of changes that are under way: the version before, and when nobody waits for it any more. */
	const changes = new Map<number, { readonly before: string; readonly begun: string; readonly timer: unknown }>();
	const unlistenWire = wire?.listen({
		began(call) {
			if (call.effect !== "change") return send({ type: "call.began", call });
			if (call.path.startsWith("/sign-in/")) halfWay.set(true);
			const before = version.current();
			const begun = version.move(false);
			const timer = clock.setTimeout(() => send({ type: "call.overdue", id: call.id }), settings.timeout);
			changes.set(call.id, { before, begun, timer });
			send({ type: "call.began", call, version: begun });
		},
		ended({ effect, id, path }, status) {
			const at = clock.monotonic();
			justEnded += 1;
			setTimeout(() => {
				justEnded -= 1;
			}, untilSignal);
			const isRefused = status !== null && status >= 400 && status < 500;
			const change = changes.get(id);
			changes.delete(id);
			if (!change) return send({ type: "call.ended", id, at, isNews: effect === "data" && !isRefused });
			clock.clearTimeout(change.timer);
			// Whether a second factor is asked for, its body says.
			if (isRefused || !path.startsWith("/sign-in/")) halfWay.set(false);
			const isAlone = version.current() === change.begun;
			const over = version.move(true);
			// Refused, it was no change: what was known before is still true.
			if (isRefused) send({ type: "version.carried", at, from: isAlone ? change.before : null, to: over });
			send({ type: "call.ended", id, at, isNews: false, ...(!isRefused && { version: over }) });
		},
		signedIn: (isHalfWay) => halfWay.set(isHalfWay),
	});
	const unlistenSignal = atom.onSignal((isOwn) => {
		if (isOwn || justEnded > 0) return;
		send({ type: "device.moved", version: version.move(true), isOver: true, at: clock.monotonic(), wait: 0 });
	});
	return () => {
		unlistenWire?.();
		unlistenSignal?.();
		for (const { timer } of changes.values()) clock.clearTimeout(timer);
	};
}
