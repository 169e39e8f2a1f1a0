import { clockOf, pageOf, pretend } from "../../src/device-sessions/page/environment.js";
import { createRandom } from "../../src/testing/clock.js";
import type { Pending, TestDevice } from "../../src/testing/index.js";
import { insideOf } from "../../src/testing/inside.js";
import type { Trip } from "../../src/testing/transit.js";

/** Gives each text a number, the same text the same one. Exact, as no hash is. */
export function createNumbers() {
	const numbers = new Map<string, number>();
	return (text: string): number => {
		const known = numbers.get(text);
		if (known !== undefined) return known;
		numbers.set(text, numbers.size);
		return numbers.size - 1;
	};
}
export type Numbers = ReturnType<typeof createNumbers>;

/** What a page has gone through, as a number; and how many things of each kind it has had on their way. */
interface Past {
	number: number;
	locks: number;
	timers: number;
	trips: number;
}

/**
 * Watches the pages of one run, and puts the state of the whole into a key: two runs with the same key have the same
 * future, whatever they do from there on, so that one of them can be cut off.
 *
 * Why that is so. A page runs only when something comes to it: an answer, a message, the grant of a lock, a timer.
 * Between two of them it is at rest, since a step ends when nothing goes on by itself. It shares no object with another
 * page (what Better Auth keeps for all clients of a process does nothing without a window), and beside what comes to it
 * it sees only the storage, the time and its own chance. So what it knows, its closures and its suspended functions
 * included, follows from what has come to it, in which order, and from what it has read meanwhile. That stands for it
 * here: its past, as a number that stands for the exact text. Nothing is guessed from outside, and no part of the code
 * can be forgotten. The rest is written out: the server, the cookies, the storage, the time, everything on its way with
 * its content and in its order, what was put off, and what the rules remember.
 *
 * A message that tells a page nothing is left out of its past: see `isNoNews`.
 */
export function createWatch(number: Numbers) {
	const pasts: Past[] = [];
	/** The page whose code runs. Timers that are set by Better Auth and nanostores are its own. */
	let current = 0;
	let isMuted = false;
	const owners = new Map<unknown, number>();
	const names = new Map<number, string>();
	const trips = new WeakMap<Trip, string>();

	function past(tab: number): Past {
		pasts[tab] ??= { number: 0, locks: 0, timers: 0, trips: 0 };
		return pasts[tab];
	}
	function note(tab: number, text: string): void {
		if (isMuted) return;
		const own = past(tab);
		own.number = number(`${own.number} ${text}`);
	}
	const ownerOf = ({ id, tab }: Pick<Pending, "id" | "tab">): number => tab ?? owners.get(id) ?? 0;

	/** Its name among the things of its page. */
	function nameOf(device: TestDevice, thing: Pending): string {
		const known = names.get(thing.id);
		if (known !== undefined) return known;
		const own = past(ownerOf(thing));
		const name = () => {
			if (thing.kind === "timer") return `timer ${own.timers++}`;
			if (thing.kind === "lock") return `lock ${own.locks++}`;
			const trip = insideOf(device).trip(thing.id);
			// What a page has sent leaves it alone: it is known by its content.
			if (!trip) return "message";
			const called = trips.get(trip) ?? `trip ${own.trips++}`;
			trips.set(trip, called);
			return called;
		};
		const named = name();
		names.set(thing.id, named);
		return named;
	}

	/** What it carries, as far as that is not said by `what`. */
	function contentOf(device: TestDevice, { id, kind }: Pending): unknown {
		const trip = insideOf(device).trip(id);
		if (!trip) return null;
		const { answer, cookies, text } = trip;
		return kind === "answer" && answer ? [answer.status, answer.body, [...answer.cookies]] : [text, [...cookies]];
	}

	return {
		/** Code of this page runs from here on. */
		enter(tab: number): void {
			current = tab;
			past(tab);
		},
		ownerOf,
		/** A timer that is set past the store. */
		own(timer: unknown): void {
			owners.set(timer, current);
		},
		/** From here on what this page reads is in its past. Its chance is its own. */
		surround(tab: number, known: object): void {
			const [page, clock] = [pageOf(known), clockOf(known)];
			if (!page || !clock) throw new TypeError("This is no client of the testing kit.");
			const random = createRandom(tab + 1);
			const read =
				<T>(what: string, from: () => T) =>
				(): T => {
					const value = from();
					note(tab, `${what} ${value}`);
					return value;
				};
			const storage = page.localStorage;
			const localStorage = storage && {
				...storage,
				getItem: (key: string) => read(key, () => storage.getItem(key))(),
			};
			pretend(known, {
				page: { ...page, ...(localStorage && { localStorage }) },
				clock: {
					...clock,
					random,
					now: read("now", () => clock.now?.() ?? 0),
					monotonic: read("monotonic", () => clock.monotonic?.() ?? 0),
				},
			});
		},
		/** What is done to this thing, before it is done: it comes to its page, and the page runs. */
		come(device: TestDevice, thing: Pending, fate: string): void {
			const tab = ownerOf(thing);
			current = tab;
			const name = nameOf(device, thing);
			if (thing.kind === "message") {
				// Of a message that is lost the page hears nothing.
				if (fate === "deliver") note(tab, `${thing.what} from ${thing.from}`);
			} else if (thing.kind === "lock") note(tab, `${name} ${fate} ${insideOf(device).isHeld(lockOf(thing))}`);
			// The request is the server's: its page hears of it where it is lost.
			else if (thing.kind === "request") fate !== "deliver" && note(tab, `${name} ${fate}`);
			else if (thing.kind === "answer" && fate === "deliver")
				note(tab, `${name} ${JSON.stringify(contentOf(device, thing))}`);
			else note(tab, `${name} ${fate}`);
		},
		/** Something else happens to a page. */
		happen(tab: number, what: string): void {
			current = tab;
			note(tab, what);
		},
		/** What is read meanwhile is not news. */
		mute(muted: boolean): void {
			isMuted = muted;
		},
		/** Names what has come to be on its way since. */
		look(device: TestDevice): void {
			for (const thing of device.pending()) nameOf(device, thing);
		},
		/** The state of the whole, and of what else decides what comes next. */
		key(device: TestDevice, others: unknown): number {
			const pending = device.pending();
			const order = (thing: Pending) => (thing.kind === "timer" ? (thing.due ?? 0) : 0);
			// Timers fire by their due time, whenever they were set.
			const listed = [
				...pending.filter(({ kind }) => kind !== "timer"),
				...pending.filter(({ kind }) => kind === "timer").sort((a, b) => order(a) - order(b) || a.id - b.id),
			].map((thing) => [
				ownerOf(thing),
				nameOf(device, thing),
				thing.kind,
				thing.what,
				thing.from,
				thing.ready,
				thing.due,
				contentOf(device, thing),
			]);
			const shared = insideOf(device)
				.shared()
				.map((part) => number(JSON.stringify(part)));
			const on = listed.map((thing) => number(JSON.stringify(thing)));
			return number(JSON.stringify([pasts.map((own) => own.number), shared, on, others]));
		},
	};
}

const lockOf = ({ what }: Pending): string => what.replace(/, if available$/, "");

export type Watch = ReturnType<typeof createWatch>;
