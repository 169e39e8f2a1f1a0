import * as v from "valibot";
import { expect, test } from "vitest";
import type { FetchOptions } from "../../src/client.js";
import { defineOperation, type OperationOptions } from "../../src/operation.js";

interface Client {
	$store: { notify(): void; atoms: Record<string, unknown> };
	refuse(fetchOptions: FetchOptions): Promise<unknown>;
}

const Ask = defineOperation({
	operation: "ask",
	plugin: "someKind",
	payload: v.object({ password: v.optional(v.string()), slug: v.optional(v.string()) }),
	success: v.unknown(),
	mutatesSession: false,
	call: (client: Client, _, fetchOptions) => client.refuse(fetchOptions),
});

async function refusal(
	body: { status: number; code?: unknown; message?: unknown },
	{
		headers,
		password,
		slug,
		...options
	}: OperationOptions & { headers?: Record<string, string>; password?: string; slug?: string } = {},
) {
	const client: Client = {
		$store: { notify() {}, atoms: {} },
		refuse: async ({ onError }) => {
			await onError?.({ response: new Response(null, { status: body.status, headers: headers ?? {} }) });
			return { data: null, error: { statusText: "No", ...body } };
		},
	};
	const { error } = await Ask(client, { password, slug }, options);
	if (!error) throw new Error("not refused");
	return error;
}

test.each([
	[400, "rejected"],
	[401, "unauthorized"],
	[402, "rejected"],
	[403, "forbidden"],
	[404, "rejected"],
	[418, "rejected"],
	[429, "rate-limited"],
	[499, "rejected"],
	[500, "server"],
	[502, "server"],
	[599, "server"],
])("status %i is %s", async (status, kind) => {
	const error = await refusal({ status });
	expect(error).toMatchObject({ kind, status, operation: "ask" });
	expect(error.message).toMatch(/\w/);
});

test("401 with INVALID_SESSION_TOKEN is session-gone; the same code beside another status is not", async () => {
	expect((await refusal({ status: 401, code: "INVALID_SESSION_TOKEN" })).kind).toBe("session-gone");
	expect((await refusal({ status: 400, code: "INVALID_SESSION_TOKEN" })).kind).toBe("rejected");
});

test.each([42, null, "", "lower_case", "WITH SPACE", `LONG_${"X".repeat(100)}`, ["CODE"]])(
	"%o is no code",
	async (code) => {
		expect(await refusal({ status: 400, code })).not.toHaveProperty("code");
	},
);

test("a 404 without a code names the plugin, on both sides; one with a code does not", async () => {
	const { message } = await refusal({ status: 404 });
	expect(message).toContain("someKind()");
	expect(message).toContain("someKindClient()");
	expect((await refusal({ status: 404, code: "NOT_FOUND", message: "No such row." })).message).not.toContain(
		"someKind",
	);
});

test("the message says the code where the server refused and gave one, else the status", async () => {
	expect((await refusal({ status: 400, code: "TOO_SHORT" })).message).toContain("TOO_SHORT");
	expect((await refusal({ status: 418 })).message).toContain("418");
});

test("the message says that no answer came where none did", async () => {
	const client: Client = { $store: { notify() {}, atoms: {} }, refuse: () => Promise.reject(new TypeError("no")) };
	expect((await Ask(client, {})).error).toMatchObject({ kind: "network", message: "No answer came." });
});

test.each([
	["refuses", { status: 400, code: "TOO_SHORT", message: "at db.ts:12" }],
	["fails", { status: 500, code: "FAILED", message: "at db.ts:12" }],
	["has no code", { status: 400, message: "at db.ts:12" }],
])("the server's own words are kept back where it %s", async (_, body) => {
	expect((await refusal(body)).message).not.toContain("db.ts");
});

