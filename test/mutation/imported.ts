/**
 * Tries, one after the other, the changes that these ids name: of what is worked out when a file is imported, so that
 * each must be there from the start on, in a process of its own that Vitest starts for it.
 */
import { appendFileSync, writeFileSync } from "node:fs";
import { createVitest } from "vitest/node";
import { files } from "./files.js";

const piece = process.env["MUTATED_PIECE"] ?? "";
const { current, outcomes } = files(piece);
/** Most are noticed by the piece's own tests. */
const own =
	piece === "operations"
		? ["test/unit/operation", "test/unit/failure", "test/unit/multi-session"]
		: [`test/unit/device-sessions/${piece}`];
process.env["MUTANT"] = "none yet";
const vitest = await createVitest("test", { config: "test/mutation/vitest.config.ts", watch: false });

async function isNoticedBy(filters: string[] | undefined): Promise<boolean> {
	vitest.state.filesMap.clear();
	vitest.state.errorsSet.clear();
	await vitest.start(filters);
	return vitest.state.getCountOfFailedTests() > 0 || vitest.state.errorsSet.size > 0;
}

for (const id of process.argv.slice(2)) {
	writeFileSync(current, id);
	process.env["MUTANT"] = id;
	const isNoticed = (await isNoticedBy(own)) || (await isNoticedBy(undefined));
	appendFileSync(outcomes, `${isNoticed ? "killed" : "survived"}\t${id}\n`);
}
await vitest.close();
process.exit(0);
