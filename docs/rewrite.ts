import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes a page of the repository anew, where that changes it, and says so. */
export function rewrite(page: string, fill: (before: string) => string): void {
	const path = join(import.meta.dirname, "..", page);
	const before = readFileSync(path, "utf8");
	const after = fill(before);
	if (after !== before) writeFileSync(path, after);
	console.log(`${page}: ${after === before ? "up to date" : "written"}`);
}
