import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { createVault } from "../../../../src/device-sessions/auth/vault.js";
import { readSnapshot } from "../../../../src/device-sessions/store/snapshot.js";
import { row } from "../machine/data.js";

const snapshot = (more: object = {}) => ({ version: 1, sessions: [row("a"), row("b")], active: "b", ...more });
/** As it comes with a page: through JSON. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const read = (value: unknown, schemas: Parameters<typeof readSnapshot>[1] = {}) =>
	readSnapshot(value, schemas, createVault());

test("what a server rendered comes out as rows, with dates again", () => {
	const { activeId, error, rows } = read(sent(snapshot()));
	expect([activeId, error]).toEqual(["b", null]);
	expect(rows).toEqual([row("a"), row("b")]);
});

test("nobody active, and nobody at all, are snapshots too", () => {
	expect(read(snapshot({ active: null }))).toMatchObject({ activeId: null, error: null });
	expect(read(snapshot({ sessions: [], active: null }))).toEqual({ rows: [], activeId: null, error: null });
});

test("a token that somebody left in it does not come out, nor is it repeated under another name", () => {
	const token = "sJ4kX0pQ9vT2mW7zR5nB8cL1";
	const { id, ...session } = row("a").session;
	const leaky = { ...row("a"), session: { id, ...session, token, copy: token } };
	const { rows } = read(snapshot({ sessions: [leaky], active: null }));
	expect(rows).toHaveLength(1);
	expect(JSON.stringify(rows)).not.toContain(token);
});

test("custom fields stay", () => {
	const custom = { ...row("a"), user: { ...row("a").user, plan: "paid" } };
	expect(read(snapshot({ sessions: [custom], active: null })).rows[0]?.user).toMatchObject({ plan: "paid" });
});

describe("is no snapshot, and nothing of it is taken", () => {
	test.each<[string, unknown]>([
		["nothing", undefined],
		["null", null],
		["a text", "{}"],
		["a list", []],
		["another version", snapshot({ version: 2 })],
		["rows of one id", snapshot({ sessions: [row("a"), row("a")], active: "a" })],
		["an active row that is not among them", snapshot({ active: "z" })],
		["a row without an id", snapshot({ sessions: [{ ...row("a"), id: "" }], active: null })],
		["a row without a user", snapshot({ sessions: [{ ...row("a"), user: null }], active: null })],
		["a row that does not say whether it is listed", snapshot({ sessions: [{ ...row("a"), listed: undefined }] })],
	])("%s", (_, value) => {
		const { activeId, error, rows } = read(value);
		expect([rows, activeId, error?.kind, error?.operation]).toEqual([[], null, "invalid-input", "hydrate"]);
	});

	test("a getter that throws, or a circle", () => {
		const throwing = Object.defineProperty({}, "version", {
			get() {
				throw new Error("a getter");
			},
		});
		const circle: Record<string, unknown> = { ...row("a") };
		circle["session"] = { ...row("a").session, circle };
		expect(read(throwing).error?.kind).toBe("invalid-input");
		expect(read(snapshot({ sessions: [circle], active: null })).error?.kind).toBe("invalid-input");
	});
});

describe("the app's own schemas", () => {
	const plan = v.object({ plan: v.picklist(["free", "paid"]) });
	const paying = (value: string) =>
		snapshot({ sessions: [{ ...row("a"), user: { ...row("a").user, plan: value } }], active: null });

	test("check it as well", () => {
		expect(read(paying("paid"), { user: plan }).rows).toHaveLength(1);
		expect(read(paying("stolen"), { user: plan }).error?.kind).toBe("invalid-input");
	});

	test("that throw are the app's fault", () => {
		const throwing = v.pipe(
			v.looseObject({}),
			v.transform((): object => {
				throw new Error("a fault of the app's");
			}),
		);
		expect(read(snapshot(), { session: throwing })).toMatchObject({ rows: [], error: { kind: "callback" } });
	});
});
