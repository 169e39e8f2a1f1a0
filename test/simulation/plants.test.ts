import { expect, test } from "vitest";
import { plants } from "./plants.js";
import { simulate } from "./run.js";
import { draw } from "./schedule.js";

const runs = 2_000;

test.each(Object.entries(plants))(
	`where %s, it is found within ${runs} runs`,
	async (name, plant) => {
		for (let seed = 1; seed <= runs; seed += 1) {
			const { violations } = await simulate(draw(seed), plant);
			if (violations.length === 0) continue;
			console.log(`simulation: ${name}: seed ${seed}: ${violations[0]}`);
			return;
		}
		expect.fail("It was not found.");
	},
	600_000,
);
