import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

export interface DemoProcess {
	readonly url: string;
	/** Of what was started. */
	readonly pid: number | undefined;
	/** The first line of what it has printed or prints next that matches. */
	line(pattern: RegExp): Promise<string>;
	/** Presses Ctrl-C, waits until nothing of it runs any more and answers the exit code of what was started. */
	interrupt(): Promise<number | null>;
}

/** A folder for a demo's database, and its removal. */
export function temporaryFolder(): { path: string; remove(): void } {
	const path = mkdtempSync(join(tmpdir(), "device-sessions-demo-"));
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

const npm = ["npm", "run", "demo"] as const;
/** What `npm run demo` runs. Between the two is a shell, some of which have a Ctrl-C as their own exit code. */
export const direct = [process.execPath, "--import", "tsx", "docs/demo/main.ts"] as const;

/** Starts the demo as a person would: `npm run demo`. */
export async function startDemo(
	data: string,
	port = 0,
	command: readonly string[] = npm,
	env: NodeJS.ProcessEnv = {},
): Promise<DemoProcess> {
	const [program = "", ...args] = command;
	const child = spawn(program, args, {
		cwd: root,
		env: { ...process.env, PORT: String(port), DEMO_DATA: data, ...env },
		// A process group of its own, as a terminal gives it.
		detached: true,
		stdio: ["ignore", "pipe", "pipe"],
	});
	const output = read(child);
	const demo = {
		pid: child.pid,
		line: output.line,
		interrupt: () => {
			// A terminal sends Ctrl-C to the whole group: npm, the shell, the demo.
			if (!output.ended() && child.pid !== undefined) process.kill(-child.pid, "SIGINT");
			return output.end;
		},
	};
	try {
		const line = await output.line(/http:\/\/localhost:\d+/);
		return { ...demo, url: /http\S+/.exec(line)?.[0] ?? "" };
	} catch (error) {
		await demo.interrupt();
		throw error;
	}
}

interface Output extends Pick<DemoProcess, "line"> {
	/** The exit code, once nothing writes any more. */
	readonly end: Promise<number | null>;
	ended(): boolean;
}

function read(child: ChildProcess): Output {
	let text = "";
	let ended = false;
	const waiting = new Set<() => void>();
	const look = () => {
		for (const check of waiting) check();
	};
	for (const stream of [child.stdout, child.stderr])
		stream?.on("data", (chunk) => {
			text += chunk;
			look();
		});
	const end = new Promise<number | null>((resolve) => {
		child.once("close", (code) => {
			ended = true;
			look();
			resolve(code);
		});
	});
	return {
		end,
		ended: () => ended,
		line: (pattern) =>
			new Promise((resolve, reject) => {
				const check = () => {
					// The last line may be half a line still.
					const found = text
						.split("\n")
						.slice(0, -1)
						.find((line) => pattern.test(line));
					if (found === undefined && !ended) return;
					waiting.delete(check);
					if (found === undefined) reject(new Error(`The demo ended without ${pattern}:\n${text}`));
					else resolve(found);
				};
				waiting.add(check);
				check();
			}),
	};
}
