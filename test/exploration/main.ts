/**
 * `npm run explore -- --scene two-switches --deviations 1`: plays each scene on the testing kit in every order that
 * deviates so many times from delivering the oldest thing first: another thing is delivered, one is put off until nothing
 * else is left, one is lost, or what the scene has in store happens. A run ends where the state is known already, unless
 * `--uncut` says otherwise. A broken rule is printed with the choices that replay it: `--scene two-switches --replay 0,0,2`.
 * `--scene` takes a name, or a part of several; without it all scenes are played. The exit code is 1 where a rule is
 * broken that is not known to be, or where a scene that is expected to fail does not.
 */
import { parseArgs } from "node:util";
import { complaints, explore, replayOf } from "./explore.js";
import { play } from "./play.js";
import type { Scene } from "./scene.js";
import { scenes } from "./scenes.js";

const { values } = parseArgs({
	options: {
		scene: { type: "string", default: "" },
		deviations: { type: "string", default: "1" },
		replay: { type: "string" },
		uncut: { type: "boolean", default: false },
	},
});
const exact = scenes.filter(({ name }) => name === values.scene);
const chosen = exact.length > 0 ? exact : scenes.filter(({ name }) => name.includes(values.scene));
const deviations = Number(values.deviations);
const names = scenes.map(({ name }) => name).join(", ");

if (chosen.length === 0) throw new Error(`There is no scene ${values.scene}: there are ${names}.`);
if (!Number.isInteger(deviations) || deviations < 0) throw new Error("--deviations takes a whole number, 0 or more.");
if (values.replay !== undefined && exact.length === 0)
	throw new Error(`--replay needs the scene that it replays, --scene: ${names}.`);

async function replay(scene: Scene, given: string): Promise<void> {
	const { broken, ending, log } = await play(scene, given.split(",").filter(Boolean).map(Number));
	console.log(
		[`${scene.name}: ${scene.what}`, ...log, ...ending, ...broken.map((rule) => `broken: ${rule}`)].join("\n"),
	);
	if (broken.some((rule) => rule !== scene.expectedFailure?.rule)) process.exitCode = 1;
}

/** In s of this process: others may run beside it. */
const spent = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000_000;
};

const total = { scenes: 0, runs: 0, cut: 0, states: 0, wrong: 0 };
async function playAll(scene: Scene): Promise<void> {
	console.log(`${scene.name}: ${scene.what}`);
	const began = spent();
	const { runs, cut, states, steps, violations } = await explore(scene, deviations, {
		cutsOff: !values.uncut,
		told(done) {
			if (done % 1000 === 0) console.log(`  ${done} runs, ${(spent() - began).toFixed(1)} s`);
		},
	});
	console.log(
		`  ${runs} runs with at most ${deviations} deviations, ${cut} cut off, ${states} states, up to ${steps} steps, ${(spent() - began).toFixed(1)} s`,
	);
	for (const { rule, run, runs: count } of violations) {
		const expected = rule === scene.expectedFailure?.rule ? scene.expectedFailure : undefined;
		console.log(`  ${expected ? "failed as expected" : "BROKEN"} in ${count} runs: ${rule}`);
		if (expected) console.log(`    ${expected.why}`);
		else console.log([...run.log, ...run.ending].map((line) => `    ${line}`).join("\n"));
		console.log(`    npm run explore -- --scene ${scene.name} --replay ${replayOf(run) || "0"}`);
	}
	const wrong = complaints(scene, violations);
	for (const complaint of wrong) console.log(`  ✗ ${complaint}`);
	if (wrong.length > 0) process.exitCode = 1;
	total.scenes += 1;
	total.runs += runs;
	total.cut += cut;
	total.states += states;
	total.wrong += Number(wrong.length > 0);
}

if (values.replay !== undefined) for (const scene of chosen) await replay(scene, values.replay);
else {
	for (const scene of chosen) await playAll(scene);
	console.log(
		`${total.scenes} scenes with at most ${deviations} deviations: ${total.runs} runs, ${total.cut} cut off, ${total.states} states, ${spent().toFixed(0)} s, ${total.wrong} with a violation`,
	);
}
