/** Plays the seeds that it is sent, and sends back what came of each. Its own process: a run has timers and clocks of its own. */
import { type Manner, type Outcome, play } from "./play.js";

export interface Stretch {
	readonly seeds: readonly number[];
	readonly manner: Manner;
}

/** Each message costs as much as a twentieth of a run. */
const together = 20;

process.on("message", async ({ seeds, manner }: Stretch) => {
	const told: Outcome[] = [];
	for (const [index, seed] of seeds.entries()) {
		const { log, ...outcome } = await play(seed, manner);
		told.push({ ...outcome, log: outcome.violations.length > 0 ? log : [] });
		const isLast = index === seeds.length - 1;
		// What is not sent by then is lost.
		if (isLast || told.length === together) await new Promise((resolve) => process.send?.(told.splice(0), resolve));
	}
	process.disconnect();
});
