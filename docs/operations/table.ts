import { readFileSync } from "node:fs";
import { code, fillParts, table } from "../markdown.js";
import type { DescribedModule, DescribedOperation } from "./describe.js";

/** The page with its tables as the operations are now. */
export const fill = (page: string, modules: readonly DescribedModule[]): string =>
	fillParts(page, "operations", { modules: modulesAsTables }, modules);

/** A section a module: what each of its operations is handed, what it answers, and whether the session changes. */
function modulesAsTables(modules: readonly DescribedModule[]): string {
	return modules
		.map(({ name, operations }) =>
			[
				`### ${code(name)}`,
				table(["operation", "the client's call", "payload", "answer", "session"], operations.map(row)),
			].join("\n\n"),
		)
		.join("\n\n");
}

/** Absolute: on the site, and in the registry, nothing stands beside the docs. */
const { homepage }: { readonly homepage: string } = JSON.parse(
	readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
);
const repository = homepage.replace(/#.*/, "");

const row = ({ call, mutatesSession, name, payload, source, success }: DescribedOperation): string[] => [
	`[${code(name)}](${repository}/blob/main/${source})`,
	code(call),
	payload === null ? "none" : code(payload),
	code(success),
	mutatesSession ? "changes" : "",
];
