/** Plays the seeds that it is sent, and sends back what came of each. Its own process: a run has timers and clocks of its own. */
import { type Manner, play } from "./play.js";

export interface Stretch {
	readonly seeds: readonly number[];
	readonly manner: Manner;
}

process.on("message", async ({ seeds, manner }: Stretch) => {
	for (const seed of seeds) {
		const { log, ...outcome } = await play(seed, manner);
		const told = { ...outcome, log: outcome.violations.length > 0 ? log : [] };
		// What is not sent by then is lost.
		await new Promise((resolve) => process.send?.(told, resolve));
	}
	process.disconnect();
});
