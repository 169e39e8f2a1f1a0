import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { compilerOptions } from "../../docs/compiler-options.js";
import { connect, english } from "../../src/connect/index.js";
import { spoken } from "../../src/connect/spoken.js";
import type { OperationErrorKind } from "../../src/index.js";
import { errorOf, recordingStore, stateOf } from "../unit/connect/state.js";
import { exportedType } from "./exported.js";
import { root } from "./pack.js";

const page = readFileSync(join(root, "docs/connect.md"), "utf8").replaceAll(/ +\|/g, " |");
/** The text below a heading, up to the next one of any level. */
const section = (title: string) => page.split(new RegExp(`^#+ ${title}$`, "m"))[1]?.split(/^#+ /m)[0] ?? "";
const rows = (title: string) => [...section(title).matchAll(/^\| `"?([\w-]+)/gm)].map(([, name]) => name).sort();

const program = ts.createProgram([join(root, "src/connect/index.ts")], compilerOptions());
const checker = program.getTypeChecker();
const exported = (name: string) => exportedType(program, "src/connect/index.ts", name);
const properties = (name: string) => checker.getPropertiesOfType(exported(name)).map((property) => property.name);

describe("docs/connect.md has", () => {
	test("the options", () => {
		expect(rows("Options")).toEqual(properties("ConnectOptions").sort());
	});

	test("what there is to show, and the props", () => {
		const members = properties("Connected");
		const props = members.filter((name) => name.endsWith("Props"));
		expect(rows("Props for your elements")).toEqual(props.sort());
		expect(rows("What to show")).toEqual(members.filter((name) => !props.includes(name)).sort());
	});

	test("what a row has", () => {
		const [, line = ""] = /^A row has (.+?), the row of the store\./m.exec(section("What to show")) ?? [];
		expect([...line.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort()).toEqual(properties("ConnectedRow").sort());
	});

	test("every phase", () => {
		const phase = exported("Phase");
		const names = phase.isUnion() ? phase.types.map((one) => one.isStringLiteral() && one.value) : [];
		expect(rows("Phases and notes")).toEqual(names.sort());
	});

	test("no word that the built-in ones do not have", () => {
		const words = Object.values(english).filter((text) => typeof text === "string");
		// What stands in quotes and in no code: a text, or the part of a sentence about one.
		const prose = page.replaceAll(/^```[\s\S]*?^```$/gm, "").replaceAll(/`[^`]*`/g, "");
		const quoted = [...prose.matchAll(/"([A-Z][^"]+)"/g)].map(([, text = ""]) => text);
		expect(quoted.length).toBeGreaterThan(10);
		expect(quoted.filter((text) => !words.includes(text))).toEqual([]);
	});

	test("what connect leaves to the page: the words that it does not say itself", () => {
		const [, named = ""] =
			/^`connect` does not use all of these words\. The others, such as (.+?), are/m.exec(page) ?? [];
		for (const [, name = ""] of named.matchAll(/`(\w+)`/g)) {
			expect(Object.keys(english)).toContain(name);
			expect(Object.keys(spoken)).not.toContain(name);
		}
	});
});

test("docs/errors.md has what a person reads of each kind, as connect says it", () => {
	const table = readFileSync(join(root, "docs/errors.md"), "utf8");
	const { store } = recordingStore();
	const said = [...table.matchAll(/^\| `([\w-]+)` .* \| (.+?) +\|$/gm)].map(([, kind, text]) => [kind, text]);
	expect(said.length).toBeGreaterThan(10);
	const own = said.map(([kind]) => {
		// Safe: another test holds that the table has the kinds that there are.
		const { error } = connect(stateOf({ error: errorOf(kind as OperationErrorKind) }), store);
		return [kind, error?.text ?? "nothing"];
	});
	expect(said).toEqual(own);
});
