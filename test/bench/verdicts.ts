import { number } from "./figures.js";
import { importLimit } from "./imports.js";
import type { Results } from "./results.js";

/** A ratio of the contract, its limit, and what came. */
export interface Verdict {
	readonly title: string;
	readonly measured: string;
	readonly limit: string;
	readonly holds: boolean;
}

/** Every budget that is a ratio, as far as it was measured. */
export function verdictsOf({ budgets, imports }: Results): Verdict[] {
	const verdicts: Verdict[] = (budgets?.figures ?? []).map(({ aim, limit, ratio, title }) => ({
		title,
		measured: `${number(ratio.median, 2)} (${number(ratio.low, 2)} … ${number(ratio.high, 2)})`,
		limit: `${number(limit, 1)}${aim === undefined ? "" : `, aim ${number(aim, 1)}`}`,
		holds: ratio.median <= limit,
	}));
	const [whole, apart] = imports?.figures ?? [];
	if (whole && apart) {
		const limit = apart.own.median * importLimit;
		verdicts.push({
			title: "import in Node with the peers loaded: 15 ms where the sources file by file take 37",
			measured: `${number(whole.own.median, 1)} ms`,
			limit: `${number(limit, 1)} ms, since file by file takes ${number(apart.own.median, 1)} here`,
			holds: whole.own.median <= limit,
		});
	}
	return verdicts;
}
