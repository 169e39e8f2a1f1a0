/**
 * `npm run test:peers`: installs the lowest and the newest version of each peer, together and alone, into copies of what
 * is committed, type-checks them, runs the tests of the library on them, reads the declarations with each TypeScript, and
 * writes docs/peers.md. It takes half an hour. `-- "all lowest" "xstate 5.24.0"` tries these alone, and keeps the other rows.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rewrite } from "../../docs/rewrite.js";
import { root } from "../package/pack.js";
import { peerSets } from "./sets.js";
import { fill, type Results } from "./table.js";
import { trySet } from "./try-set.js";
import { readDeclarations } from "./typescript.js";

const kept = join(root, "test/artifacts/peers.json");
const results: Results = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : { sets: [], compilers: [] };
const began = performance.now();
const say = (line: string) => console.log(`${Math.round((performance.now() - began) / 1_000)} s: ${line}`);
const keep = () => {
	results.date = new Date().toISOString().slice(0, 10);
	mkdirSync(dirname(kept), { recursive: true });
	writeFileSync(kept, JSON.stringify(results, null, "\t"));
};

const sets = peerSets();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => name !== "typescript" && !sets.some((set) => set.name === name));
if (unknown.length > 0) {
	const names = sets.map(({ name }) => `"${name}"`);
	throw new Error(`There is no ${unknown.join(", ")}: there are ${names.join(", ")} and "typescript".`);
}
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);

results.sets = results.sets.filter(({ name }) => sets.some((set) => set.name === name));
if (isWanted("typescript")) {
	results.compilers = await readDeclarations(say);
	keep();
}
for (const [index, set] of sets.entries()) {
	if (!isWanted(set.name)) continue;
	say(`${set.name} (${index + 1} of ${sets.length}): ${JSON.stringify(set.versions)}`);
	const outcome = await trySet(set, say);
	const { passed, failed, facts, types, stopped } = outcome;
	say(
		stopped ?? `types ${types.join(" and ")}; ${passed} passed, ${failed.length} failed, ${facts.length} facts differ`,
	);
	for (const title of [...failed, ...facts]) say(`  ${title}`);
	results.sets = [...results.sets.filter(({ name }) => name !== set.name), outcome];
	keep();
}
const order = sets.map(({ name }) => name);
results.sets.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
rewrite("docs/peers.md", (before) => fill(before, results));
const bad = results.sets.filter(({ failed, types, stopped }) => stopped || failed.length + types[0] > 0);
const unread = results.compilers.filter(({ errors }) => errors > 0);
console.log(
	`${results.sets.length - bad.length} sets hold, ${bad.length} do not; ${unread.length} compilers do not read it`,
);
process.exitCode = bad.length + unread.length > 0 ? 1 : 0;
