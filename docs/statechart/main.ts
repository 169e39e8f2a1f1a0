/** `npm run statechart`: writes what the pages show of the machine, from the machine itself. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deviceSessionsMachine } from "device-sessions";
import { fill, pages } from "./pages.js";

for (const page of pages) {
	const path = join(import.meta.dirname, "../..", page);
	const before = readFileSync(path, "utf8");
	const after = fill(before, deviceSessionsMachine);
	if (after !== before) writeFileSync(path, after);
	console.log(`${page}: ${after === before ? "up to date" : "written"}`);
}
