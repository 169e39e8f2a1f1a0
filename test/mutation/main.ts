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
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { artifacts, files, linesOf, root } from "./files.js";
import { instrument, type Mutant } from "./instrument.js";

const minutes = 60;
const wanted = 90;
/** One change takes no longer than this, in ms: the process hangs. */
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

/** Runs the tests; `hung` where they came to no end. With a change that is switched on from the start: whether they passed. */
async function runTests(piece: string, mutant?: string): Promise<"passed" | "failed" | "hung"> {
	const { current } = files(piece);
	rmSync(current, { force: true });
	const child = spawn("npx", ["--no", "vitest", "run", "--config", "test/mutation/vitest.config.ts"], {
		cwd: root,
		stdio: ["ignore", mutant === undefined ? "inherit" : "ignore", "inherit"],
		detached: true,
		env: { ...process.env, MUTATED_PIECE: piece, ...(mutant !== undefined && { MUTANT: mutant }) },
	});
	let isHung = false;
	const end = () => child.pid && process.kill(-child.pid, "SIGKILL");
	const began = Date.now();
	const watch = setInterval(() => {
		const since = mutant === undefined && existsSync(current) ? statSync(current).mtimeMs : began;
		if (Date.now() - since < (mutant === undefined ? patience : 5 * patience)) return;
		isHung = true;
		end();
	}, 1_000);
	const interrupt = () => {
		end();
		process.exit(130);
	};
	process.once("SIGINT", interrupt);
	const code = await new Promise((resolve) => child.once("exit", resolve));
	clearInterval(watch);
	process.removeListener("SIGINT", interrupt);
	return isHung ? "hung" : code === 0 ? "passed" : "failed";
}

/** Tries every change; returns those that nobody has noticed. */
async function mutate(piece: string, mutants: readonly Mutant[]): Promise<Mutant[]> {
	const { current, outcomes } = files(piece);
	rmSync(outcomes, { force: true });
	while ((await runTests(piece)) === "hung") {
		// The change that hangs is noticed, and the others are tried again without it.
		writeFileSync(outcomes, `timeout\t${readFileSync(current, "utf8")}\n`, { flag: "a" });
	}
	const lines = linesOf(outcomes);
	const idsOf = (what: RegExp) => new Set(lines.flatMap(([word = "", ...ids]) => (what.test(word) ? ids : [])));
	const noticed = new Set(lines.flatMap(([what = "", id = ""]) => (/^(killed|timeout)$/.test(what) ? [id] : [])));
	const [imported, dirty] = [
		idsOf(/^static$/),
		new Set(lines.flatMap(([what, id = ""]) => (what === "dirty" ? [id] : []))),
	];
	const alive: Mutant[] = [];
	for (const mutant of mutants) {
		const { id } = mutant;
		if (noticed.has(id)) continue;
		// What is worked out when a file is imported, and what left a test behind that fails, are tried in a process of their own.
		if ((imported.has(id) || dirty.has(id)) && (await runTests(piece, id)) !== "passed") continue;
		alive.push(mutant);
	}
	return alive;
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
