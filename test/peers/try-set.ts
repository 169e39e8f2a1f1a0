import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { root } from "../package/pack.js";
import { run } from "../support/run-command.js";
import type { PeerSet } from "./sets.js";

/** What came of one set. */
export interface Outcome {
	readonly name: string;
	readonly versions: Readonly<Record<string, string>>;
	/** Errors of TypeScript in `src`, and in the tests. */
	readonly types: readonly [number, number];
	readonly passed: number;
	/** Titles of tests that failed: of the library's behavior, and of what that version of Better Auth does. */
	readonly failed: readonly string[];
	readonly facts: readonly string[];
	/** Why it could not be tried. */
	readonly stopped?: string;
}

interface Report {
	readonly testResults: readonly {
		readonly name: string;
		readonly status: string;
		readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
	}[];
}

/** A copy of what is committed: the repository's own node_modules stay as they are. */
function copyTree(): string {
	const folder = mkdtempSync(join(tmpdir(), "device-sessions-peers-"));
	const archive = execFileSync("git", ["archive", "HEAD"], { cwd: root, maxBuffer: 1 << 30 });
	execFileSync("tar", ["-x", "-C", folder], { input: archive });
	return folder;
}

/** Tests elsewhere of what an older Better Auth lacks or does otherwise. */
const otherwise = [
	"installed Better Auth",
	// It makes one at once.
	"where Better Auth has no channel yet",
	// 1.6 has the app alone, and does not name it in its answer, where the operation does.
	"two-factor by mail is on at once",
	// 1.6 shows a page of its own.
	"with an error says so in its address",
];
/** What a test holds about Better Auth and not about this library: the facts, and what the installed version has. */
const isFact = (file: string, title: string) =>
	// The testing kit answers what the version of Better Auth answers that this package is developed with.
	/^test\/conformance\/(better-auth-facts|kit\/)/.test(file) || otherwise.some((part) => title.includes(part));

function read(folder: string, report: Report) {
	const all = report.testResults.flatMap(({ name, status, assertionResults }) => {
		const file = relative(folder, name);
		const tests = assertionResults.map((test) => ({ file, title: test.fullName, isPassed: test.status === "passed" }));
		// Its import failed, or a hook around all of its tests: no test of it says so.
		const isWhole = status === "failed" && tests.every(({ isPassed }) => isPassed);
		return isWhole ? [...tests, { file, title: `${file} as a whole`, isPassed: false }] : tests;
	});
	const failed = all.filter(({ isPassed }) => !isPassed);
	const titles = (wanted: boolean) =>
		failed.filter(({ file, title }) => isFact(file, title) === wanted).map(({ title }) => title);
	return { passed: all.length - failed.length, failed: titles(false), facts: titles(true) };
}

/** Installs a set into a copy of the tree, type-checks it there, and runs the tests of the library on it. */
export async function trySet({ name, versions }: PeerSet, say: (line: string) => void): Promise<Outcome> {
	const folder = copyTree();
	const nothing = { name, versions, types: [0, 0], passed: 0, failed: [], facts: [] } as const;
	try {
		const packages = Object.entries(versions).map(([peer, version]) => `${peer}@${version}`);
		// Peers of tools that would rather have other versions are none of ours.
		const install = ["install", "-D", "-E", "--legacy-peer-deps", "--ignore-scripts", "--prefer-offline", ...packages];
		const installed = await run("npm", install, folder, 10);
		if (installed.code !== 0) return { ...nothing, stopped: `npm install: ${installed.output.slice(-300)}` };

		const tsc = await run(process.execPath, ["node_modules/typescript/bin/tsc", "--pretty", "false"], folder, 5);
		const errors = tsc.output.split("\n").filter((line) => /^\S.*: error TS/.test(line));
		for (const line of errors) say(line);
		const inSource = errors.filter((line) => line.startsWith("src/")).length;
		const types = [inSource, errors.length - inSource] as const;

		const path = join(folder, "report.json");
		const tests = ["vitest", "run", "--project=unit", "--project=conformance", "--reporter=json"];
		const ran = await run("npx", ["--no", ...tests, `--outputFile=${path}`], folder, 30);
		if (!existsSync(path)) return { ...nothing, types, stopped: ran.code === null ? "30 minutes" : "no report" };
		return { name, versions, types, ...read(folder, JSON.parse(readFileSync(path, "utf8"))) };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
