import { play, type Run } from "./play.js";
import type { Scene } from "./scene.js";

/** A rule that runs have broken. */
interface Violation {
	readonly rule: string;
	/** The first run that broke it, with the fewest deviations: its choices replay it. */
	readonly run: Run;
	/** How many runs broke it. */
	readonly runs: number;
}

export interface Exploration {
	readonly runs: number;
	/** The longest run, in steps. */
	readonly steps: number;
	readonly violations: readonly Violation[];
}

/**
 * Plays every run of a scene that deviates at most so many times from delivering the oldest thing: depth first, each
 * run from the start.
 */
export async function explore(
	scene: Scene,
	deviations: number,
	told: (runs: number) => void = () => {},
): Promise<Exploration> {
	const found = new Map<string, { run: Run; at: number; runs: number }>();
	let [runs, steps] = [0, 0];

	async function visit(given: readonly number[], left: number): Promise<void> {
		const run = await play(scene, given);
		const at = deviations - left;
		runs += 1;
		steps = Math.max(steps, run.choices.length);
		for (const rule of run.broken) {
			const known = found.get(rule);
			if (!known) found.set(rule, { run, at, runs: 1 });
			else found.set(rule, { ...(at < known.at ? { run, at } : known), runs: known.runs + 1 });
		}
		told(runs);
		if (left === 0) return;
		for (let step = given.length; step < run.widths.length; step += 1) {
			const before = run.choices.slice(0, step);
			for (let choice = 1; choice < (run.widths[step] ?? 0); choice += 1) await visit([...before, choice], left - 1);
		}
	}

	await visit([], deviations);
	return { runs, steps, violations: [...found].map(([rule, { run, runs }]) => ({ rule, run, runs })) };
}

/** What speaks against a scene: a rule that is broken and was not known to be, or one that was and holds everywhere. */
export function complaints({ expectedFailure }: Scene, violations: readonly { readonly rule: string }[]): string[] {
	const expected = expectedFailure?.rule;
	const unexpected = violations.filter(({ rule }) => rule !== expected).map(({ rule }) => `broken: ${rule}`);
	const isMissing = expected !== undefined && !violations.some(({ rule }) => rule === expected);
	return isMissing ? [...unexpected, `expected to fail, and does not: ${expected}`] : unexpected;
}

/** The choices that replay a run, as `--replay` takes them: the last ones may be left out where they are the first action. */
export const replayOf = ({ choices }: Run): string =>
	choices.slice(0, choices.findLastIndex((choice) => choice > 0) + 1).join(",");
