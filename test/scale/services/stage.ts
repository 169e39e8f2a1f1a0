import { type ChildProcess, execFile, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../support/free-port.js";
import type { Word } from "./reaper.js";

/** Whom a program runs as, where that is somebody else. */
export interface Owner {
	readonly uid: number;
	readonly gid: number;
}

interface Program {
	readonly name: string;
	readonly path: string;
	args(port: number): readonly string[];
	/** What it prints once it can be used. */
	readonly ready: RegExp;
	/** Always the same port; default: a free one. */
	readonly port?: number;
	readonly owner?: Owner | undefined;
	readonly env?: NodeJS.ProcessEnv;
	/** Ends it in good order. Default: SIGTERM. */
	readonly end?: NodeJS.Signals;
	/** Ends it at once, with what it has started. Default: SIGKILL. */
	readonly kill?: NodeJS.Signals;
}

/** A program that runs. */
export interface Service {
	readonly port: number;
	readonly pid: number;
	/** Resolves when it has ended. */
	readonly ended: Promise<void>;
	isRunning(): boolean;
	/** Ends it in good order, or at once. */
	stop(how?: "at once"): Promise<void>;
}

/** Programs on ports and in folders of their own. All of it is gone when the stage is closed, or its process has ended. */
export interface Stage {
	/** A new folder, for whoever the programs of `owner` run as. */
	folder(name: string, owner?: Owner): string;
	run(path: string, args: readonly string[], owner?: Owner): Promise<void>;
	start(program: Program): Promise<Service>;
	close(): Promise<void>;
}

const stages = new Set<Stage>();
const close = () => Promise.all([...stages].map((stage) => stage.close()));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
	process.on(signal, () => {
		if (stages.size > 0) void close().finally(() => process.exit(130));
	});

/** Postgres refuses to run as root: it gets the first of these users that this machine has. */
export function unprivileged(): Owner | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const users = readFileSync("/etc/passwd", "utf8").split("\n");
	for (const name of ["postgres", "nobody"]) {
		const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
		if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
	}
	throw new Error("Postgres does not run as root, and there is no other user here.");
}

export async function openStage(): Promise<Stage> {
	const folder = mkdtempSync(join(tmpdir(), "device-sessions-scale-"));
	// Others pass through, to folders of their own.
	chmodSync(folder, 0o711);
	const reaper = fork(join(import.meta.dirname, "reaper.ts"), { detached: true, stdio: "ignore" });
	const tell = (word: Word) => reaper.connected && reaper.send(word);
	tell({ folder });
	const running = new Set<Service>();
	let closing: Promise<void> | undefined;

	async function startOn(port: number, program: Program): Promise<Service> {
		const { name, path, owner, end = "SIGTERM", kill = "SIGKILL" } = program;
		const child = spawn(path, program.args(port), {
			cwd: folder,
			// A session of its own: Ctrl-C is for the stage, which ends its programs one after the other.
			detached: true,
			stdio: ["ignore", "pipe", "pipe"],
			env: { ...process.env, ...program.env },
			...owner,
		});
		const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
		const { pid } = child;
		if (pid === undefined) {
			const [error] = await once(child, "error");
			throw error;
		}
		tell({ began: pid, kill });
		const isRunning = () => child.exitCode === null && child.signalCode === null;
		const service: Service = {
			port,
			pid,
			ended,
			isRunning,
			stop: async (how) => {
				if (isRunning()) process.kill(pid, how ? kill : end);
				await ended;
			},
		};
		running.add(service);
		void ended.then(() => {
			running.delete(service);
			tell({ ended: pid });
		});
		await printed(child, program.ready).catch(async (output) => {
			await service.stop("at once");
			throw new Error(`${name} did not start on port ${port}:\n${output}`);
		});
		return service;
	}

	const stage: Stage = {
		folder(name, owner) {
			const path = mkdtempSync(join(folder, `${name}-`));
			if (owner) chownSync(path, owner.uid, owner.gid);
			return path;
		},
		run: async (path, args, owner) =>
			void (await promisify(execFile)(path, args, { cwd: folder, env: { ...process.env, LC_ALL: "C" }, ...owner })),
		async start(program) {
			if (closing) throw new Error("The stage is closed.");
			for (let tries = 1; ; tries += 1) {
				try {
					return await startOn(program.port ?? (await freePort()), program);
				} catch (error) {
					// Somebody else may have taken the port that was free a moment ago.
					if (tries === 3 || closing) throw error;
				}
			}
		},
		close() {
			closing ??= (async () => {
				// The last one first: whoever was started later may need who was started before.
				for (const service of [...running].reverse()) await service.stop();
				rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
				stages.delete(stage);
				if (reaper.connected) reaper.disconnect();
				if (reaper.exitCode === null) await once(reaper, "exit");
			})();
			return closing;
		},
	};
	stages.add(stage);
	return stage;
}

/** Resolves when a program has printed this; rejects with all its output where it ends before. */
function printed(child: ChildProcess, pattern: RegExp): Promise<void> {
	let text = "";
	return new Promise((resolve, reject) => {
		for (const stream of [child.stdout, child.stderr])
			stream?.setEncoding("utf8").on("data", (chunk: string) => {
				// It is read on, so that the program can write on, and kept short.
				text = (text + chunk).slice(-5_000);
				if (pattern.test(text)) resolve();
			});
		child.once("close", () => reject(text));
	});
}
