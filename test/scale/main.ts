/**
 * `npm run test:scale -- --runs 500 --sequences 500 --seed 1 --minutes 15`: the store before a server of three instances,
 * a balancer, Postgres and Redis. First the sequences of commands of `npm run conformance`, then devices with up to four
 * tabs while instances are killed, Redis is restarted, connections drop, an instance reads from a replica that is 2 s
 * behind, and the rate limit bites: half with sessions in Postgres, half in Redis. It ends after so many minutes at most.
 */
import { parseArgs } from "node:util";
import { draw } from "../simulation/schedule.js";
import { compareWithKit } from "./conformance.js";
import { type Farm, openFarm } from "./farm.js";
import { createFaults, type Faults } from "./faults.js";
import { type Ledger, openLedger } from "./ledger.js";
import { createRun, type Outcome } from "./run.js";
import { startPostgres } from "./services/postgres.js";
import { openStage } from "./services/stage.js";

const { values } = parseArgs({
	options: {
		runs: { type: "string", default: "500" },
		sequences: { type: "string", default: "500" },
		seed: { type: "string", default: "1" },
		minutes: { type: "string", default: "15" },
	},
});
const [runs, sequences, seed] = [Number(values.runs), Number(values.sequences), Number(values.seed)];
const began = performance.now();
const seconds = () => Math.round((performance.now() - began) / 1_000);
const say = (line: string) => console.log(`${seconds()} s: ${line}`);
/** Eight devices take half a minute at most. */
const isLate = () => seconds() > (Number(values.minutes) - 0.5) * 60;

/** So many devices use a farm at once. */
const atOnce = 8;
const outcomes: Outcome[] = [];
const failures: string[] = [];

async function runDevices(farm: Farm, ledger: Ledger, faults: Faults, seeds: readonly number[]): Promise<void> {
	const devices = seeds.map((one) => createRun(farm, ledger, faults, draw(one, true), one));
	await Promise.all(devices.map((device) => device.open()));
	await Promise.all(devices.map((device) => device.play()));
	await faults.heal();
	for (const outcome of await Promise.all(devices.map((device) => device.end()))) {
		outcomes.push(outcome);
		if (outcome.violations.length === 0) continue;
		failures.push(`seed ${outcome.seed}: ${outcome.violations.join("; ")}`);
		say(failures.at(-1) ?? "");
		console.log(outcome.log.join("\n"));
	}
}

const stage = await openStage();
try {
	const postgres = await startPostgres(stage);
	for (const sessions of ["postgres", "redis"] as const) {
		const farm = await openFarm(stage, postgres, sessions);
		say(`three instances run, with sessions in ${sessions}`);
		try {
			await compareWithKit(farm, sequences / 2, seed, (done) => {
				if (done % 50 === 0) say(`${done} sequences gave what the testing kit gives`);
			});
		} catch (error) {
			failures.push(`the kit and ${sessions} differ: ${error instanceof Error ? error.message : error}`);
			say(failures.at(-1) ?? "");
		}
		const ledger = openLedger(farm.setup);
		const faults = createFaults(farm);
		const first = seed + (sessions === "redis" ? runs : 0);
		for (let done = 0; done < runs / 2 && !isLate(); done += atOnce) {
			const count = Math.min(atOnce, runs / 2 - done);
			await runDevices(
				farm,
				ledger,
				faults,
				Array.from({ length: count }, (_, index) => first + done + index),
			);
			say(`${done + count} of ${runs / 2} devices, sessions in ${sessions}: ${failures.length} with a violation`);
		}
		for (const [fault, count] of faults.counts) say(`${sessions}: ${fault}, ${count} times`);
		await ledger.close();
		await farm.close();
	}
} finally {
	await stage.close();
}

const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((all, outcome) => all + of(outcome), 0);
const errors = new Map<string, number>();
for (const outcome of outcomes)
	for (const [kind, count] of outcome.errors) errors.set(kind, (errors.get(kind) ?? 0) + count);
console.log(`errors of commands: ${[...errors].map(([kind, count]) => `${kind} ${count}`).join(", ")}`);
const ended = new Map<string, number>();
for (const line of outcomes.flatMap(({ notOurs }) => notOurs)) ended.set(line, (ended.get(line) ?? 0) + 1);
console.log("counted apart, what Better Auth itself ends or says:");
for (const [line, count] of ended) console.log(`- ${line}, ${count} times`);
console.log(`pages that said they could not read: ${sum(({ saidSo }) => saidSo)}`);
console.log(
	`${outcomes.length} devices: ${sum(({ commands }) => commands)} commands, ${sum(({ succeeded }) => succeeded)} succeeded, ${sum(({ requests }) => requests)} requests, ${failures.length} violations, ${seconds()} s`,
);
for (const failure of failures) console.log(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
