import { code, fillParts, table } from "../../docs/markdown.js";
import type { Outcome } from "./try-set.js";
import type { Compiler } from "./typescript.js";

export interface Results {
	sets: Outcome[];
	compilers: Compiler[];
	date?: string;
}

/** The page with its tables as they were measured last. */
export const fill = (page: string, results: Results): string =>
	fillParts(page, "peers", { sets: setsOf, facts: factsOf, compilers: compilersOf, measured: measuredOf }, results);

const setsOf = ({ sets }: Results): string => {
	const names = Object.keys(sets[0]?.versions ?? {});
	const rows = sets.map(({ name, versions, types, passed, failed, facts, stopped }) => [
		name,
		...names.map((peer) => versions[peer] ?? ""),
		...(stopped ? [stopped, "", "", ""] : [types.join(" and "), `${passed}`, `${failed.length}`, `${facts.length}`]),
	]);
	return table(["set", ...names.map(code), "type errors, src and tests", "passed", "failed", "facts differ"], rows);
};

/** By what differs: in which sets. */
function factsOf({ sets }: Results): string {
	const where = new Map<string, string[]>();
	for (const { name, facts, failed } of sets)
		for (const title of [...failed.map((one) => `**${one}**`), ...facts])
			where.set(title, [...(where.get(title) ?? []), name]);
	if (where.size === 0) return "None.";
	return table(
		["test", "sets"],
		[...where].map(([title, names]) => [title.replaceAll("|", "\\|"), names.join(", ")]),
	);
}

const compilersOf = ({ compilers }: Results): string =>
	table(
		["TypeScript", "errors"],
		compilers.map(({ version, errors }) => [version, String(errors)]),
	);

const measuredOf = ({ date }: Results): string => `Measured on ${date} with Node ${process.versions.node}.`;
