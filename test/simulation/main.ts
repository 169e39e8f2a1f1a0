/**
 * `npm run simulate -- --runs N --seed S`: random commands, latencies, faults and tabs on simulated time, each run from
 * its own seed, and the same through plain calls of the Better Auth client beside it. A violation is printed with the
 * seed that replays it: `--runs 1 --seed S`. `--alone` leaves the plain calls out, and makes the schedules
 * wide: of some kinds only with `--kind`, of none with `--plain`. With `--plugin` the client has the plugin, and the app
 * signs in and calls past the store at any time. `--faultless` leaves out what goes wrong: plain schedules only.
 */
import { parseArgs } from "node:util";
import { simulateNaively } from "./naive.js";
import { atOdds, atOddsBack, outOfReach } from "./rules.js";
import { simulate } from "./run.js";
import { draw, withoutFaults } from "./schedule.js";
import { drawWide } from "./wide.js";

const { values } = parseArgs({
	options: {
		runs: { type: "string", default: "2000" },
		seed: { type: "string", default: "1" },
		alone: { type: "boolean", default: false },
		plugin: { type: "boolean", default: false },
		kind: { type: "string", multiple: true },
		plain: { type: "boolean", default: false },
		faultless: { type: "boolean", default: false },
	},
});
const [runs, first] = [Number(values.runs), Number(values.seed)];
/** Plain calls of the client know no more than the plain schedules do. */
const isPlain = values.plain || !values.alone || values.faultless;
const began = performance.now();
const seconds = () => ((performance.now() - began) / 1000).toFixed(0);
const total = { violations: 0, requests: 0, commands: 0 };
const store = { atOdds: 0, back: 0, lost: 0 };
const plain = { atOdds: 0, back: 0, lost: 0 };

for (let done = 1; done <= runs; done += 1) {
	const seed = first + done - 1;
	const whole = draw(seed, values.plugin);
	const drawn = values.faultless ? withoutFaults(whole) : whole;
	const schedule = isPlain ? drawn : drawWide(seed, values.plugin, values.kind);
	const { violations, requests, commands, log } = await simulate(schedule);
	total.requests += requests;
	total.commands += commands;
	if (violations.includes(atOdds)) store.atOdds += 1;
	if (violations.includes(atOddsBack)) store.back += 1;
	if (violations.includes(outOfReach)) store.lost += 1;
	if (violations.length > 0) {
		total.violations += 1;
		console.log(`seed ${schedule.seed}: ${violations.join("; ")}`);
		if (runs === 1 || total.violations === 1) console.log(log.join("\n"));
	}
	if (!values.alone) {
		const { isAtOdds, staysAtOdds, isLost } = await simulateNaively(drawn);
		plain.atOdds += Number(isAtOdds);
		plain.back += Number(staysAtOdds);
		plain.lost += Number(isLost);
	}
	if (done % 1000 === 0) console.log(`${done} runs, ${total.violations} with a violation, ${seconds()} s`);
}

console.log(
	`${runs} runs from seed ${first}: ${total.commands} commands, ${total.requests} requests, ${total.violations} violations, ${seconds()} s`,
);
if (!values.alone) {
	const row = (name: string, counts: typeof plain) =>
		`| ${[name, ...Object.values(counts).map((count) => `${count} of ${runs}`)].join(" | ")} |`;
	console.log("| | at rest | after coming back | a valid session is lost |");
	console.log("| --- | --- | --- | --- |");
	console.log(row("plain calls of the client", plain));
	console.log(row("the store", store));
}
process.exitCode = total.violations > 0 ? 1 : 0;
