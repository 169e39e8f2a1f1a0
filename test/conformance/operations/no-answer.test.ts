import { describe, expect, test } from "vitest";
import { openIdentityTab } from "../../support/identity-server.js";
import { answeredBy, browserWithoutServer, everyOperation } from "./every-operation.js";

const aborted = (signal: AbortSignal) =>
	signal.aborted || new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));

describe.each(everyOperation)("$operation", (each) => {
	const { operation, path, run } = each;
	const open = () => {
		const browser = browserWithoutServer();
		return { browser, client: openIdentityTab(browser) };
	};

	test("a dropped connection is a network error, without a status", async () => {
		const { client } = answeredBy(each, () => new TypeError("fetch failed"));
		const { data, error } = await run(client, "sent");
		expect(data).toBeNull();
		expect(error).toMatchObject({ name: "OperationError", kind: "network", operation });
		expect(error?.status).toBeUndefined();
	});

	test("a connection that drops while a signal is waiting is still a network error", async () => {
		const { client } = answeredBy(each, () => new TypeError("fetch failed"));
		const { error } = await run(client, "sent", { signal: new AbortController().signal });
		expect(error?.kind).toBe("network");
	});

	test("aborted beforehand, nothing is sent", async () => {
		const { browser, client } = open();
		const { data, error } = await run(client, "sent", { signal: AbortSignal.abort() });
		expect(data).toBeNull();
		expect(error).toMatchObject({ kind: "aborted", operation });
		expect(browser.requests).toEqual([]);
	});

	test.each([
		["no reason", undefined],
		["a word", "changed my mind"],
	])("aborted on its way with %s, it is aborted", async (_, reason) => {
		const { browser, client } = open();
		const controller = new AbortController();
		const held = browser.hold(path);
		const answer = run(client, "sent", { signal: controller.signal });
		const { request } = await held;
		controller.abort(reason);
		const { data, error } = await answer;
		expect(data).toBeNull();
		expect(error).toMatchObject({ kind: "aborted", operation });
		expect(error?.status).toBeUndefined();
		expect(request.signal.aborted).toBe(true);
	});

	test("a signal in fetchOptions aborts as well", async () => {
		const { browser, client } = open();
		const controller = new AbortController();
		const held = browser.hold(path);
		const answer = run(client, "sent", { fetchOptions: { signal: controller.signal } });
		await held;
		controller.abort();
		expect((await answer).error?.kind).toBe("aborted");
	});

	test("AbortSignal.timeout that ran out beforehand is a timeout, and nothing is sent", async () => {
		const { browser, client } = open();
		const signal = AbortSignal.timeout(0);
		await aborted(signal);
		expect((await run(client, "sent", { signal })).error).toMatchObject({ kind: "timeout", operation });
		expect(browser.requests).toEqual([]);
	});

	test("AbortSignal.timeout that runs out on the way is a timeout", async () => {
		const { browser, client } = open();
		const held = browser.hold(path);
		const answer = run(client, "sent", { signal: AbortSignal.timeout(1) });
		await held;
		expect((await answer).error).toMatchObject({ kind: "timeout", operation });
	});

	test("the client's own timeout is a timeout", async () => {
		const { browser, client } = open();
		const held = browser.hold(path);
		const answer = run(client, "sent", { fetchOptions: { timeout: 1 } });
		await held;
		expect((await answer).error).toMatchObject({ kind: "timeout", operation });
	});
});
