import { execFileSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";

/** Asked by Debian's packages before they start a service of their own. */
const policy = "/usr/sbin/policy-rc.d";

/**
 * Debian's packages, where they are not there and can be had; whether they are there now. The services that they bring
 * are not started: whoever tests starts its own.
 */
export function has(path: () => string | undefined, ...packages: string[]): boolean {
	if (path()) return true;
	if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
	const isOurs = !existsSync(policy);
	try {
		if (isOurs) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
		for (const args of [["update"], ["install", "-y", ...packages]]) execFileSync("apt-get", args, { stdio: "ignore" });
	} catch {
		return false;
	} finally {
		if (isOurs) rmSync(policy, { force: true });
	}
	return path() !== undefined;
}

export const firstOf = (...paths: string[]): string | undefined => paths.find((path) => existsSync(path));
