/** What was measured several times: the median, and between which a half of it lies. */
export interface Spread {
	readonly median: number;
	readonly low: number;
	readonly high: number;
	readonly count: number;
}

/** The value below which this part of them lies. */
function quantile(sorted: readonly number[], part: number): number {
	const at = (sorted.length - 1) * part;
	const [below = 0, above = below] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
	return below + (above - below) * (at - Math.floor(at));
}

export function spread(values: readonly number[]): Spread {
	const sorted = values.toSorted((a, b) => a - b);
	const [low = 0, median = 0, high = 0] = [0.25, 0.5, 0.75].map((part) => quantile(sorted, part));
	return { median, low, high, count: values.length };
}

/** Ms of CPU that this process has spent on it, in all of its threads: what others do on the machine is not in it. */
export async function cpuOf(run: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await run();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}

/** Collects garbage, so that nobody pays for another's. */
export const collect = (): void => {
	if (!globalThis.gc) throw new Error("This needs node --expose-gc.");
	for (let index = 0; index < 2; index += 1) globalThis.gc();
};

/** How long a whole thing may be measured, in ms: a slow machine does fewer rounds, and the count says so. */
const patience = 20_000;

/**
 * CPU of several things in turn, round by round, each time beginning with another one: what the machine does meanwhile
 * meets all of them alike. The first two rounds warm up, and are not counted.
 */
export async function inTurn<Name extends string>(
	rounds: number,
	runs: Readonly<Record<Name, () => unknown>>,
): Promise<Record<Name, number[]>> {
	// Safe: the keys of the runs.
	const names = Object.keys(runs) as Name[];
	const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
	const began = performance.now();
	for (let round = -2; round < rounds; round += 1) {
		if (round > 2 && performance.now() - began > patience) break;
		for (let at = 0; at < names.length; at += 1) {
			const name = names[(at + round + 2) % names.length];
			if (!name) continue;
			collect();
			const ms = await cpuOf(runs[name]);
			if (round >= 0) times[name].push(ms);
		}
	}
	return times;
}

/** How much more the one took than the other, round by round: what slows a round down slows both. */
export const ratio = (ours: readonly number[], theirs: readonly number[]): Spread =>
	spread(ours.map((ms, round) => ms / (theirs[round] ?? Number.NaN)));
