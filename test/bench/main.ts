/**
 * `npm run bench`: measures everything, this package and its peers in turn, in ten minutes at most, and writes
 * docs/benchmarks.md and docs/benchmarks.json. `-- reads wire` measures these parts alone, and keeps the others.
 * `-- --check` measures the ratios of the budgets alone, writes nothing, and exits 1 where one is missed.
 */
import { rewrite } from "../../docs/rewrite.js";
import { pageOf } from "./page.js";
import { installPeers } from "./peers/install.js";
import { type PartName, type Parts, type Results, readResults, thisMachine, writeResults } from "./results.js";
import { verdictsOf } from "./verdicts.js";

// Better Auth's client, and the store, read by themselves in a browser only.
Object.assign(globalThis, { window: globalThis });

const began = performance.now();
const say = (line: string) => console.log(`${Math.round((performance.now() - began) / 1_000)} s: ${line}`);

const args = process.argv.slice(2);
const isCheck = args.includes("--check");

const measures: { readonly [Name in PartName]: () => Promise<Parts[Name]> } = {
	async budgets() {
		const { benchRefetch, benchSetActive, benchSignOutOthers } = await import("./budgets.js");
		return [await benchRefetch(31), await benchSetActive(31), await benchSignOutOthers(7)];
	},
	imports: async () => (await import("./imports.js")).benchImports(isCheck ? 7 : 11),
	reads: async () => (await import("./reads.js")).benchReads(5),
	memory: async () => (await import("./memory.js")).benchMemory(),
	life: async () => (await import("./long-life.js")).benchLongLife(),
	sizes: async () => (await import("./sizes.js")).benchSizes(),
	wire: async () => (await import("./wire/main.js")).measureWire(3, say),
};

// Safe: the keys are the parts.
const names = Object.keys(measures) as PartName[];
const wanted = isCheck ? (["budgets", "imports"] as const) : args;
const unknown = wanted.filter((name) => !names.some((part) => part === name));
if (unknown.length > 0) throw new Error(`There is no ${unknown.join(", ")}: there are ${names.join(", ")}.`);

await installPeers(say);
const results: Results = isCheck ? {} : readResults();

async function measure<Name extends PartName>(name: Name): Promise<void> {
	say(name);
	// Safe: the figures are those of the part.
	results[name] = { machine: thisMachine(), figures: await measures[name]() } as Results[Name];
}
for (const name of names) if (wanted.length === 0 || wanted.some((one) => one === name)) await measure(name);

if (!isCheck) {
	writeResults(results);
	// What was written, so that the page is made of the same.
	rewrite("docs/benchmarks.md", () => pageOf(readResults()));
}
const verdicts = verdictsOf(results);
for (const { holds, limit, measured, title } of verdicts)
	say(`${holds ? "holds" : "MISSES"}: ${title}: ${measured}; limit ${limit}`);
// Only the check fails: the page says what misses.
process.exit(isCheck && verdicts.some(({ holds }) => !holds) ? 1 : 0);
