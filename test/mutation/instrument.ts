import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Instrumenter } from "@stryker-mutator/instrumenter";

export interface Mutant {
	readonly id: string;
	/** Relative to the repository. */
	readonly path: string;
	readonly line: number;
	/** What stands there, and what takes its place. */
	readonly text: string;
	readonly replacement: string;
}

/** What a run of the tests is given: the sources with every change in them, each behind a switch of its own, by path. */
export interface Instrumented {
	readonly sources: Readonly<Record<string, string>>;
	readonly mutants: readonly Mutant[];
}

const silent = () => {};
const log = { isDebugEnabled: () => false, debug: silent, info: silent, warn: silent };

const pathsOf = (root: string, pattern: string): string[] => {
	const folder = dirname(pattern);
	const names = basename(pattern) === "*.ts" ? readdirSync(join(root, folder)) : [basename(pattern)];
	return names.map((name) => join(folder, name)).filter((path) => path.endsWith(".ts") && existsSync(join(root, path)));
};

/** Puts every change that Stryker knows into the files of these patterns. */
export async function instrument(root: string, patterns: readonly string[]): Promise<Instrumented> {
	const paths = patterns.flatMap((pattern) => pathsOf(root, pattern));
	const files = paths.map((path) => ({
		name: join(root, path),
		path,
		content: readFileSync(join(root, path), "utf8"),
	}));
	// Safe: of a logger it uses these.
	const instrumenter = new Instrumenter(log as unknown as ConstructorParameters<typeof Instrumenter>[0]);
	const { files: changed, mutants } = await instrumenter.instrument(
		files.map(({ content, name }) => ({ name, content, mutate: true })),
		{ plugins: null, excludedMutations: [], ignorers: [] },
	);
	const fileOf = new Map(files.map((file) => [file.name, file]));
	return {
		sources: Object.fromEntries(changed.map(({ content, name }) => [name, content])),
		mutants: mutants.map(({ fileName, id, location, replacement }) => {
			const { content = "", path = "" } = fileOf.get(fileName) ?? {};
			const line = location.start.line + 1;
			return { id, path, line, text: content.split("\n")[line - 1]?.trim() ?? "", replacement };
		}),
	};
}
