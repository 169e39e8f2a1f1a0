/**
 * `npm test`: every gate in order, none left out because another failed. The last line is the count of all of them;
 * the exit code is 1 where anything failed. `npm test -- unit browser` runs only these gates, `npm test -- quick` those
 * that take two minutes, `npm test -- chromium` all that want no other browser than Chromium.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "../..");
const reports = join(root, "test/artifacts/gates");

/** A script counts as one test. A project of vitest.config.ts counts the tests that it reports. */
const gates = [
	{ name: "types", script: "types" },
	{ name: "lint", script: "lint" },
	{ name: "unit", project: "unit" },
	{ name: "conformance", project: "conformance" },
	{ name: "simulation", project: "simulation" },
	{ name: "build", script: "build" },
	{ name: "docs", script: "docs" },
	{ name: "package", project: "package" },
	{ name: "size", project: "size" },
	{ name: "element", project: "element" },
	{ name: "browser", project: "browser" },
	// What it has for Chromium too is run by `npm run test:engines`: most of that the two gates before it do as well.
	{ name: "engines", project: "engines", env: { ENGINES: "Firefox WebKit" } },
] as const;

interface Outcome {
	readonly passed: number;
	readonly failed: number;
	/** What the counts alone don't tell. */
	readonly remarks: readonly string[];
	/** The test files that ran, relative to the repository. */
	readonly files: readonly string[];
}

/** A gate that hangs is a failed one: Vitest's own limits don't end a test that never yields. */
const minutes = Number(process.env.GATE_MINUTES ?? 35);

/** Signals the gate that is running and all that it started. */
let signalGate = (_signal: NodeJS.Signals): void => {};
for (const signal of ["SIGINT", "SIGTERM"] as const) {
	process.once(signal, () => {
		signalGate(signal);
		process.exit(130);
	});
}

/** Runs a command in a process group of its own, so that what it started can be ended with it. */
function run(command: string, args: readonly string[], more = {}): Promise<"passed" | "failed" | "stopped"> {
	const env = { ...process.env, ...more };
	const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"], detached: true });
	signalGate = (signal) => {
		try {
			if (child.pid) process.kill(-child.pid, signal);
		} catch {} // It has ended meanwhile.
	};
	let stopped = false;
	const limit = setTimeout(() => {
		stopped = true;
		signalGate("SIGTERM");
		setTimeout(signalGate, 5_000, "SIGKILL");
	}, minutes * 60_000);
	return new Promise((resolve) => {
		const settle = (ok: boolean) => {
			clearTimeout(limit);
			resolve(stopped ? "stopped" : ok ? "passed" : "failed");
		};
		child.once("error", () => settle(false));
		child.once("exit", (code) => settle(code === 0));
	});
}

const afterLimit = `stopped after ${minutes} minutes`;

async function runScript(script: string): Promise<Outcome> {
	const result = await run("npm", ["run", "--silent", script]);
	const ok = result === "passed";
	return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, remarks: result === "stopped" ? [afterLimit] : [], files: [] };
}

/** What is read of the report of vitest's `json` reporter. */
interface Report {
	readonly testResults: readonly {
		readonly name: string;
		readonly status: string;
		readonly assertionResults: readonly { readonly status: string }[];
	}[];
}

function readReport(path: string): Report | undefined {
	try {
		return JSON.parse(readFileSync(path, "utf8"));
	} catch {
		return undefined;
	}
}

async function runProject(project: string, env = {}): Promise<Outcome> {
	const reportPath = join(reports, `${project}.json`);
	rmSync(reportPath, { force: true });
	const args = [
		"--no",
		"vitest",
		"run",
		`--project=${project}`,
		"--allowOnly=false",
		"--reporter=default",
		"--reporter=json",
		`--outputFile.json=${reportPath}`,
	];
	const result = await run("npx", args, env);
	const report = readReport(reportPath);
	const remarks = result === "stopped" ? [afterLimit] : [];
	if (!report) return { passed: 0, failed: 1, remarks: [...remarks, "no report was written"], files: [] };

	let passed = 0;
	let failed = 0;
	let skipped = 0;
	for (const file of report.testResults) {
		const count = (status: string) => file.assertionResults.filter((test) => test.status === status).length;
		const failures = count("failed");
		passed += count("passed");
		failed += failures;
		skipped += file.assertionResults.length - count("passed") - failures;
		// Its import threw, or a hook around all its tests: no test of it says so.
		if (file.status === "failed" && failures === 0) {
			failed += 1;
			remarks.push(`${relative(root, file.name)} failed as a whole`);
		}
	}
	if (skipped > 0) remarks.push(`${skipped} skipped`);
	if (passed + failed === 0) {
		failed += 1;
		remarks.push("no test ran");
	} else if (result !== "passed" && failed === 0) {
		failed += 1;
		remarks.push("an error outside the tests");
	}
	return { passed, failed, remarks, files: report.testResults.map(({ name }) => relative(root, name)) };
}

/**
 * A file that no project includes would never be missed. Simulations and benchmarks are not named `*.test.ts`; what is in
 * `demo` and `scale` are commands of their own.
 */
function findTestFiles(): string[] {
	return readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
		.filter((path) => path.endsWith(".test.ts") && !/^(artifacts|demo|scale)/.test(path))
		.map((path) => join("test", path));
}

const groups: Readonly<Record<string, readonly string[]>> = {
	quick: ["types", "lint", "unit"],
	chromium: gates.map(({ name }) => name).filter((name) => name !== "engines"),
};
const wanted = process.argv.slice(2).flatMap((name) => groups[name] ?? [name]);
const chosen = gates.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
mkdirSync(reports, { recursive: true });

const outcomes = new Map<string, Outcome>();
for (const gate of chosen) {
	console.log(`\n── ${gate.name} ──`);
	outcomes.set(
		gate.name,
		await ("script" in gate ? runScript(gate.script) : runProject(gate.project, "env" in gate ? gate.env : {})),
	);
}
if (chosen.length === gates.length) {
	const ran = new Set([...outcomes.values()].flatMap(({ files }) => files));
	const missed = findTestFiles().filter((file) => !ran.has(file));
	if (missed.length > 0) {
		const remarks = missed.map((file) => `${file} did not run`);
		outcomes.set("test files", { passed: 0, failed: missed.length, remarks, files: [] });
	}
}

console.log(
	"\nProofs of their own: npm run simulate, explore, mutate, conformance, bench, test:demo, test:engines, test:examples, test:peers, test:scale",
);
console.log("\n── gates ──");
let passed = 0;
let failed = chosen.length === 0 ? 1 : 0;
for (const [name, outcome] of outcomes) {
	passed += outcome.passed;
	failed += outcome.failed;
	const counts = `${outcome.passed} passed${outcome.failed > 0 ? `, ${outcome.failed} FAILED` : ""}`;
	console.log(`${outcome.failed > 0 ? "✗" : "✓"} ${name}: ${[counts, ...outcome.remarks].join("; ")}`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
