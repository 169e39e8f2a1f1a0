/**
 * Writes `earlier.js`, the package as it was at an earlier commit, without its peers:
 *
 *     node --import tsx test/browser/two-releases/keep-earlier.ts fad220c
 *
 * The file is kept in the repository, because a tarball or a shallow clone has no history to build it from. Once a
 * version is on the registry, the last one that speaks the same protocol takes its place.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { manifest, root } from "../../package/pack.js";

const [commit = "HEAD"] = process.argv.slice(2);
const git = (...args: string[]) => execFileSync("git", args, { cwd: root, maxBuffer: 1 << 30 });
const folder = mkdtempSync(join(tmpdir(), "device-sessions-earlier-"));
try {
	execFileSync("tar", ["-x", "-C", folder], { input: git("archive", commit, "src") });
	await build({
		stdin: {
			contents: 'export { createDeviceSessions, deviceSessionsClient } from "./src/index.js";',
			resolveDir: folder,
		},
		outfile: join(import.meta.dirname, "earlier.js"),
		banner: { js: `// The package at commit ${git("rev-parse", commit).toString().trim()}, by keep-earlier.ts.` },
		external: Object.keys(manifest.peerDependencies),
		bundle: true,
		format: "esm",
		target: "es2022",
		minify: true,
	});
} finally {
	rmSync(folder, { recursive: true });
}
