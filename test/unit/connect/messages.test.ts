import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { connect, english, type Messages, type PartialMessages } from "../../../src/connect/index.js";
import ar from "../../../src/connect/messages/ar.json" with { type: "json" };
import de from "../../../src/connect/messages/de.json" with { type: "json" };
import { account, recordingStore, stateOf } from "./state.js";

// A translation in which a text is missing does not compile.
({ ar, de }) satisfies Record<string, Messages>;

const folder = join(import.meta.dirname, "../../../src/connect/messages");
const tables = readdirSync(folder).map((file) => ({
	file,
	texts: flat(JSON.parse(readFileSync(join(folder, file), "utf8"))),
}));

/** Texts by their path, "errors.busy". */
function flat(table: object, before = ""): Map<string, unknown> {
	return new Map(
		Object.entries(table).flatMap(([name, text]) =>
			typeof text === "object" ? [...flat(text, `${name}.`)] : [[before + name, text] as const],
		),
	);
}
const places = (text: unknown) => [...String(text).matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

describe.each(tables)("$file", ({ texts }) => {
	test("has every text of the English table, and no other", () => {
		expect([...texts.keys()].sort()).toEqual([...flat(english).keys()].sort());
	});

	test.each([...flat(english)])("%s has the places of the English text", (name, text) => {
		expect(places(texts.get(name))).toEqual(places(text));
	});

	test("no text is blank, or still the English one", () => {
		for (const [name, text] of flat(english)) {
			expect(String(texts.get(name)).trim()).not.toBe("");
			expect(texts.get(name)).not.toBe(text);
		}
	});
});

test("there are two, one of them from right to left", () => {
	expect(tables.map(({ file }) => file)).toEqual(["ar.json", "de.json"]);
});

describe("a text", () => {
	const { store } = recordingStore();
	const labelOf = (name: string, messages?: PartialMessages) =>
		connect(stateOf({ sessions: [account(name, { id: "1", email: "a@b.c", active: true })] }), store, { messages })
			.triggerProps["aria-label"];

	test("in another language stands for the English one", () => {
		expect(labelOf("Ada", de)).toBe("Konto: Ada");
		expect(labelOf("Ada", ar)).toContain("Ada");
		expect(connect(stateOf({ sessions: [] }), store, { messages: de }).triggerProps["aria-label"]).toBe("Anmelden");
	});

	test("may be a function of its values", () => {
		expect(labelOf("Ada", { trigger: ({ name, email }) => `${name}/${email}` })).toBe("Ada/a@b.c");
	});

	test("has all its places filled, in one go: what a name holds stays as it is", () => {
		expect(labelOf("Ada", { trigger: "{name} {email} {name} {other}" })).toBe("Ada a@b.c Ada {other}");
		expect(labelOf("{email} $& $1 {name}", { trigger: "I am {name}." })).toBe("I am {email} $& $1 {name}.");
	});

	test("that is missing is the English one", () => {
		expect(labelOf("Ada", {})).toBe("Account: Ada");
		// Safe: what a page without TypeScript may pass.
		expect(labelOf("Ada", { trigger: undefined } as unknown as PartialMessages)).toBe("Account: Ada");
	});
});
