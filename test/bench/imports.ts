import { execFileSync } from "node:child_process";
import { number, print, summarize } from "./figures.js";

const rounds = 15;
const peers = ["xstate", "nanostores", "valibot", "better-auth/client"];

/** How long a new process takes to import a file of the package, in ms, once the peers are there. */
function time(file: string): number {
	const code = `
		for (const peer of ${JSON.stringify(peers)}) await import(peer);
		const start = performance.now();
		await import(${JSON.stringify(file)});
		console.log(performance.now() - start);`;
	return Number(execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }));
}

/** Wants `npm run build` first. */
export function benchImports(): void {
	const files = ["./dist/index.js", "./dist/multi-session/index.js"];
	const times = files.map((): number[] => []);
	for (let round = 0; round < rounds; round += 1)
		for (const [index, file] of files.entries()) times[index]?.push(time(file));
	print(
		`Imports in Node, peers not counted (median of ${rounds} processes)`,
		["what", "ms", "from … to"],
		files.map((file, index) => {
			const { median, least, most } = summarize(times[index] ?? []);
			return [file, number(median, 1), `${number(least, 1)} … ${number(most, 1)}`];
		}),
	);
}
