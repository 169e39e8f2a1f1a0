import { expect, test } from "vitest";
import { plants } from "./plants.js";
import { simulate } from "./run.js";
import { draw } from "./schedule.js";
import { drawWide } from "./wide.js";

const runs = 2_000;

test.each(Object.entries(plants))(
	`where %s, it is found within ${runs} runs, and nothing is found there without it`,
	async (name, plant) => {
		const first = plant.seed ?? 1;
		for (let seed = first; seed < first + runs; seed += 1) {
			const { kinds, needsPlugin } = plant;
			const schedule = kinds ? drawWide(seed, needsPlugin, kinds) : draw(seed, needsPlugin);
			const { violations } = await simulate(schedule, plant);
			if (violations.length === 0) continue;
			console.log(`simulation: ${name}: seed ${seed}: ${violations[0]}`);
			expect((await simulate(schedule)).violations).toEqual([]);
			return;
		}
		expect.fail("It was not found.");
	},
	600_000,
);
