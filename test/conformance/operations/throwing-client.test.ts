import { describe, expect, test } from "vitest";
import { Core, type OperationErrorKind, type Result } from "../../../src/index.js";
import { openIdentityTab } from "../../support/identity-server.js";
import { createBrowser, createRealServer } from "../../support/real-server.js";
import { browserWithoutServer, everyOperation, openThrowingTab, realAnswer } from "./every-operation.js";

/** Everything of an answer that a caller can read. */
const readable = ({ data, error }: Result<unknown>) => ({ data, error: error && { ...error, message: error.message } });

const failures: [string, OperationErrorKind, () => Response | Error][] = [
	[
		"a lost session",
		"session-gone",
		() => Response.json({ code: "INVALID_SESSION_TOKEN", message: "Invalid session token" }, { status: 401 }),
	],
	["a refusal", "rejected", () => Response.json({ code: "VALIDATION_ERROR", message: "Not so." }, { status: 400 })],
	["a missing endpoint", "rejected", () => new Response(null, { status: 404 })],
	[
		"a rate limit",
		"rate-limited",
		() => Response.json({ message: "Too many requests." }, { status: 429, headers: { "x-retry-after": "17" } }),
	],
	["a failing server", "server", () => Response.json({ code: "FAILED", message: "Oh." }, { status: 500 })],
	["a failing proxy's page", "server", () => new Response("<h1>Bad gateway</h1>", { status: 502 })],
	["a page with status 200", "invalid-response", () => new Response("<!doctype html>")],
	["another shape", "invalid-response", () => Response.json({ other: true })],
	["a dropped connection", "network", () => new TypeError("fetch failed")],
];

describe.each(everyOperation)("$operation through a client made with throw: true", (each) => {
	const { operation, path, ready, run } = each;

	test("succeeds on a real server", async () => {
		const { browser, sent } = await ready();
		const { data, error } = await run(openThrowingTab(browser), sent);
		expect(error).toBeNull();
		expect(data).toBeTruthy();
	});

	test("answers a success as any other client does", async () => {
		const body = await realAnswer(each);
		const browser = browserWithoutServer();
		browser.answer(path, () => Response.json(body));
		const answer = await run(openThrowingTab(browser), "sent");
		expect(answer.error).toBeNull();
		expect(answer).toEqual(await run(openIdentityTab(browser), "sent"));
	});

	test.each(failures)("answers %s as any other client does, %s", async (_, kind, how) => {
		const browser = browserWithoutServer();
		browser.answer(path, how);
		const answer = await run(openThrowingTab(browser), "sent");
		expect(answer.error?.kind).toBe(kind);
		expect(answer.error?.operation).toBe(operation);
		expect(readable(answer)).toEqual(readable(await run(openIdentityTab(browser), "sent")));
	});

	test("answers an abort, it does not throw it", async () => {
		const browser = browserWithoutServer();
		const controller = new AbortController();
		const held = browser.hold(path);
		const answer = run(openThrowingTab(browser), "sent", { signal: controller.signal });
		await held;
		controller.abort();
		expect((await answer).error?.kind).toBe("aborted");
	});
});

test.each(everyOperation)(
	"$operation may be told to throw in one call's fetchOptions, and answers all the same",
	async ({ path, run }) => {
		const browser = browserWithoutServer();
		browser.answer(path, () => Response.json({ code: "INVALID_SESSION_TOKEN" }, { status: 401 }));
		const { error } = await run(openIdentityTab(browser), "sent", { fetchOptions: { throw: true } });
		expect(error).toMatchObject({ kind: "session-gone", status: 401, code: "INVALID_SESSION_TOKEN" });
	},
);

test("null from getSession is nobody, as with any other client", async () => {
	const browser = createBrowser(createRealServer());
	expect(await Core.GetSession(openThrowingTab(browser))).toEqual({ data: null, error: null });
});
