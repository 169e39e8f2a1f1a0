/**
 * `npm run mutate -- machine wire`: changes one place of the source after the other and runs the unit tests that come
 * there; a change that no test notices has survived. Without names all pieces run, one after the other. `--file queue.ts`
 * takes only files of that name. Survivors are in `test/artifacts/mutation/`. The exit code is 1 where a piece scores
 * below 90 %, or takes longer than an hour.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import * as v from "valibot";

const root = join(import.meta.dirname, "../..");
const artifacts = join(root, "test/artifacts/mutation");
const minutes = 60;
const wanted = 90;

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

/** What is read of Stryker's report. */
const Report = v.object({
	files: v.record(
		v.string(),
		v.object({
			source: v.string(),
			mutants: v.array(
				v.object({
					mutatorName: v.string(),
					replacement: v.optional(v.string()),
					status: v.string(),
					location: v.object({ start: v.object({ line: v.number() }) }),
				}),
			),
		}),
	),
});
type Files = v.InferOutput<typeof Report>["files"];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { file: { type: "string" } } });
const names = positionals.length > 0 ? positionals : Object.keys(pieces);
for (const name of names)
	if (!pieces[name]) throw new Error(`There is no piece ${name}: there are ${Object.keys(pieces).join(", ")}.`);

/** Runs Stryker on these files, its progress shown; undefined where it takes too long or breaks. */
async function mutate(name: string, files: readonly string[]): Promise<Files | undefined> {
	const report = join(artifacts, "mutation.json");
	rmSync(report, { force: true });
	const args = ["--no", "stryker", "run", "test/mutation/stryker.config.json", "--mutate", files.join()];
	const child = spawn("npx", args, {
		cwd: root,
		stdio: "inherit",
		detached: true,
		env: { ...process.env, MUTATED_PIECE: name },
	});
	const end = () => child.pid && process.kill(-child.pid);
	const limit = setTimeout(end, minutes * 60_000);
	const interrupt = () => {
		end();
		process.exit(130);
	};
	process.once("SIGINT", interrupt);
	await new Promise((resolve) => child.once("exit", resolve));
	clearTimeout(limit);
	process.removeListener("SIGINT", interrupt);
	try {
		return v.parse(Report, JSON.parse(readFileSync(report, "utf8"))).files;
	} catch {
		return undefined;
	}
}

mkdirSync(artifacts, { recursive: true });
const lines: string[] = [];
for (const name of names) {
	const { file } = values;
	const files = (pieces[name] ?? []).map((pattern) => (file === undefined ? pattern : join(dirname(pattern), file)));
	const began = Date.now();
	const found = await mutate(name, files);
	if (!found) {
		lines.push(`${name}: no report: Stryker has failed, or taken longer than ${minutes} minutes`);
		process.exitCode = 1;
		continue;
	}
	const mutants = Object.entries(found).flatMap(([path, { mutants, source }]) =>
		mutants.map((mutant) => ({ ...mutant, path, text: source.split("\n")[mutant.location.start.line - 1]?.trim() })),
	);
	const killed = mutants.filter(({ status }) => /Killed|Timeout/.test(status)).length;
	const alive = mutants.filter(({ status }) => /Survived|NoCoverage/.test(status));
	const all = killed + alive.length;
	const score = (killed / (all || 1)) * 100;
	writeFileSync(
		join(artifacts, `${name}.txt`),
		alive
			.map(({ location, path, replacement, status, text }) =>
				[`${path}:${location.start.line} ${status}`, `  ${text}`, `  → ${replacement ?? ""}`].join("\n"),
			)
			.join("\n"),
	);
	const took = ((Date.now() - began) / 60_000).toFixed(1);
	lines.push(`${name}: ${killed} of ${all} noticed, ${score.toFixed(1)} %, ${took} min`);
	if (score < wanted) process.exitCode = 1;
}
console.log(`\n${lines.join("\n")}`);
