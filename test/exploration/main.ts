/**
 * `npm run explore -- --scene two-switches --deviations 1`: plays each scene on the testing kit in every order that
 * deviates so many times from delivering the oldest thing first: another thing is delivered, one is put off until nothing
 * else is left, or one is lost. A broken rule is printed with the choices that replay
 * it: `--scene two-switches --replay 0,0,2`. Without `--scene` all scenes are played. The exit code is 1 where a rule is
 * broken that is not known to be, or where a scene that is expected to fail does not.
 */
import { parseArgs } from "node:util";
import { complaints, explore, replayOf } from "./explore.js";
import { play } from "./play.js";
import { scenes } from "./scenes.js";

const { values } = parseArgs({
	options: {
		scene: { type: "string" },
		deviations: { type: "string", default: "1" },
		replay: { type: "string" },
	},
});
const chosen = scenes.filter(({ name }) => values.scene === undefined || name === values.scene);
const deviations = Number(values.deviations);
const names = scenes.map(({ name }) => name).join(", ");

if (chosen.length === 0) throw new Error(`There is no scene ${values.scene}: there are ${names}.`);
if (!Number.isInteger(deviations) || deviations < 0) throw new Error("--deviations takes a whole number, 0 or more.");
if (values.replay !== undefined && values.scene === undefined)
	throw new Error(`--replay needs the scene that it replays, --scene: ${names}.`);

if (values.replay !== undefined) {
	const choices = values.replay.split(",").filter(Boolean).map(Number);
	for (const scene of chosen) {
		const { broken, log } = await play(scene, choices);
		console.log([`${scene.name}: ${scene.what}`, ...log, ...broken.map((rule) => `broken: ${rule}`)].join("\n"));
		if (broken.some((rule) => rule !== scene.expectedFailure?.rule)) process.exitCode = 1;
	}
} else {
	for (const scene of chosen) {
		console.log(`${scene.name}: ${scene.what}`);
		const began = performance.now();
		const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
		const { runs, steps, violations } = await explore(scene, deviations, (done) => {
			if (done % 1000 === 0) console.log(`  ${done} runs, ${seconds()}`);
		});
		console.log(`  ${runs} runs with at most ${deviations} deviations, up to ${steps} steps, ${seconds()}`);
		for (const { rule, run, runs } of violations) {
			const expected = rule === scene.expectedFailure?.rule ? scene.expectedFailure : undefined;
			console.log(`  ${expected ? "failed as expected" : "BROKEN"} in ${runs} runs: ${rule}`);
			if (expected) console.log(`    ${expected.why}`);
			else console.log(run.log.map((line) => `    ${line}`).join("\n"));
			console.log(`    npm run explore -- --scene ${scene.name} --replay ${replayOf(run) || "0"}`);
		}
		const wrong = complaints(scene, violations);
		for (const complaint of wrong) console.log(`  ✗ ${complaint}`);
		if (wrong.length > 0) process.exitCode = 1;
	}
}
