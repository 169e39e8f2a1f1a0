import { expect, test } from "vitest";
import { connect } from "../../../src/connect/index.js";
import { account, recordingStore, stateOf } from "./state.js";

const { store } = recordingStore();
const rowOf = (name: string, email?: string) => {
	const sessions = [account(name, { id: "1", ...(email !== undefined && { email }) })];
	const [row] = connect(stateOf({ sessions }), store, { messages: { unnamed: "Namenlos" } }).rows;
	if (!row) throw new Error("No row.");
	return row;
};

test.each([
	["Ada Lovelace", "AL"],
	["ada", "A"],
	["A", "A"],
	["  Jean-Luc   de la Tour ", "JT"],
	["Ada (work)", "AW"],
	["Ada 🎉", "A"],
	["🎉 ada", "A"],
	["👩‍👩‍👧 🇩🇪", "👩‍👩‍👧"],
	["🇩🇪", "🇩🇪"],
	["👍🏽", "👍🏽"],
	["é́mile zola", "É́Z"],
	["e\u0301mile", "É"],
	["محمد علي", "م"],
	["山田 太郎", "山"],
	["한국", "한"],
	["ßeta", "S"],
	["ශ්\u200dරී ලංකා", "ශ්\u200dරී"],
	["007 Bond", "0"],
	["...", "."],
	["x".repeat(200), "X"],
	["{email} $&", "E"],
])("the initials of %s are %s", (name, initials) => {
	expect(rowOf(name).initials).toBe(initials.normalize());
});

test.each(["", "   ", "\u200b", "\u00a0\t", "\u2066\u2069"])(
	"a blank name (%j) gives way to the email address, then to a text",
	(blank) => {
		expect(rowOf(blank, "ada@example.com")).toMatchObject({ name: "ada@example.com", initials: "A" });
		expect(rowOf(blank, blank)).toMatchObject({ name: "Namenlos", email: "", initials: "N" });
	},
);

test("a long name is not cut, and space around one is", () => {
	expect(rowOf("x".repeat(200)).name).toHaveLength(200);
	expect(rowOf(" Ada ").name).toBe("Ada");
});

test("a row follows the words that it is shown in", () => {
	const state = stateOf({ sessions: [account("", { email: "" })] });
	const nameIn = (unnamed: string) => connect(state, store, { messages: { unnamed } }).rows[0]?.name;
	expect([nameIn("Namenlos"), nameIn("Sans nom")]).toEqual(["Namenlos", "Sans nom"]);
});
