import { describe, expect, test } from "vitest";
import { createIdentityServer, openIdentityTab } from "../../support/identity-server.js";
import { createBrowser } from "../../support/real-server.js";
import { answeredBy, everyOperation } from "./every-operation.js";

test.each(everyOperation.filter(({ refusal }) => refusal))(
	"$name is refused by a real server, and says why",
	async ({ operation, refusal, run }) => {
		if (!refusal) throw new Error("nothing refuses it");
		const { ready, ...expected } = refusal;
		const { browser, sent } = await ready();
		const { data, error } = await run(openIdentityTab(browser), sent);
		expect(data).toBeNull();
		expect(error).toMatchObject({ operation, ...expected });
		if (!expected.code?.startsWith("INVALID_SESSION")) expect(error?.message).toMatch(/^\S.{5,120}$/);
	},
);

describe.each(everyOperation)("$operation", (each) => {
	const { operation, run } = each;
	const answered = async (status: number, body: unknown, headers: Record<string, string> = {}) => {
		const { client } = answeredBy(each, () => Response.json(body, { status, headers }));
		const { data, error } = await run(client, "sent");
		expect(data).toBeNull();
		expect(error).toMatchObject({ name: "OperationError", operation, status });
		expect(error?.message).not.toBe("");
		return error;
	};

	test.each([
		[400, "VALIDATION_ERROR", "rejected"],
		[401, "UNAUTHORIZED", "unauthorized"],
		[401, "INVALID_SESSION_TOKEN", "session-gone"],
		[403, "INVALID_ORIGIN", "forbidden"],
		[404, "USER_NOT_FOUND", "rejected"],
		[409, "CONFLICT", "rejected"],
		[429, "TOO_MANY_REQUESTS", "rate-limited"],
		[500, "FAILED_TO_GET_SESSION", "server"],
		[503, "UNAVAILABLE", "server"],
	])("%i %s is %s, with status and code", async (status, code, kind) => {
		expect(await answered(status, { code, message: "No." })).toMatchObject({ kind, code });
	});

	test("a refusal without a body has a kind and a status", async () => {
		const { client } = answeredBy(each, () => new Response(null, { status: 502 }));
		const { error } = await run(client, "sent");
		expect(error).toMatchObject({ kind: "server", status: 502 });
		expect(error?.code).toBeUndefined();
	});

	test("429 with X-Retry-After says how many seconds to wait", async () => {
		const error = await answered(429, { message: "Too many requests." }, { "x-retry-after": "17" });
		expect(error).toMatchObject({ kind: "rate-limited", retryAfter: 17 });
	});

	test("429 without the header does not guess", async () => {
		expect(await answered(429, { message: "Too many requests." })).not.toHaveProperty("retryAfter");
	});

	test("429 with a date in the header does not guess", async () => {
		const headers = { "x-retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" };
		expect(await answered(429, {}, headers)).not.toHaveProperty("retryAfter");
	});

	test("X-Retry-After says nothing beside another status", async () => {
		expect(await answered(400, { code: "NO", message: "No." }, { "x-retry-after": "17" })).not.toHaveProperty(
			"retryAfter",
		);
	});

	test("the app's own onError is still called, once, with the response", async () => {
		const { client } = answeredBy(each, () => Response.json({}, { status: 429, headers: { "x-retry-after": "17" } }));
		const statuses: number[] = [];
		const { error } = await run(client, "sent", {
			fetchOptions: {
				onError: ({ response }) => {
					statuses.push(response.status);
				},
			},
		});
		expect(statuses).toEqual([429]);
		expect(error?.retryAfter).toBe(17);
	});
});

test.each(everyOperation.filter(({ gets }) => !gets))(
	"$operation from a page that the server does not trust is forbidden",
	async ({ run, operation }) => {
		const server = createIdentityServer({
			baseURL: "http://elsewhere.example",
			advanced: { disableOriginCheck: false },
		});
		const browser = createBrowser(server);
		browser.cookies.set("any", "cookie");
		expect((await run(openIdentityTab(browser), "sent")).error).toMatchObject({
			kind: "forbidden",
			operation,
			status: 403,
			code: "INVALID_ORIGIN",
		});
	},
);
