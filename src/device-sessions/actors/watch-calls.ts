import { toIdentity } from "../auth/session-atom.js";
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
		vault,
		version,
		wire,
	}: Pick<
		Device,
		| "atom"
		| "clock"
		| "ended"
		| "halfWay"
		| "identity"
		| "lastUsed"
		| "onLate"
		| "settings"
		| "vault"
		| "version"
		| "wire"
	>,
	send: (event: DeviceSessionsEvent) => void,
): () => void {
	/** Calls that have just ended: the signal may be theirs. */
	let justEnded = 0;
	/** When nobody waits for a call any more. */
	const timers = new Set<unknown>();
	const unlistenWire = wire?.listen((call) => {
		const { effect, id, path } = call;
		const isChange = effect === "change";
		const began = clock.monotonic();
		const timer = clock.setTimeout(() => send({ type: "call.overdue", id }), settings.timeout);
		timers.add(timer);
		const before = version.current();
		const last = isChange ? lastUsed.active() : undefined;
		// What is known while another change goes on may be from before that.
		const isCalm = version.goesOnFor() === 0;
		const active = isCalm && last?.version === before ? last.id : undefined;
		const begun = isChange ? version.begin() : undefined;
		const stopped = isChange ? halfWay.current() : null;
		send({ type: "call.began", call, version: begun });
		return ({ answer, status, goesOn, hasToken, isHalfWay, isLate: wasFrozen }) => {
			const at = clock.monotonic();
			// While nobody looks a page does not hear that it is frozen.
			const isLate = wasFrozen || at - began >= settings.timeout;
			justEnded += 1;
			const forget = () => {
				justEnded -= 1;
			};
			// By a timer as real as that of Better Auth's signal, which comes first however late the two are: in a busy page,
			// or in a tab in the background. In two steps: where the first one is late, a signal that waits as well comes
			// before the second.
			setTimeout(() => setTimeout(forget, limits.untilSignal / 2), limits.untilSignal / 2);
			clock.clearTimeout(timer);
			timers.delete(timer);
			const isRefused = goesOn || (status !== null && status >= 400 && status < 500);
			if (begun === undefined) {
				const isData = effect === "data";
				// Whatever has changed meanwhile, its cookie may have undone. Looks are too many, and each would call for another.
				const isCrossing = status !== null && before !== version.current();
				const over = { type: "call.ended", id, at, isNews: isData && !isRefused } as const;
				send({ ...over, hasCrossed: isCrossing && (isData || effect === "unknown") });
				if (!isCrossing || (effect !== "look" && status !== 401)) return;
				answer?.().then(
					(answered) => {
						// Safe: asked for properties, of which nothing is taken for granted.
						const { code, session } = Object(answered) as { readonly code?: unknown; readonly session?: unknown };
						const isNobody = status === 401 ? code === "UNAUTHORIZED" : status === 200 && !session;
						const who = toIdentity(answered).data;
						const row = who ? vault.find(who) : undefined;
						const found = isNobody ? null : row;
						const known = lastUsed.active();
						// One that finds nobody has taken the cookie away, and one that finds somebody may have brought theirs back. It
						// is for this page to look; where it then finds somebody else, the other tabs are told.
						const isKnown = known?.id === found && known?.version === version.current();
						if (isKnown) return;
						// Of somebody who is not among the rows, or not any more, the next read tells.
						const isNews = found !== undefined;
						if (isNews) atom.forsake();
						if (isNews || who) send({ ...over, isNews, isUncertain: true });
					},
					() => {}, // Nobody can read it.
				);
				return;
			}
			const isAlone = isCalm && version.current() === begun;
			// A wrong code leaves it half-way, and so does what signs nobody in; of an answer that was lost, a read tells. One that
			// has begun since is another, which only a sign-in that this page hears of in time ends as well.
			if (isHalfWay) halfWay.begin((isAlone && !wasFrozen && active) || null);
			else if (
				!isRefused &&
				status !== null &&
				status < 400 &&
				(hasToken || !/^\/(revoke|delete|change|admin|two-factor)/.test(path))
			)
				halfWay.end(hasToken && !isLate && path.startsWith("/sign-") ? undefined : stopped);
			if (!isRefused && path === "/sign-out") ended.forget();
			if (!isRefused && /^\/delete-user/.test(path)) ended.forget(identity.shown()?.user.id ?? "", true);
			const over = version.end(begun);
			// Refused, or sent on to a provider, it was no change: what was known before is still true.
			if (isRefused) {
				send({ type: "version.carried", at, from: isAlone ? before : null, to: over });
				if (isAlone && active !== undefined) lastUsed.remember(active, over);
				return send({ type: "call.ended", id, at, isNews: false });
			}
			if (path === "/multi-session/set-active") lastUsed.switched(over);
			const signingIn = isHalfWay && { signingIn: halfWay.current() };
			send({
				type: "call.ended",
				id,
				at,
				isNews: false,
				isUncertain: status === null || status >= 500,
				version: over,
				...signingIn,
			});
		};
	});
	const move = () =>
		send({ type: "device.moved", version: version.end(), isOver: true, at: clock.monotonic(), wait: 0 });
	const unlistenSignal = atom.onSignal((isOwn) => !isOwn && justEnded === 0 && move());
	const unlistenLate = onLate(move);
	return () => {
		unlistenLate();
		unlistenWire?.();
		unlistenSignal?.();
		for (const timer of timers) clock.clearTimeout(timer);
	};
}
