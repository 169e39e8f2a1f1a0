import type * as v from "valibot";
import { describe, expect, test } from "vitest";
import { declared } from "./declared.js";
import { answeredBy, type EveryOperation, everyOperation, everythingIn, realAnswer } from "./every-operation.js";

const marker = "a-value-of-the-wrong-type";

const ask = async (each: EveryOperation, body: unknown) => {
	const { client } = answeredBy(each, () => Response.json(body));
	return each.run(client, "sent");
};

/** What comes out of an answer: where an older server leaves something out, the operation says it. */
const filled = ({ filled }: EveryOperation, answer: unknown): unknown =>
	filled ? { ...filled, ...Object(answer) } : answer;

async function refuse(each: EveryOperation, body: unknown, path: string) {
	const { data, error } = await ask(each, body);
	expect(data).toBeNull();
	if (!error) throw new Error(`${path} is not looked at`);
	expect(error).toMatchObject({ kind: "invalid-response", operation: each.operation });
	expect(error.applied).toBe(each.mutates ? true : undefined);
	expect(error.issues?.map((issue) => issue.path)).toContain(path);
	for (const { expected } of error.issues ?? []) expect(expected).toMatch(/\S/);
	expect(error.message).toContain(path);
	return error;
}

/** A copy of an answer with one thing in it taken away, or replaced. `[]` in a path is the first of a list. */
function change(answer: unknown, path: string, instead?: unknown): unknown {
	const copy: unknown = structuredClone(answer);
	const keys = keysOf(path);
	const last = keys.pop() ?? "";
	// Safe: each is asked for below.
	const holder = keys.reduce((value, key) => (value as Record<string, unknown>)[key], copy) as Record<string, unknown>;
	expect(holder).toHaveProperty(last);
	if (instead === undefined) delete holder[last];
	else holder[last] = instead;
	return copy;
}
const keysOf = (path: string) => path.replaceAll("[]", ".0").split(".").filter(Boolean);
const read = (value: unknown, path: string): unknown =>
	keysOf(path).reduce((part, key) => (part as Record<string, unknown> | undefined)?.[key], value);

type Any = v.GenericSchema & {
	readonly entries?: Record<string, Any>;
	readonly item?: Any;
	readonly wrapped?: Any;
	readonly getter?: (input: unknown) => Any;
};

/** Every path that a schema requires of this answer, or lets be left out. */
function paths(schema: Any, value: unknown, optional = false, at = ""): { path: string; optional: boolean }[] {
	if (schema.getter) return paths(schema.getter(value), value, optional, at);
	if (schema.wrapped) return paths(schema.wrapped, value, optional || schema.type !== "nullable", at);
	const here = at ? [{ path: at, optional }] : [];
	if (schema.item)
		return [
			...here,
			...paths(schema.item, (value as unknown[] | undefined)?.[0], optional, `${at}[]`).filter(
				({ path }) => path !== `${at}[]`,
			),
		];
	const fields = Object.entries(schema.entries ?? {});
	return [
		...here,
		...fields.flatMap(([key, field]) =>
			paths(field, (value as Record<string, unknown> | undefined)?.[key], optional, at ? `${at}.${key}` : key),
		),
	];
}

describe.each(everyOperation)("the answer of $name", (each) => {
	// Safe: Valibot's own schemas, of which only what is there is asked for.
	const { success } = declared(each.name) as unknown as { success: Any };

	test("is taken as the server really gives it, with all that is in it", async () => {
		const answer = await realAnswer(each);
		const { data, error } = await ask(each, answer);
		expect(error).toBeNull();
		expect(JSON.parse(JSON.stringify(data))).toEqual(filled(each, answer));
	});

	test("requires what the table says and nothing else", async () => {
		const found = paths(success, await realAnswer(each));
		expect(
			found
				.filter(({ optional }) => !optional)
				.map(({ path }) => path)
				.sort(),
		).toEqual([...each.required].sort());
	});

	test("is not taken where something required is missing, or of another type, which is not repeated", async () => {
		const answer = await realAnswer(each);
		for (const path of each.required) {
			const at = keysOf(path).join(".");
			await refuse(each, change(answer, path), at);
			const retyped = Object(read(answer, path)) === read(answer, path) ? marker : { marker };
			const error = await refuse(each, change(answer, path, retyped), at);
			expect(everythingIn(error)).not.toContain(marker);
		}
	});

	test("is not taken where something that may be left out is of another type", async () => {
		const answer = await realAnswer(each);
		for (const { path } of paths(success, answer).filter(({ optional }) => optional)) {
			const keys = keysOf(path);
			const key = keys.pop() ?? "";
			const holder = read(answer, keys.join("."));
			// Safe: an object, as the answer above has shown.
			if (holder) (holder as Record<string, unknown>)[key] = 42;
			if (holder) await refuse(each, answer, keysOf(path).join("."));
			if (holder) delete (holder as Record<string, unknown>)[key];
		}
	});

	test("keeps what it does not know", async () => {
		const answer = await realAnswer(each);
		const more = Array.isArray(answer) ? [{ ...answer[0], more: 1 }] : { ...(answer as object), more: 1 };
		expect(JSON.parse(JSON.stringify((await ask(each, more)).data))).toEqual(filled(each, more));
	});

	test("is not taken as a list, or as an object where it should be one", async () => {
		const answer = await realAnswer(each);
		const { error } = await ask(each, Array.isArray(answer) ? { rows: answer } : [answer]);
		expect(error?.kind).toBe("invalid-response");
	});
});
