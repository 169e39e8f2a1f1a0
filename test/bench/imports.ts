import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { peersFolder } from "./contenders.js";
import { type Spread, spread } from "./measure.js";

/** Ms of CPU that a new process of Node spends to import something, once what it shares with others is loaded. */
export interface Import {
	readonly title: string;
	readonly own: Spread;
	/** For whom no number is there. */
	readonly reason?: string;
}

const peers = ["xstate", "nanostores", "valibot", "better-auth/client"];
const query = ["react", "react/jsx-runtime", "@tanstack/react-query", "@tanstack/query-core", "better-auth/client"];

function time(file: string, shared: readonly string[], cwd: string): number {
	const code = `
		for (const one of ${JSON.stringify(shared)}) await import(one);
		const before = process.cpuUsage();
		await import(${JSON.stringify(file)});
		const { user, system } = process.cpuUsage(before);
		console.log((user + system) / 1_000);`;
	return Number(execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd, encoding: "utf8" }));
}

/** The sources file by file, as the package had them: what the budget is held against. */
async function emitFileByFile(): Promise<string> {
	// In the repository, so that Node finds the peers.
	const folder = resolve("test/artifacts/file-by-file");
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const entryPoints = ["src/**/*.ts"];
	await build({ entryPoints, outdir: folder, outbase: "src", format: "esm", target: "es2022", tsconfigRaw: {} });
	return join(folder, "index.js");
}

/** Wants `npm run build` first. */
export async function benchImports(rounds: number): Promise<Import[]> {
	const root = process.cwd();
	const targets = [
		{ title: "`device-sessions`", file: resolve("dist/index.js"), shared: peers, cwd: root },
		{ title: "`device-sessions` file by file", file: await emitFileByFile(), shared: peers, cwd: root },
		{
			title: "`device-sessions/multi-session`",
			file: resolve("dist/multi-session/index.js"),
			shared: peers,
			cwd: root,
		},
		{
			title: "`@better-auth-ui/react/plugins/multi-session`",
			file: "@better-auth-ui/react/plugins/multi-session",
			shared: query,
			cwd: peersFolder,
		},
		{
			title: "`@daveyplate/better-auth-tanstack`",
			file: "@daveyplate/better-auth-tanstack",
			shared: query,
			cwd: peersFolder,
		},
	];
	const times = targets.map((): number[] => []);
	const reasons = targets.map((): string | undefined => undefined);
	for (let round = -1; round < rounds; round += 1) {
		for (const [index, { cwd, file, shared }] of targets.entries()) {
			if (reasons[index]) continue;
			try {
				const ms = time(file, shared, cwd);
				if (round >= 0) times[index]?.push(ms);
			} catch (error) {
				// Safe: a child process that fails.
				const { stderr = "" } = error as { stderr?: string };
				reasons[index] = /^\w*Error.*$/m.exec(stderr)?.[0] ?? "the process failed";
			}
		}
	}
	return targets.map(({ title }, index) => {
		const reason = reasons[index];
		return { title, own: spread(times[index] ?? []), ...(reason && { reason }) };
	});
}

/** The budget of the contract, scaled to this machine: 15 ms where file by file takes 37. */
export const importLimit = 15 / 37;
