import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

interface Manifest {
	readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
	readonly peerDependencies: Readonly<Record<string, string>>;
	/** The optional ones. */
	readonly peerDependenciesMeta: Readonly<Record<string, object>>;
	readonly devDependencies: Readonly<Record<string, string>>;
}

export const manifest: Manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

export interface Packed {
	/** A folder of its own outside the repository; whoever packs removes it. */
	readonly folder: string;
	readonly tarball: string;
	readonly files: readonly string[];
}

/** Packs what `npm run build` left in dist. Without scripts: `prepack` would build it once more. */
export function pack(): Packed {
	const folder = mkdtempSync(join(tmpdir(), "device-sessions-"));
	const output = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
		cwd: root,
		encoding: "utf8",
		stdio: ["ignore", "pipe", "pipe"],
	});
	const [packed]: { filename: string; files: { path: string }[] }[] = JSON.parse(output);
	if (!packed) throw new Error("npm pack packed nothing");
	return { folder, tarball: join(folder, packed.filename), files: packed.files.map(({ path }) => path) };
}
