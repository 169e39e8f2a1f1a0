import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../package/pack.js";
import { run } from "../../support/run-command.js";

const folder = import.meta.dirname;

/** Installs the peers from their own lock file where that has not been done, and checks the types of what runs them. */
export async function installPeers(say: (line: string) => void): Promise<void> {
	const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
		readFileSync(join(folder, "package.json"), "utf8"),
	);
	const isThere = ([name, version]: [string, string]) => {
		const path = join(folder, "node_modules", name, "package.json");
		return existsSync(path) && JSON.parse(readFileSync(path, "utf8")).version === version;
	};
	if (Object.entries(dependencies).every(isThere)) return;
	for (const [title, command, ...args] of [
		["npm ci in test/bench/peers", "npm", "ci", "--ignore-scripts", "--prefer-offline"],
		["types of test/bench/peers", process.execPath, join(root, "node_modules/typescript/bin/tsc"), "-p", folder],
	] as const) {
		say(title);
		const { code, output } = await run(command, args, folder, 5);
		if (code !== 0) throw new Error(`${title}:\n${output.slice(-3_000)}`);
	}
}
