import { execFileSync } from "node:child_process";
import { manifest } from "../package/pack.js";
import { floorsOf } from "./ranges.js";

/** Versions of the peers to be tried together. */
export interface PeerSet {
	readonly name: string;
	readonly versions: Readonly<Record<string, string>>;
}

/** The peers that everybody has: React is for one entry alone. */
export const peers = Object.entries(manifest.peerDependencies).filter(
	([name]) => !(name in manifest.peerDependenciesMeta),
);

/** The newest version of a package below the next part of its range, as the registry has it. */
function newestOf(name: string, range: string): string {
	const printed = execFileSync("npm", ["view", `${name}@${range}`, "version", "--json"], { encoding: "utf8" });
	// Safe: npm prints a text where one version fits, and a list where more do, in no order.
	const versions = [JSON.parse(printed) as string | string[]].flat();
	return versions.sort(new Intl.Collator("en", { numeric: true }).compare).at(-1) ?? "";
}

/** `^1.6.27 || ^1.7.0`: what ends before the next part begins. */
function partsOf(range: string): string[] {
	const floors = floorsOf(range);
	return floors.map((floor, index) => (floors[index + 1] ? `>=${floor} <${floors[index + 1]}` : `^${floor}`));
}

/** All lowest, all newest, and each lowest (and each newest of a part of a range) with the others as they are developed with. */
export function peerSets(): PeerSet[] {
	const own = Object.fromEntries(peers.map(([name]) => [name, manifest.devDependencies[name] ?? ""]));
	const together = (pick: (name: string, range: string) => string) =>
		Object.fromEntries(peers.map(([name, range]) => [name, pick(name, range)]));
	const alone = peers.flatMap(([name, range]) => {
		const newest = partsOf(range).map((part) => newestOf(name, part));
		const floors = floorsOf(range);
		return [...new Set([...floors, ...newest])].map((version) => ({
			name: `${name} ${version}`,
			versions: { ...own, [name]: version },
		}));
	});
	const all = [
		{ name: "all lowest", versions: together((_, range) => floorsOf(range)[0] ?? "") },
		{ name: "all newest", versions: together((name, range) => newestOf(name, partsOf(range).at(-1) ?? "")) },
		...alone,
	];
	// The newest of one peer with the others as they are is often the set of all newest.
	const seen = new Set<string>();
	return all.filter(({ versions }) => {
		const key = JSON.stringify(versions);
		return !seen.has(key) && seen.add(key);
	});
}
