import { spawn } from "node:child_process";

/** What a command printed, and how it ended; `null` where it took longer than it may. */
export interface Ran {
	readonly code: number | null;
	readonly output: string;
}

/** Runs a command for so many minutes at most, with all that it starts. */
export function run(
	command: string,
	args: readonly string[],
	cwd: string,
	minutes: number,
	env = process.env,
): Promise<Ran> {
	const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
	let output = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding("utf8").on("data", (text: string) => {
			output += text;
		});
	}
	let isOver = false;
	const limit = setTimeout(() => {
		isOver = true;
		if (child.pid) process.kill(-child.pid, "SIGKILL");
	}, minutes * 60_000);
	return new Promise((resolve) => {
		const settle = (code: number | null) => {
			clearTimeout(limit);
			resolve({ code: isOver ? null : code, output });
		};
		child.once("error", ({ message }) => {
			output += message;
			settle(1);
		});
		child.once("close", settle);
	});
}
