import type { DeviceSessionsClock } from "../device-sessions/page/clock.js";

/** Simulated time: it stands still until it is told to go on. */
export interface TestClock extends Required<DeviceSessionsClock> {
	/** How many timers wait. */
	readonly pending: number;
	/**
	 * Lets time pass, in ms: every timer that falls due runs at its own moment, and what it sets off with it. `look` is
	 * called after each of them.
	 */
	advance(ms: number, look?: () => void): Promise<void>;
	/** Sets the time, in epoch ms, with no timer run: as a user, or a network time server, sets a clock. */
	jump(to: number): void;
}

/** A timer that waits. */
export interface KitTimer {
	readonly id: number;
	/** The page that set it; null where that is not known. */
	readonly tab: number | null;
	/** What it was set to. */
	readonly ms: number;
	/** When it fires, in epoch ms. */
	readonly due: number;
}

/** The clock as the kit itself uses it. */
export interface KitClock extends TestClock {
	/** The same clock for one page: its timers bear the number of the page. */
	of(tab: number): DeviceSessionsClock;
	/** The timers that wait, in the order in which they fire. */
	timers(): readonly KitTimer[];
	/** Lets time pass up to a timer, which is the last one that runs. */
	fire(id: number): Promise<void>;
	/** One count for everything that waits on a device: what is older has the smaller number. */
	nextNumber(): number;
}

/** Real macrotasks, taken before anybody replaces the global timers. */
const later: (run: () => void) => void =
	// Safe: Node has it, a browser does not.
	(globalThis as { setImmediate?: (run: () => void) => unknown }).setImmediate ??
	globalThis.setTimeout.bind(globalThis);

/** Waits until everything that needs no time has happened: promises, and the answers that are ready. */
export const settle = (): Promise<void> => new Promise((resolve) => later(() => later(resolve)));

/** @param startsAt epoch ms */
export function createTestClock(startsAt: number, random: () => number): KitClock {
	interface Timer {
		readonly tab: number | null;
		readonly ms: number;
		readonly due: number;
		readonly run: (...args: never[]) => void;
	}
	/** What has passed, and how far the clock on the wall is from it. */
	let passed = 0;
	let offset = startsAt;
	let count = 0;
	const timers = new Map<number, Timer>();

	/** The timer that falls due first by then; of several, the one that was set first. */
	function nextBy(moment: number): [number, Timer] | undefined {
		let next: [number, Timer] | undefined;
		for (const entry of timers) if (entry[1].due <= moment && (!next || entry[1].due < next[1].due)) next = entry;
		return next;
	}

	const nextNumber = () => {
		count += 1;
		return count;
	};
	const setTimeoutOf =
		(tab: number | null): DeviceSessionsClock["setTimeout"] =>
		(run, ms) => {
			const id = nextNumber();
			timers.set(id, { tab, ms, due: passed + Math.max(0, ms), run });
			return id;
		};
	async function run([id, { due, run }]: [number, Timer]): Promise<void> {
		timers.delete(id);
		passed = Math.max(passed, due);
		run();
		await settle();
	}
	const own = {
		random,
		now: () => offset + passed,
		monotonic: () => passed,
		// Safe: whatever else comes is no key.
		clearTimeout: (id: unknown) => void timers.delete(id as number),
	};

	return {
		...own,
		setTimeout: setTimeoutOf(null),
		of: (tab) => ({ ...own, setTimeout: setTimeoutOf(tab) }),
		nextNumber,
		get pending() {
			return timers.size;
		},
		timers: () =>
			[...timers]
				.map(([id, { tab, ms, due }]) => ({ id, tab, ms, due: offset + due }))
				.sort((a, b) => a.due - b.due || a.id - b.id),
		async fire(id) {
			const last = timers.get(id);
			if (!last) return;
			for (let next = nextBy(last.due); next && timers.has(id); next = nextBy(last.due)) await run(next);
		},
		async advance(ms, look) {
			const end = passed + ms;
			await settle();
			look?.();
			for (let next = nextBy(end); next; next = nextBy(end)) {
				await run(next);
				look?.();
			}
			passed = end;
		},
		jump(to) {
			offset = to - passed;
		},
	};
}

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32, public domain). */
export function createRandom(seed: number): () => number {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
