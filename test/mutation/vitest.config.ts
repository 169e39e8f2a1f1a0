import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { files, root } from "./files.js";
import type { Instrumented } from "./instrument.js";

const piece = process.env["MUTATED_PIECE"] ?? "";
const own = piece === "operations" ? /^test\/unit\/[^/]+$/ : new RegExp(`^test/unit/device-sessions/${piece}`);

/** A piece's own tests come first, and notice most: what nobody has noticed is tried again with each test that comes there. */
class OwnTestsFirst extends BaseSequencer {
	override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
		const rank = ({ moduleId }: TestSpecification) => Number(!own.test(relative(root, moduleId)));
		return specifications.sort((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId));
	}
}

// Safe: written by main.ts.
const { sources } = JSON.parse(readFileSync(files(piece).instrumented, "utf8")) as Instrumented;

/** The tests that a changed source is tried with; without the two that walk thousands of states, which cost a minute each time. */
export default defineConfig({
	root,
	resolve: { tsconfigPaths: true },
	plugins: [{ name: "mutants", enforce: "pre", load: (id) => sources[id] }],
	test: {
		include: [
			"test/unit/**/*.test.ts",
			// What an operation does shows against a real server only.
			...(piece === "operations" ? ["test/conformance/operations/**/*.test.ts"] : []),
		],
		exclude: ["test/unit/device-sessions/machine/{paths,invariants}.test.ts", "test/unit/{connect,demo,element}/**"],
		runner: join(import.meta.dirname, "in-place.ts"),
		isolate: false,
		maxWorkers: 1,
		testTimeout: process.env["MUTANT"] ? 20_000 : 3_600_000,
		hookTimeout: 60_000,
		bail: process.env["MUTANT"] ? 1 : 0,
		reporters: ["dot"],
		silent: true,
		sequence: { sequencer: OwnTestsFirst },
	},
});
