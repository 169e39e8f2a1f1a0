/**
 * `npm run simulate -- --runs N --seed S`: random commands, latencies, faults and tabs on simulated time, each run from
 * its own seed. A violation is printed with the seed that replays it: `--runs 1 --seed S`.
 */
import { parseArgs } from "node:util";
import { simulate } from "./run.js";
import { draw } from "./schedule.js";

const { values } = parseArgs({
	options: {
		runs: { type: "string", default: "2000" },
		seed: { type: "string", default: "1" },
		log: { type: "boolean", default: false },
	},
});
const [runs, first] = [Number(values.runs), Number(values.seed)];
const began = performance.now();
const seconds = () => ((performance.now() - began) / 1000).toFixed(0);
let found = 0;
let requests = 0;
let commands = 0;
for (let done = 1; done <= runs; done += 1) {
	const seed = first + done - 1;
	const outcome = await simulate(draw(seed));
	requests += outcome.requests;
	commands += outcome.commands;
	if (outcome.violations.length > 0) {
		found += 1;
		console.log(`seed ${seed}: ${outcome.violations.join("; ")}`);
		if (values.log || found === 1) console.log(outcome.log.join("\n"));
	}
	if (done % 1000 === 0) console.log(`${done} runs, ${found} with a violation, ${seconds()} s`);
}
console.log(
	`${runs} runs from seed ${first}: ${commands} commands, ${requests} requests, ${found} violations, ${seconds()} s`,
);
process.exitCode = found > 0 ? 1 : 0;
