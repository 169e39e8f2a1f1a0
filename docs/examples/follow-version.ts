/** A part of `npm run version`: the examples, and the page that has a reader install one, name the version of package.json. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const { version }: { version: string } = JSON.parse(readFileSync("package.json", "utf8"));

/** @param pattern what stands before the version, and behind it */
function name(path: string, pattern: RegExp): void {
	const text = readFileSync(path, "utf8");
	if (!pattern.test(text)) throw new Error(`${path} names no version of device-sessions.`);
	writeFileSync(path, text.replace(pattern, `$1${version}$2`));
}

for (const folder of readdirSync("docs/examples", { withFileTypes: true }))
	if (folder.isDirectory()) name(`docs/examples/${folder.name}/package.json`, /("device-sessions": ")[^"]+(")/);
name("docs/examples.md", /(device-sessions-)\S+(\.tgz)/);
