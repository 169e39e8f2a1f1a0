import { join } from "node:path";
import ts from "typescript";

/** The repository's own, for a program of other files: of the sources, or of a page's code. */
export function compilerOptions(): ts.CompilerOptions {
	const root = join(import.meta.dirname, "..");
	const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
	return ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root).options;
}
