import { type Cut, play, type Run } from "./play.js";
import type { Scene } from "./scene.js";
import { createNumbers } from "./watch.js";

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
	/** How many of them ended in a state that was known already. */
	readonly cut: number;
	/** How many different states were met. */
	readonly states: number;
	/** What runs have come to. */
	readonly endings: ReadonlySet<string>;
	/** The longest run, in steps. */
	readonly steps: number;
	readonly violations: readonly Violation[];
}

interface Options {
	/** Whether runs end where the state is known already. Default: true. */
	readonly cutsOff?: boolean;
	told?(runs: number): void;
}

/**
 * Plays every run of a scene that deviates at most so many times from delivering the oldest thing, each from the start
 * to its end. Those with fewer deviations come first, so that a state is met with as many left as it can have: whoever
 * meets it again has no more of them, and can do nothing from there that was not done.
 */
export async function explore(
	scene: Scene,
	deviations: number,
	{ cutsOff = true, told = () => {} }: Options = {},
): Promise<Exploration> {
	const found = new Map<string, { run: Run; runs: number }>();
	const known = new Set<number>();
	const endings = new Set<string>();
	const numbers = createNumbers();
	const cut: Cut = {
		numbers,
		isKnown(key) {
			if (known.has(key)) return true;
			known.add(key);
			return false;
		},
	};
	let [runs, cuts, steps] = [0, 0, 0];
	let round: (readonly number[])[] = [[]];

	for (let left = deviations; left >= 0; left -= 1) {
		const next: (readonly number[])[] = [];
		for (const given of round) {
			const run = await play(scene, given, cutsOff ? cut : undefined);
			runs += 1;
			cuts += Number(run.isCut);
			steps = Math.max(steps, run.choices.length);
			if (!run.isCut) endings.add(run.ending.join("; "));
			for (const rule of run.broken) {
				const first = found.get(rule);
				found.set(rule, { run: first?.run ?? run, runs: (first?.runs ?? 0) + 1 });
			}
			told(runs);
			if (left === 0) continue;
			for (let step = given.length; step < run.widths.length; step += 1) {
				const before = run.choices.slice(0, step);
				for (let choice = 1; choice < (run.widths[step] ?? 0); choice += 1) next.push([...before, choice]);
			}
		}
		round = next;
	}
	return {
		runs,
		cut: cuts,
		states: known.size,
		endings,
		steps,
		violations: [...found].map(([rule, { run, runs }]) => ({ rule, run, runs })),
	};
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
