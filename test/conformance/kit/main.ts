/**
 * `npm run conformance`: random sequences of commands on the testing kit and on a real Better Auth server, which have to
 * give the same answers and the same device. `-- --runs 500 --seed 7` for others.
 */
import { deepStrictEqual } from "node:assert";
import { parseArgs } from "node:util";
import { compareSides } from "./sequences.js";

const { values } = parseArgs({
	options: {
		runs: { type: "string", default: "2000" },
		seed: { type: "string", default: String(Date.now() % 2 ** 31) },
	},
});
const runs = Number(values.runs);
console.log(`conformance: ${runs} sequences, seed ${values.seed}`);
const began = performance.now();
await compareSides(runs, Number(values.seed), deepStrictEqual, (done) => {
	if (done % 100 === 0) console.log(`${done} the same after ${Math.round((performance.now() - began) / 1000)} s`);
});
console.log(`${runs} sequences gave the same on both sides.`);
