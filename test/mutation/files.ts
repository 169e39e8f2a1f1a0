import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");
export const artifacts = join(root, "test/artifacts/mutation");

/** Where the parts of one run leave word for each other. */
export const files = (piece: string) => ({
	/** The changed sources. */
	instrumented: join(artifacts, `${piece}.json`),
	/** Which change is being tried. */
	current: join(artifacts, `${piece}.current`),
	/** What has come of each, a line each. */
	outcomes: join(artifacts, `${piece}.log`),
	survivors: join(artifacts, `${piece}.txt`),
});

export const linesOf = (file: string): string[][] =>
	existsSync(file)
		? readFileSync(file, "utf8")
				.split("\n")
				.filter(Boolean)
				.map((line) => line.split("\t"))
		: [];
