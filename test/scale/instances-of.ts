import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The instances that a demo has started and that still run. */
export function instancesOf(parent: number | undefined): number[] {
	return readdirSync("/proc").flatMap((pid) => {
		try {
			const status = readFileSync(join("/proc", pid, "status"), "utf8");
			const isChild = status.includes(`PPid:\t${parent}\n`) && !status.includes("State:\tZ");
			return isChild && readFileSync(join("/proc", pid, "cmdline"), "utf8").includes("instance.ts")
				? [Number(pid)]
				: [];
		} catch {
			return []; // Not a process, or one that has ended.
		}
	});
}
