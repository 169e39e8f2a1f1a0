import { describe, expect, test } from "vitest";
import { answeredBy, type EveryOperation, everyOperation, everythingIn, realAnswer } from "./every-operation.js";

type Row = { session: Record<string, unknown>; user: Record<string, unknown> } & Record<string, unknown>;

const named = (name: string): EveryOperation => {
	const found = everyOperation.find(({ operation }) => operation === name);
	if (!found) throw new Error(`no operation ${name}`);
	return found;
};

const ask = async (each: EveryOperation, body: unknown) => {
	const { client } = answeredBy(each, () => Response.json(body));
	return each.run(client, "sent");
};

async function refuse(each: EveryOperation, body: unknown, path: string) {
	const { data, error } = await ask(each, body);
	expect(data).toBeNull();
	if (!error) throw new Error(`${path} is not looked at`);
	expect(error).toMatchObject({ kind: "invalid-response", operation: each.operation });
	expect(error.applied).toBe(each.mutates ? true : undefined);
	expect(error.issues).toHaveLength(1);
	expect(error.issues?.[0]?.path).toBe(path);
	expect(error.issues?.[0]?.expected).toMatch(/\S/);
	expect(error.message).toContain(path);
	return error;
}

const needed = {
	session: ["token", "userId", "expiresAt", "createdAt", "updatedAt"],
	user: ["id", "name", "email", "emailVerified", "createdAt", "updatedAt"],
};

const marker = "a-value-of-the-wrong-type";
const retyped: [keyof typeof needed, string, unknown][] = [
	["session", "token", ""],
	["session", "token", [marker]],
	["session", "userId", 42],
	["session", "id", 42],
	["session", "expiresAt", marker],
	["session", "expiresAt", 1_700_000_000_000],
	["session", "createdAt", "2024-01-01"],
	["session", "updatedAt", null],
	["session", "ipAddress", { marker }],
	["session", "userAgent", 42],
	["user", "id", 42],
	["user", "name", null],
	["user", "email", [marker]],
	["user", "emailVerified", marker],
	["user", "image", 42],
	["user", "createdAt", marker],
	["user", "updatedAt", {}],
];

const rows: [string, (row: Row) => unknown, string][] = [
	["multiSession.listDeviceSessions", (row) => [row], "0."],
	["multiSession.setActive", (row) => row, ""],
	["getSession", (row) => row, ""],
];

describe.each(rows)("the answer of %s", (operation, wrap, at) => {
	const each = named(operation);
	/** What the server really answers, as one row. */
	const real = async (): Promise<Row> => {
		const answer = await realAnswer(each);
		return (Array.isArray(answer) ? answer[0] : answer) as Row;
	};

	test("is taken as the server really gives it", async () => {
		const row = await real();
		const { data, error } = await ask(each, wrap(row));
		expect(error).toBeNull();
		expect(JSON.parse(JSON.stringify(data))).toEqual(wrap(row));
	});

	test.each(["session", "user"] as const)("is not taken without its %s", async (part) => {
		const { [part]: _, ...rest } = await real();
		await refuse(each, wrap(rest as Row), `${at}${part}`);
	});

	test.each(
		Object.entries(needed).flatMap(([part, fields]) =>
			fields.map((field) => [part as keyof typeof needed, field] as const),
		),
	)("is not taken without %s.%s", async (part, field) => {
		const row = await real();
		delete row[part][field];
		await refuse(each, wrap(row), `${at}${part}.${field}`);
	});

	test.each(retyped)("is not taken where %s.%s is %j, which is not repeated", async (part, field, value) => {
		const row = await real();
		row[part][field] = value;
		const error = await refuse(each, wrap(row), `${at}${part}.${field}`);
		expect(everythingIn(error)).not.toContain(marker);
		expect(everythingIn(error)).not.toContain(row.user["email"]);
	});

	test.each([
		["session", "id"],
		["session", "ipAddress"],
		["session", "userAgent"],
		["user", "image"],
	] as const)("is taken without %s.%s", async (part, field) => {
		const row = await real();
		delete row[part][field];
		expect((await ask(each, wrap(row))).error).toBeNull();
	});

	test.each([
		["session", "ipAddress"],
		["session", "userAgent"],
		["user", "image"],
	] as const)("is taken with null for %s.%s", async (part, field) => {
		const row = await real();
		row[part][field] = null;
		expect((await ask(each, wrap(row))).error).toBeNull();
	});

	test("keeps what it does not know", async () => {
		const row = await real();
		row["needsRefresh"] = false;
		row.session["activeOrganizationId"] = "org";
		row.user["role"] = "admin";
		const { data } = await ask(each, wrap(row));
		expect(data).toMatchObject(
			wrap({ session: { activeOrganizationId: "org" }, user: { role: "admin" }, needsRefresh: false }) as object,
		);
	});
});

test("one bad row makes a list an unreadable one, and the issue says which", async () => {
	const each = named("multiSession.listDeviceSessions");
	const list = (await realAnswer(each)) as Row[];
	expect(list).toHaveLength(2);
	delete list[1]?.user["email"];
	await refuse(each, list, "1.user.email");
});

test("an object is no list", async () => {
	await refuse(named("multiSession.listDeviceSessions"), { sessions: [] }, "");
});

describe.each(["multiSession.revoke", "revokeSession"])("the answer of %s", (operation) => {
	const each = named(operation);

	test("is taken as the server really gives it", async () => {
		expect(await ask(each, await realAnswer(each))).toEqual({ data: { status: true }, error: null });
	});

	test("is not taken without its status", async () => {
		await refuse(each, { success: true }, "status");
	});

	test.each(["true", 1, null])("is not taken where status is %j", async (status) => {
		await refuse(each, { status }, "status");
	});

	test("keeps what it does not know", async () => {
		expect((await ask(each, { status: true, more: 1 })).data).toEqual({ status: true, more: 1 });
	});
});

describe("the answer of signOut", () => {
	const each = named("signOut");

	test("is taken as the server really gives it", async () => {
		expect(await ask(each, await realAnswer(each))).toEqual({ data: { success: true }, error: null });
	});

	test("is not taken without success", async () => {
		await refuse(each, { status: true }, "success");
	});

	test.each([
		["success", { success: marker }],
		["url", { success: true, url: [marker] }],
		["redirect", { success: true, redirect: marker }],
	])("is not taken where %s has another type, which is not repeated", async (path, body) => {
		expect(everythingIn(await refuse(each, body, path))).not.toContain(marker);
	});

	test("keeps what it does not know", async () => {
		expect((await ask(each, { success: true, more: 1 })).data).toEqual({ success: true, more: 1 });
	});

	test("is taken with null for url and redirect", async () => {
		expect((await ask(each, { success: true, url: null, redirect: null })).error).toBeNull();
	});
});
