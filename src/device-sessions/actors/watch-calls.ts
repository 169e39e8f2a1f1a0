import type { DeviceSessionsEvent } from "../events.js";
import * as limits from "../limits.js";
import type { Device } from "./device.js";

/**
 * The app's own calls, past the store, for as long as the store lives: asleep it tells the other tabs all the same. A
 * change moves the version of the device when it begins and when it ends. So does Better Auth's session signal, where
 * neither the store nor a call on the wire has fired it: something has changed, and nobody says what; and a mutation of
 * the store's own that ends after its time. Returns what ends that.
 */
export function watchCalls(
	{
		atom,
		clock,
		ended,
		halfWay,
		identity,
		lastUsed,
		onLate,
		settings,
		version,
		wire,
	}: Pick<
		Device,
		"atom" | "clock" | "ended" | "halfWay" | "identity" | "lastUsed" | "onLate" | "settings" | "version" | "wire"
	>,
	send: (event: DeviceSessionsEvent) => void,
): () => void {
	/** Calls that have just ended: the signal may be theirs. */
	let justEnded = 0;
	/** The call that ends next is a sign-in that has stopped half-way. */
	let hasStopped = false;
	/** Of changes that are under way: the version before and while, and who was active, where that is known. */
	const changes = new Map<
		number,
		{ readonly before: string; readonly begun: string; readonly active?: string | null }
	>();
	/** Of other calls: the version when they began. */
	const others = new Map<number, string>();
	/** When nobody waits for a call any more. */
	const timers = new Map<number, unknown>();
	const unlistenWire = wire?.listen({
		began(call) {
			timers.set(
				call.id,
				clock.setTimeout(() => send({ type: "call.overdue", id: call.id }), settings.timeout),
			);
			const before = version.current();
			if (call.effect !== "change") {
				others.set(call.id, before);
				return send({ type: "call.began", call });
			}
			const last = lastUsed.active();
			const begun = version.begin();
			changes.set(call.id, { before, begun, ...(last?.version === before && { active: last.id }) });
			send({ type: "call.began", call, version: begun });
		},
		ended({ effect, id, path }, status, goesOn) {
			const at = clock.monotonic();
			justEnded += 1;
			const forget = () => {
				justEnded -= 1;
			};
			// By a timer as real as that of Better Auth's signal, which comes first however late the two are: in a busy page,
			// or in a tab in the background. In two steps: where the first one is late, a signal that waits as well comes
			// before the second.
			setTimeout(() => setTimeout(forget, limits.untilSignal / 2), limits.untilSignal / 2);
			const isRefused = goesOn || (status !== null && status >= 400 && status < 500);
			clock.clearTimeout(timers.get(id));
			timers.delete(id);
			const change = changes.get(id);
			changes.delete(id);
			if (!change) {
				const isData = effect === "data";
				// Whatever has changed meanwhile, its cookie may have undone. Looks are too many, and each would call for another.
				const hasCrossed = (isData || effect === "unknown") && status !== null && others.get(id) !== version.current();
				others.delete(id);
				return send({ type: "call.ended", id, at, isNews: isData && !isRefused, hasCrossed });
			}
			const { active, before, begun } = change;
			// A wrong code leaves it half-way, and so does what signs nobody in; of an answer that was lost, a read tells.
			if (hasStopped) halfWay.begin(active ?? null);
			else if (!isRefused && status !== null && status < 400 && !/^\/(revoke|delete|change|admin)/.test(path))
				halfWay.end();
			if (!isRefused && path === "/sign-out") ended.forget();
			if (!isRefused && /^\/delete-user/.test(path)) ended.forget(identity.shown()?.user.id ?? "", true);
			const stopped = hasStopped && { signingIn: halfWay.current() };
			hasStopped = false;
			const isAlone = version.current() === begun;
			const over = version.end(begun);
			// Refused, or sent on to a provider, it was no change: what was known before is still true.
			if (isRefused) {
				send({ type: "version.carried", at, from: isAlone ? before : null, to: over });
				if (isAlone && active !== undefined) lastUsed.remember(active, over);
				return send({ type: "call.ended", id, at, isNews: false });
			}
			send({ type: "call.ended", id, at, isNews: false, version: over, ...stopped });
		},
		stoppedHalfWay() {
			hasStopped = true;
		},
	});
	const move = () =>
		send({ type: "device.moved", version: version.end(), isOver: true, at: clock.monotonic(), wait: 0 });
	const unlistenSignal = atom.onSignal((isOwn) => !isOwn && justEnded === 0 && move());
	const unlistenLate = onLate(move);
	return () => {
		unlistenLate();
		unlistenWire?.();
		unlistenSignal?.();
		for (const timer of timers.values()) clock.clearTimeout(timer);
	};
}
