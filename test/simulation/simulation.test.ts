import { expect, test } from "vitest";
import { simulate } from "./run.js";
import { draw } from "./schedule.js";

const runs = 2_000;

test(`${runs} runs of random commands, latencies, faults and tabs break no invariant`, async () => {
	for (let seed = 1; seed <= runs; seed += 1) {
		const { violations, log } = await simulate(draw(seed));
		if (violations.length > 0) expect.fail(`seed ${seed}: ${violations.join("; ")}\n${log.join("\n")}`);
	}
}, 600_000);
