/**
 * `npm run simulate -- --runs N --seed S`: random commands, latencies, faults and tabs on simulated time, each run from
 * its own seed, and the same through plain calls of the Better Auth client beside it. A violation is printed with the
 * seed that replays it: `--runs 1 --seed S`. `--alone` leaves the plain calls out, and makes the schedules
 * wide: of some kinds only with `--kind`, of none with `--plain`. With `--plugin` the client has the plugin, and the app
 * signs in and calls past the store at any time. `--faultless` leaves out what goes wrong: plain schedules only.
 * Many runs are shared out among `--processes`, as many as the machine has cores.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { type Counts, type Manner, type Outcome, play } from "./play.js";
import type { Stretch } from "./worker.js";

const { values } = parseArgs({
	options: {
		runs: { type: "string", default: "2000" },
		seed: { type: "string", default: "1" },
		processes: { type: "string", default: String(availableParallelism()) },
		alone: { type: "boolean", default: false },
		plugin: { type: "boolean", default: false },
		kind: { type: "string", multiple: true },
		plain: { type: "boolean", default: false },
		faultless: { type: "boolean", default: false },
	},
});
const [runs, first] = [Number(values.runs), Number(values.seed)];
const processes = Math.max(1, Math.min(Number(values.processes), runs));
const manner: Manner = values;
/** Fewer are played here: a process of their own costs more than they do. */
const few = 20;

const began = performance.now();
const seconds = () => ((performance.now() - began) / 1000).toFixed(0);
const total = { done: 0, violations: 0, requests: 0, commands: 0 };
const store = { atOdds: 0, back: 0, lost: 0 };
const plain = { atOdds: 0, back: 0, lost: 0 };

function add(sum: Record<keyof Counts, number>, counts: Counts): void {
	for (const name of ["atOdds", "back", "lost"] as const) sum[name] += counts[name];
}

function take({ commands, log, plain: naive, requests, seed, store: found, violations }: Outcome): void {
	total.done += 1;
	total.requests += requests;
	total.commands += commands;
	add(store, found);
	if (naive) add(plain, naive);
	if (violations.length > 0) {
		total.violations += 1;
		console.log(`seed ${seed}: ${violations.join("; ")}`);
		if (runs === 1 || total.violations === 1) console.log(log.join("\n"));
	}
	if (total.done % 1000 === 0) console.log(`${total.done} runs, ${total.violations} with a violation, ${seconds()} s`);
}

/** As one file, as a page has it: a run of this costs two thirds of one whose sources are read as they are. */
async function bundle(): Promise<string> {
	const outfile = "test/artifacts/simulation.mjs";
	await build({
		entryPoints: ["test/simulation/worker.ts"],
		outfile,
		bundle: true,
		platform: "node",
		format: "esm",
		target: "node20",
		banner: { js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);` },
	});
	return outfile;
}

/** Every so-manieth seed, so that no process has all the long runs. */
async function playApart(path: string, index: number): Promise<void> {
	const seeds = Array.from({ length: runs }, (_, run) => first + run).filter((_, run) => run % processes === index);
	// Most of what a run makes is gone soon after it.
	const worker = fork(path, { execArgv: ["--max-semi-space-size=64"] });
	worker.on("message", (outcomes: Outcome[]) => {
		for (const outcome of outcomes) take(outcome);
	});
	const stretch: Stretch = { seeds, manner };
	worker.send(stretch);
	const [code] = await once(worker, "exit");
	if (code !== 0) throw new Error(`A process of the simulation ended with ${code}.`);
}

if (runs < few) for (let run = 0; run < runs; run += 1) take(await play(first + run, manner));
else {
	const path = await bundle();
	await Promise.all(Array.from({ length: processes }, (_, index) => playApart(path, index)));
}

console.log(
	`${total.done} runs from seed ${first}: ${total.commands} commands, ${total.requests} requests, ${total.violations} violations, ${seconds()} s`,
);
if (!values.alone) {
	const row = (name: string, counts: typeof plain) =>
		`| ${[name, ...Object.values(counts).map((count) => `${count} of ${runs}`)].join(" | ")} |`;
	console.log("| | at rest | after coming back | a valid session is lost |");
	console.log("| --- | --- | --- | --- |");
	console.log(row("plain calls of the client", plain));
	console.log(row("the store", store));
}
process.exitCode = total.violations > 0 || total.done < runs ? 1 : 0;
