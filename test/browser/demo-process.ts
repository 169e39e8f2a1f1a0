import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

export interface DemoProcess {
	readonly url: string;
	/** The first line of what it has printed or prints next that matches. */
	line(pattern: RegExp): Promise<string>;
	/** Presses Ctrl-C and answers the exit code. */
	interrupt(): Promise<number | null>;
}

/** A folder for a demo's database, and its removal. */
export function temporaryFolder(): { path: string; remove(): void } {
	const path = mkdtempSync(join(tmpdir(), "device-sessions-demo-"));
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts the demo as a person would: `npm run demo`. */
export async function startDemo(data: string, port = 0): Promise<DemoProcess> {
	const child = spawn("npm", ["run", "demo"], {
		cwd: root,
		env: { ...process.env, PORT: String(port), DEMO_DATA: data },
		// A process group of its own, as a terminal gives it.
		detached: true,
		stdio: ["ignore", "pipe", "pipe"],
	});
	const output = read(child);
	const demo = {
		line: output.line,
		interrupt: async () => {
			const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
			if (child.exitCode !== null) return child.exitCode;
			// A terminal sends Ctrl-C to the whole group: npm, the shell, the demo.
			if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
			return ended;
		},
	};
	try {
		const line = await output.line(/http:\/\/localhost:\d+/);
		return { ...demo, url: line.slice(line.indexOf("http")).trim() };
	} catch (error) {
		await demo.interrupt();
		throw error;
	}
}

function read(child: ChildProcess): Pick<DemoProcess, "line"> {
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
	child.once("close", () => {
		ended = true;
		look();
	});
	return {
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
