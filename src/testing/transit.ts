import type { KitClock } from "./clock.js";
import type { ServerAnswer } from "./server-types.js";
import { settleTimers } from "./settle.js";

/** One thing on its way, as `device.pending()` lists it. */
export interface Pending {
	/** Stays the same for as long as it is on its way; its index does not. An answer has another one than its request. */
	readonly id: number;
	/** What it is. */
	readonly kind: "request" | "answer" | "message" | "lock" | "timer";
	/** The page that sends, waits or hears: 0 is the device's own, 1 the next one that was opened. Null: a timer of no page that is known. */
	readonly tab: number | null;
	/** `"POST /multi-session/set-active"`, the name of a channel and its message, the name of a lock, or `"2000 ms"`. */
	readonly what: string;
	/**
	 * Whether `deliver` takes it now. A lock that somebody holds, a message behind another one of the same page, and a
	 * timer that is not the next one to fire have to wait.
	 */
	readonly ready: boolean;
	/** The page that a message comes from. */
	readonly from?: number;
	/** When a timer fires, in epoch ms. */
	readonly due?: number;
}

/** What becomes of something on its way. `body lost` is an answer whose headers, and cookies, have come. */
export type Fate = "delivered" | "lost" | "body lost";

/** Something that is about to be on its way. */
export interface Way extends Omit<Pending, "id" | "ready" | "due"> {
	/** Things of one line keep their order. */
	readonly line?: string;
	isReady?(): boolean;
	/** Nobody waits for it any more. */
	isGone?(): boolean;
	/** What is on this way, the same for a request and its answer. */
	readonly trip?: Trip;
}

/** A request and, once the server has acted, its answer. */
export interface Trip {
	readonly cookies: ReadonlyMap<string, string>;
	readonly text: string;
	answer?: ServerAnswer;
}

interface Entry {
	readonly shown: Pending;
	end(fate: Fate): unknown;
}

/** Everything that is on its way between the pages of a device, its server, and its clock. */
export function createTransit(clock: KitClock, isManual: boolean) {
	const ways = new Map<number, Way & { end(fate: Fate): void }>();
	/** Timers that stand for how long a way takes. */
	const delays = new Set<unknown>();
	/** When the last thing of a line comes through, in ms of the monotonic clock: none overtakes it. */
	const lines = new Map<string, number>();

	/** Lists it until its end, which `deliver` and `lose` bring about. Returns how to take it off the list. */
	function list(way: Way, end: (fate: Fate) => void): () => void {
		const number = clock.nextNumber();
		ways.set(number, { ...way, end });
		return () => void ways.delete(number);
	}

	/** Resolves when it has come through: after so many ms, or in manual mode by hand. */
	function pass(way: Way, least: number): Promise<Fate> {
		const { line = "" } = way;
		const now = clock.monotonic();
		const last = (line && lines.get(line)) || Number.NEGATIVE_INFINITY;
		if (least <= 0 && last < now && !isManual) return Promise.resolve("delivered");
		const ms = Math.max(least, last - now);
		if (line) lines.set(line, now + ms);
		return new Promise((resolve) => {
			const end = (fate: Fate) => {
				leave();
				clock.clearTimeout(timer);
				delays.delete(timer);
				resolve(fate);
			};
			const leave = list(way, end);
			const timer = isManual ? undefined : clock.setTimeout(() => end("delivered"), ms);
			if (timer !== undefined) delays.add(timer);
		});
	}

	function entries(): Entry[] {
		const lines = new Set<string>();
		const found: Entry[] = [];
		for (const [number, way] of ways) {
			const { line, isReady, isGone, trip, end, ...shown } = way;
			if (isGone?.()) {
				ways.delete(number);
				continue;
			}
			const isNext = line === undefined || !lines.has(line);
			if (line !== undefined) lines.add(line);
			found.push({ shown: { id: number, ...shown, ready: isNext && (isReady?.() ?? true) }, end });
		}
		for (const [index, { id, tab, ms, due }] of clock
			.timers()
			.filter(({ id }) => !delays.has(id))
			.entries())
			found.push({
				shown: { id, kind: "timer", tab, what: `${ms} ms`, ready: index === 0, due },
				end: () => clock.fire(id),
			});
		return found.sort((a, b) => a.shown.id - b.shown.id);
	}

	function at(index: number): Entry {
		const all = entries();
		const found = all[index];
		if (found) return found;
		const list = all.length === 0 ? "nothing" : all.length === 1 ? "one thing, 0" : `0 to ${all.length - 1}`;
		throw new RangeError(
			`Nothing is on its way at ${index}: pending() lists ${list}. Call it again after each deliver() or lose().`,
		);
	}

	return {
		isManual,
		list,
		pass,
		/** What is on the way of this number. */
		trip: (number: number): Trip | undefined => ways.get(number)?.trip,
		pending: (): readonly Pending[] => entries().map(({ shown }) => shown),
		async deliver(index: number): Promise<void> {
			const { shown, end } = at(index);
			if (!shown.ready)
				throw new Error(
					`The ${shown.kind} at ${index} (${shown.what}) is not ready: deliver what it waits for first. pending() marks what is ready.`,
				);
			await end("delivered");
			await settleTimers();
		},
		async lose(index: number, { only }: { readonly only?: "body" | undefined } = {}): Promise<void> {
			const { shown, end } = at(index);
			if (shown.kind === "timer")
				throw new Error(`A timer cannot be lost: deliver the one at ${index}, or leave it where it is.`);
			if (only === "body" && shown.kind !== "answer")
				throw new Error(`Only an answer has a body to lose: there is a ${shown.kind} at ${index} (${shown.what}).`);
			await end(only === "body" ? "body lost" : "lost");
			await settleTimers();
		},
	};
}

export type Transit = ReturnType<typeof createTransit>;
