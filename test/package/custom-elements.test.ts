import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeElement } from "../../docs/custom-elements/describe.js";
import { root } from "./pack.js";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const manifest = JSON.parse(read("docs/custom-elements.json"));
const [module, definition] = manifest.modules;
const [element] = module.declarations;

/** The first and the second column of a table of docs/element.md, without back quotes. */
const columns = (title: string) =>
	[
		...(read("docs/element.md").split(`## ${title}\n`)[1]?.split("\n## ")[0] ?? "").matchAll(
			/^\| `(\S+?)` +\| (\S*)/gm,
		),
	].map(([, first = "", second = ""]) => [first, second.replaceAll(/[`|]/g, "")]);
const named = (all: readonly { name: string }[]) => all.map(({ name }) => name);

test("docs/custom-elements.json is what `npm run custom-elements` would write; package.json and its own paths lead somewhere", () => {
	expect(describeElement()).toEqual(manifest);
	expect(JSON.parse(read("package.json")).customElements).toBe("docs/custom-elements.json");
	for (const { path } of [module, definition])
		expect(existsSync(join(root, path.replace("dist", "src").replace(/js$/, "ts"))), path).toBe(true);
});

test("docs/element.md and docs/custom-elements.json have the same properties, attributes and events", () => {
	type Field = { kind: string; name: string; attribute?: string };
	const fields = element.members.filter(({ kind }: Field) => kind === "field");
	expect(fields.map(({ name, attribute = "" }: Field) => [name, attribute]).sort()).toEqual(
		columns("Properties and attributes").sort(),
	);
	expect(named(element.attributes).sort()).toEqual(fields.flatMap(({ attribute }: Field) => attribute ?? []).sort());
	expect(named(element.events)).toEqual(columns("Events").map(([name]) => name));
});

test("everything in it is described, and has the type that the source gives it", () => {
	for (const one of [element, ...element.members, ...element.attributes, ...element.events, ...element.slots])
		expect(one.description, one.name).toMatch(/^[A-Z`].+\.$/s);
	const typeOf = (name: string) => element.members.find((one: { name: string }) => one.name === name)?.type.text;
	expect([typeOf("placement"), typeOf("store")]).toEqual(['"start" | "end"', "DeviceSessions | null"]);
	expect(element.members.find(({ name }: { name: string }) => name === "open").readonly).toBe(true);
	expect(element.events[0].type.text).toBe("CustomEvent<{ account: DeviceSession }>");
});
