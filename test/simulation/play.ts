import { simulateNaively } from "./naive.js";
import { atOdds, atOddsBack, outOfReach } from "./rules.js";
import { simulate } from "./run.js";
import { draw, withoutFaults } from "./schedule.js";
import { drawWide } from "./wide.js";

/** What a run is drawn with. */
export interface Manner {
	/** Without the same through plain calls of the client, and with wide schedules. */
	readonly alone: boolean;
	readonly plugin: boolean;
	/** Of which kinds wide schedules are; of any where none is named. */
	readonly kind?: string[] | undefined;
	readonly plain: boolean;
	readonly faultless: boolean;
}

/** How often the page and the cookie were at odds, still were when somebody came back, and a valid session was lost. */
export type Counts = Readonly<Record<"atOdds" | "back" | "lost", number>>;

export interface Outcome {
	readonly seed: number;
	readonly violations: readonly string[];
	readonly log: readonly string[];
	readonly requests: number;
	readonly commands: number;
	readonly store: Counts;
	/** Null where the plain calls are left out. */
	readonly plain: Counts | null;
}

/** One run, and the same through plain calls of the Better Auth client. */
export async function play(seed: number, { alone, faultless, kind, plain, plugin }: Manner): Promise<Outcome> {
	const whole = draw(seed, plugin);
	const drawn = faultless ? withoutFaults(whole) : whole;
	// Plain calls of the client know no more than the plain schedules do.
	const schedule = plain || !alone || faultless ? drawn : drawWide(seed, plugin, kind);
	const { violations, requests, commands, log } = await simulate(schedule);
	const has = (rule: string) => Number(violations.includes(rule));
	const store = { atOdds: has(atOdds), back: has(atOddsBack), lost: has(outOfReach) };
	const found = { seed: schedule.seed, violations, log, requests, commands, store };
	if (alone) return { ...found, plain: null };
	const { isAtOdds, staysAtOdds, isLost } = await simulateNaively(drawn);
	return {
		...found,
		plain: { atOdds: Number(isAtOdds), back: Number(staysAtOdds), lost: Number(isLost) },
	};
}
