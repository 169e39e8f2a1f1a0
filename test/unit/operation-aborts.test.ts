import * as v from "valibot";
import { describe, expect, test } from "vitest";
import type { FetchOptions } from "../../src/client.js";
import { defineOperation } from "../../src/operation.js";

interface Client {
	$store: { notify(): void; atoms: Record<string, unknown> };
	/** Throws the signal's reason, as fetch does. */
	wait(signal: AbortSignal | undefined): Promise<unknown>;
}

const Wait = defineOperation({
	operation: "wait",
	payload: undefined,
	success: v.unknown(),
	mutatesSession: false,
	call: (client: Client, _, { signal }: FetchOptions) => client.wait(signal),
});

const open = () => {
	let asked = 0;
	const client: Client = {
		$store: { notify() {}, atoms: {} },
		wait: (signal) => {
			asked++;
			return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
		},
	};
	return { client, asked: () => asked };
};

describe.each([
	["no reason", undefined, "aborted"],
	["a word", "changed my mind", "aborted"],
	["null", null, "aborted"],
	["an error", new Error("changed my mind"), "aborted"],
	["an error of another request, with a status", Object.assign(new Error("no"), { status: 401 }), "aborted"],
	["an error of a failed request, with a status", Object.assign(new Error("no"), { status: 503 }), "aborted"],
	["a time-out", new DOMException("late", "TimeoutError"), "timeout"],
])("aborted with %s", (_, reason, kind) => {
	test(`beforehand: ${kind}, and the client is not asked`, async () => {
		const { client, asked } = open();
		const { data, error } = await Wait(client, { signal: AbortSignal.abort(reason) });
		expect(data).toBeNull();
		expect(error).toMatchObject({ kind, operation: "wait" });
		expect(error).not.toHaveProperty("status");
		expect(asked()).toBe(0);
	});

	test(`on its way: ${kind}`, async () => {
		const { client } = open();
		const controller = new AbortController();
		const answer = Wait(client, { signal: controller.signal });
		controller.abort(reason);
		const { error } = await answer;
		expect(error).toMatchObject({ kind, operation: "wait" });
		expect(error).not.toHaveProperty("status");
	});
});

test("the reason does not show in the error", async () => {
	const { error } = await Wait(open().client, { signal: AbortSignal.abort(new Error("private")) });
	expect(error?.message).not.toContain("private");
	expect(error?.cause).toBeUndefined();
});

test("a client that gives up by itself is a timeout", async () => {
	const client: Client = { ...open().client, wait: () => Promise.reject(new DOMException("late", "AbortError")) };
	expect((await Wait(client)).error?.kind).toBe("timeout");
});

test("a refusal that arrived stays a refusal, although the signal fires as it does", async () => {
	const controller = new AbortController();
	const client: Client = {
		...open().client,
		wait: async () => {
			controller.abort();
			return { data: null, error: { status: 403 } };
		},
	};
	expect((await Wait(client, { signal: controller.signal })).error).toMatchObject({ kind: "forbidden", status: 403 });
});