test.each([
	["hunter2", "BAD_HUNTER2"],
	["HUNTER2", "BAD_HUNTER2"],
	["correct-horse", "NO_CORRECT_HORSE"],
	["gbhi7wTiNE4Mari62yKjOhwMFyyNKped", "GBHI7WTIN"],
	["gbhi7wTiNE4Mari62yKjOhwMFyyNKped", "NO_MFYYNKPED"],
	["first line\nhunter2", "BAD_HUNTER2"],
	["493817", "WRONG_4938"],
	["abc123", "ABC123"],
	["ABCD12", "BAD_ABCD12"],
	["aBcDe-FgHiJ", "INVALID_CODE_ABCDE_FGHIJ"],
	["123456", "CODE_123_456"],
	["Tr0ub4dor&3", "TR0UB_4DOR_3"],
	["Tr0ub4dor&3", "BAD_TR0UB"],
	["huntr", "BAD_HUNTR"],
	["mypasswordsession", "X_MYPASSWORDSESSION"],
	["passwordsession", "X_PASSWORDSESSION"],
	["organization", "X_ORGANIZATION"],
])("a code with part of the password %j is no code: %s", async (password, code) => {
	const error = await refusal({ status: 400, code }, { password });
	expect(error).not.toHaveProperty("code");
	expect(error.message).not.toContain(code);
});

test.each(["password", "password1", "Invalid-Password!", "user"])(
	"the password %j, which is made of what codes are made of, hides no code",
	async (password) => {
		expect((await refusal({ status: 401, code: "INVALID_USER_OR_PASSWORD" }, { password })).code).toBe(
			"INVALID_USER_OR_PASSWORD",
		);
	},
);

test("a word of what is no secret hides no code", async () => {
	expect((await refusal({ status: 400, code: "ORGANIZATION_NOT_FOUND" }, { slug: "organization" })).code).toBe(
		"ORGANIZATION_NOT_FOUND",
	);
});

test.each(["CODE_1_2", "A1B2C3D4E5F6", "CODE_1234"])("%s, with digits elsewhere or more, is no code", async (code) => {
	expect(await refusal({ status: 400, code })).not.toHaveProperty("code");
});

test("a message or code with the password that was sent is replaced", async () => {
	const message = "hunter2 is too easy.";
	expect((await refusal({ status: 400, code: "EASY", message }, { password: "hunter2" })).message).not.toContain(
		"hunter2",
	);
	expect(await refusal({ status: 400, code: "BAD_HUNTER2" }, { password: "HUNTER2" })).not.toHaveProperty("code");
});

test.each([
	["a header", { headers: { "x-api-key": "hunter2" } }],
	["a Headers object", { headers: new Headers({ "x-api-key": "hunter2" }) }],
	["a query", { query: { key: "hunter2" } }],
	["better-fetch's auth", { auth: { type: "Bearer", token: "hunter2" } }],
])("a message with what was sent in %s is replaced", async (_, fetchOptions) => {
	const error = await refusal({ status: 400, code: "BAD_KEY", message: "hunter2 is no key." }, { fetchOptions });
	expect(error.message).not.toContain("hunter2");
});

test("a short word that was sent is no echo in the middle of a code, and hides neither code nor kind", async () => {
	const fetchOptions = { headers: { "x-language": "EN" } };
	const error = await refusal({ status: 401, code: "INVALID_SESSION_TOKEN" }, { fetchOptions });
	expect(error).toMatchObject({ kind: "session-gone", code: "INVALID_SESSION_TOKEN" });
});

test("X-Retry-After comes before Retry-After, which does where it stands alone", async () => {
	const both = { "x-retry-after": "3", "retry-after": "9" };
	expect((await refusal({ status: 429 }, { headers: both })).retryAfter).toBe(3);
	expect((await refusal({ status: 429 }, { headers: { "retry-after": "9" } })).retryAfter).toBe(9);
});

test("no wait at all is a wait of 0 s", async () => {
	expect((await refusal({ status: 429 }, { headers: { "x-retry-after": "0" } })).retryAfter).toBe(0);
});

test.each(["", "soon", "-1", "-5", "NaN", "1.5", "1e9", "60, 60", "Infinity", "Wed, 21 Oct 2026 07:28:00 GMT"])(
	"X-Retry-After: %s is no number of seconds, and hides none",
	async (value) => {
		const headers = { "x-retry-after": value };
		expect(await refusal({ status: 429 }, { headers })).not.toHaveProperty("retryAfter");
		expect((await refusal({ status: 429 }, { headers: { ...headers, "retry-after": "120" } })).retryAfter).toBe(120);
	},
);

test("a wait of years is one all the same", async () => {
	expect((await refusal({ status: 429 }, { headers: { "x-retry-after": "99999999999" } })).retryAfter).toBe(
		99_999_999_999,
	);
});
