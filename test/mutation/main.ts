/**
 * `npm run mutate -- machine wire`: changes one place of the source after the other and runs the unit tests that come
 * there; a change that no test notices has survived. Without names all pieces run, one after the other. `--file queue.ts`
 * takes only files of that name. Survivors are in `test/artifacts/mutation/`. The exit code is 1 where a piece scores
 * below 90 %, or takes longer than an hour.
 *
 * The changes are Stryker's, all of them in the source at once, each behind a switch. The tests are run by `in-place.ts`,
 * each once more for every change that it comes by: Stryker's own runner starts Vitest anew for each, which takes hours.
 */
import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { artifacts, files, linesOf, root } from "./files.js";
import { instrument, type Mutant } from "./instrument.js";

const vitest = join(root, "node_modules/vitest/vitest.mjs");
const minutes = 60;
const wanted = 90;
/** Trying one change takes no longer than this, in ms, or it hangs. */
const patience = 60_000;

const inside = (...patterns: string[]) => patterns.map((pattern) => `src/device-sessions/${pattern}`);
/** What is changed, piece by piece. */
const pieces: Readonly<Record<string, readonly string[]>> = {
	machine: inside("machine.ts", "machine/*.ts"),
	wire: inside("wire/*.ts"),
	tabs: inside("tabs/*.ts"),
	auth: inside("auth/*.ts"),
	identity: inside("identity/*.ts"),
	actors: inside("actors.ts", "actors/*.ts"),
	operations: ["src/operation.ts", "src/failure.ts", "src/invalid.ts", "src/signal.ts", "src/multi-session/*.ts"],
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { file: { type: "string" } } });
const names = positionals.length > 0 ? positionals : Object.keys(pieces);
for (const name of names)
	if (!pieces[name]) throw new Error(`There is no piece ${name}: there are ${Object.keys(pieces).join(", ")}.`);

/** Runs the tests with the changes; false where one of them hangs. */
async function runTests(piece: string, patience: number, args: readonly string[]): Promise<boolean> {
	const { current } = files(piece);
	const child = spawn(process.execPath, args, {
		cwd: root,
		stdio: ["ignore", "inherit", "inherit"],
		detached: true,
		env: { ...process.env, MUTATED_PIECE: piece },
	});
	const end = () => child.pid && process.kill(-child.pid, "SIGKILL");
	writeFileSync(current, "");
	let isHung = false;
	const watch = setInterval(() => {
		isHung = Date.now() - statSync(current).mtimeMs > patience;
		if (isHung) end();
	}, 1_000);
	const interrupt = () => {
		end();
		process.exit(130);
	};
	process.once("SIGINT", interrupt);
	await new Promise((resolve) => child.once("exit", resolve));
	clearInterval(watch);
	process.removeListener("SIGINT", interrupt);
	// What hangs is noticed.
	if (isHung) appendFileSync(files(piece).outcomes, `timeout\t${readFileSync(current, "utf8")}\n`);
	return !isHung;
}

/** Tries every change; returns those that nobody has noticed. */
async function mutate(piece: string, mutants: readonly Mutant[]): Promise<Mutant[]> {
	const { outcomes } = files(piece);
	rmSync(outcomes, { force: true });
	const idsOf = (what: RegExp) =>
		new Set(linesOf(outcomes).flatMap(([word = "", ...ids]) => (what.test(word) ? ids : [])));
	const first = (what: RegExp) =>
		new Set(linesOf(outcomes).flatMap(([word = "", id = ""]) => (what.test(word) ? [id] : [])));
	const noticed = /^(killed|timeout)$/;
	while (!(await runTests(piece, patience, [vitest, "run", "--config", "test/mutation/vitest.config.ts"])));
	// What is worked out when a file is imported, and what has left a test behind that fails.
	const [imported, dirty] = [idsOf(/^static$/), first(/^dirty$/)];
	const again = mutants.filter(({ id }) => imported.has(id) || dirty.has(id));
	const script = ["--import", "tsx", "test/mutation/imported.ts"];
	const left = () => again.map(({ id }) => id).filter((id) => !first(/^(killed|timeout|survived)$/).has(id));
	while (left().length > 0 && !(await runTests(piece, 5 * patience, [...script, ...left()])));
	const dead = first(noticed);
	return mutants.filter(({ id }) => !dead.has(id));
}

mkdirSync(artifacts, { recursive: true });
const lines: string[] = [];
for (const name of names) {
	const { file } = values;
	const patterns = (pieces[name] ?? []).map((pattern) => (file === undefined ? pattern : join(dirname(pattern), file)));
	const began = Date.now();
	const instrumented = await instrument(root, patterns);
	const { instrumented: target, survivors } = files(name);
	writeFileSync(target, JSON.stringify(instrumented));
	const { mutants } = instrumented;
	const alive = await mutate(name, mutants);
	const killed = mutants.length - alive.length;
	const score = (killed / (mutants.length || 1)) * 100;
	writeFileSync(
		survivors,
		alive
			.map(({ id, line, path, replacement, text }) =>
				[`${path}:${line} (${id})`, `  ${text}`, `  → ${replacement}`].join("\n"),
			)
			.join("\n"),
	);
	const took = (Date.now() - began) / 60_000;
	lines.push(`${name}: ${killed} of ${mutants.length} noticed, ${score.toFixed(1)} %, ${took.toFixed(1)} min`);
	if (score < wanted || took > minutes) process.exitCode = 1;
}
console.log(`\n${lines.join("\n")}`);
