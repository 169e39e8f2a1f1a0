import * as v from "valibot";
import { describe, expect, test } from "vitest";
import type { FetchOptions } from "../../src/client.js";
import { defineOperation } from "../../src/operation.js";

type Answer = (payload: unknown, fetchOptions: FetchOptions) => unknown;

/** A client that notes what it is asked and which signals are fired. */
function fakeClient(answer: Answer = () => ({ data: { status: true }, error: null })) {
	const log: string[] = [];
	const calls: { payload: unknown; fetchOptions: FetchOptions }[] = [];
	return {
		log,
		calls,
		$store: { notify: (signal: string) => void log.push(signal), atoms: {} },
		ask: async (payload: unknown, fetchOptions: FetchOptions) => {
			log.push("call");
			calls.push({ payload, fetchOptions });
			return answer(payload, fetchOptions);
		},
	};
}

type Fake = ReturnType<typeof fakeClient>;

const declaration = {
	operation: "door.open",
	payload: v.object({ key: v.pipe(v.string(), v.nonEmpty()) }),
	success: v.looseObject({ status: v.boolean() }),
	mutatesSession: true,
	call: (client: Fake, payload: { key: string }, fetchOptions: FetchOptions) => client.ask(payload, fetchOptions),
};
const Open = defineOperation(declaration);
const Look = defineOperation({
	...declaration,
	payload: undefined,
	mutatesSession: false,
	call: (client: Fake, payload, fetchOptions) => client.ask(payload, fetchOptions),
});

test("an operation carries its declaration", () => {
	expect(Open.operation).toBe("door.open");
	expect([Open.mutatesSession, Look.mutatesSession]).toEqual([true, false]);
	expect(Open.payload).toBe(declaration.payload);
	expect(Open.success).toBe(declaration.success);
	expect(Look.payload).toBeUndefined();
});

test("a good payload is handed to the call, and its answer comes back", async () => {
	const client = fakeClient();
	expect(await Open(client, { key: "k" })).toEqual({ data: { status: true }, error: null });
	expect(client.calls.map(({ payload }) => payload)).toEqual([{ key: "k" }]);
});

test("fetchOptions that are null are none, as where a page without types calls", async () => {
	// Safe: not what the type says, on purpose.
	const options = { fetchOptions: null } as unknown as { fetchOptions: FetchOptions };
	expect((await Open(fakeClient(), { key: "k" }, options)).error).toBeNull();
	expect((await Look(fakeClient(), options)).error).toBeNull();
});

test("a refusal by a fetch of the app's whose responses have no headers is a refusal all the same", async () => {
	const client = fakeClient(async (_, { onError }) => {
		// Safe: not what the type says, on purpose.
		await onError?.({ response: { ok: false, status: 429 } as Response });
		return { data: null, error: { status: 429 } };
	});
	expect((await Look(client)).error).toMatchObject({ kind: "rate-limited", status: 429 });
});

test("a bad payload reaches no client", async () => {
	const client = fakeClient();
	const { error } = await Open(client, { key: "" });
	expect(error).toMatchObject({ kind: "invalid-input", operation: "door.open", issues: [{ path: "key" }] });
	expect(error?.message).toMatch(/^door\.open: Nothing was sent: key /);
	expect(client.log).toEqual([]);
});

test("every field that is wrong is named, wherever it is", async () => {
	const Nested = defineOperation({
		...declaration,
		payload: v.object({ key: v.string(), rooms: v.array(v.object({ number: v.number() })) }),
	});
	const { error } = await Nested(fakeClient(), { key: 1, rooms: [{ number: 1 }, { number: "2" }] } as never);
	expect(error?.issues).toEqual([
		{ path: "key", expected: "string" },
		{ path: "rooms.1.number", expected: "number" },
	]);
});

test("what the schemas make of payload and answer is what is sent and answered", async () => {
	const Trim = defineOperation({
		...declaration,
		payload: v.object({ key: v.pipe(v.string(), v.trim()) }),
		success: v.pipe(
			v.object({ status: v.boolean() }),
			v.transform(({ status }) => (status ? "open" : "shut")),
		),
	});
	const client = fakeClient();
	expect((await Trim(client, { key: " k " })).data).toBe("open");
	expect(client.calls[0]?.payload).toEqual({ key: "k" });
});

test("an operation without payload takes its options second", async () => {
	const client = fakeClient();
	const { signal } = new AbortController();
	await Look(client, { signal, fetchOptions: { cache: "no-store" } });
	expect(client.calls[0]).toMatchObject({ payload: undefined, fetchOptions: { signal, cache: "no-store" } });
});

test("fetchOptions go through as they are", async () => {
	const client = fakeClient();
	await Open(client, { key: "k" }, { fetchOptions: { headers: { a: "b" }, query: { c: "d" } } });
	expect(client.calls[0]?.fetchOptions).toMatchObject({ headers: { a: "b" }, query: { c: "d" } });
});

test("the option signal comes before that of fetchOptions", async () => {
	const client = fakeClient();
	const { signal } = new AbortController();
	await Open(client, { key: "k" }, { signal, fetchOptions: { signal: AbortSignal.abort() } });
	expect(client.calls[0]?.fetchOptions.signal).toBe(signal);
});

test("the call's own plugins go along, before what the operation adds", async () => {
	const client = fakeClient();
	const own = { id: "own", name: "own" };
	await Look(client, { fetchOptions: { plugins: [own] } });
	await Look(client);
	const [given, none] = client.calls.map(({ fetchOptions }) => fetchOptions["plugins"]);
	expect(given).toEqual([own, expect.objectContaining({ hooks: expect.anything() })]);
	expect(none).toEqual([expect.objectContaining({ hooks: expect.anything() })]);
});

test("the app's own onError is awaited by the client that calls it", async () => {
	const order: string[] = [];
	const client = fakeClient(async (_, { onError }) => {
		await onError?.({ response: new Response(null, { status: 400 }) });
		order.push("client");
		return { data: null, error: { status: 400 } };
	});
	await Look(client, {
		fetchOptions: {
			onError: async () => {
				await new Promise((resolve) => setImmediate(resolve));
				order.push("app");
			},
		},
	});
	expect(order).toEqual(["app", "client"]);
});

test("the session signal is fired after the call and before the answer", async () => {
	const client = fakeClient();
	await Open(client, { key: "k" }).then(() => client.log.push("answer"));
	expect(client.log).toEqual(["call", "$sessionSignal", "answer"]);
});

test("the session signal is left to Better Auth where it fires it by itself", async () => {
	const client = fakeClient();
	await defineOperation({ ...declaration, betterAuthSignals: true })(client, { key: "k" });
	expect(client.log).toEqual(["call"]);
});

test("the session signal stays still where the session does not change", async () => {
	const client = fakeClient();
	await Look(client);
	expect(client.log).toEqual(["call"]);
});

test("the session signal stays still with disableSignal", async () => {
	const client = fakeClient();
	await Open(client, { key: "k" }, { fetchOptions: { disableSignal: true } });
	expect(client.log).toEqual(["call"]);
});

test("the session signal is fired where the answer of a mutation is unreadable", async () => {
	const client = fakeClient(() => ({ data: "<!doctype html>", error: null }));
	expect((await Open(client, { key: "k" })).error).toMatchObject({ kind: "invalid-response", applied: true });
	expect(client.log).toEqual(["call", "$sessionSignal"]);
});

describe("where a hook throws after a mutation has succeeded", () => {
	const throwing = () => {
		throw new Error("a hook's own");
	};
	const response = new Response();

	test("Better Auth has fired the signal by itself, unless it was the call's own hook, which comes first", async () => {
		const Signaled = defineOperation({ ...declaration, betterAuthSignals: true });
		const client = fakeClient(async (_, { onSuccess }) => {
			// Safe: as the operation hands it in.
			await (onSuccess as (context: object) => unknown)({ response });
			return throwing();
		});
		expect((await Signaled(client, { key: "k" })).error).toMatchObject({ kind: "callback", applied: true });
		expect(client.log).toEqual(["call"]);
		await Signaled(client, { key: "k" }, { fetchOptions: { onSuccess: throwing } });
		expect(client.log).toEqual(["call", "call", "$sessionSignal"]);
	});

	test("the operation fires the signal where Better Auth does not", async () => {
		const client = fakeClient(async (_, { onSuccess }) => {
			await (onSuccess as (context: object) => unknown)({ response });
			return throwing();
		});
		expect((await Open(client, { key: "k" })).error?.message).toBe("A hook threw.");
		expect(client.log).toEqual(["call", "$sessionSignal"]);
	});
});

test("what has no store, such as a server, has no signals, and nothing is thrown past the caller", async () => {
	const faults: unknown[] = [];
	const listen = (fault: unknown) => void faults.push(fault);
	process.on("unhandledRejection", listen);
	const { ask } = fakeClient();
	// Safe: of a client only this is called.
	expect((await Open({ ask } as Fake, { key: "k" })).error).toBeNull();
	await new Promise((resolve) => setImmediate(resolve));
	process.off("unhandledRejection", listen);
	expect(faults).toEqual([]);
});

test("the session signal stays still after a refusal", async () => {
	const client = fakeClient(() => ({ data: null, error: { status: 401 } }));
	expect((await Open(client, { key: "k" })).error?.kind).toBe("unauthorized");
	expect(client.log).toEqual(["call"]);
});

test("a bare answer, as of a client made with throw: true, is an answer", async () => {
	expect(await Look(fakeClient(() => ({ status: true })))).toEqual({ data: { status: true }, error: null });
});

test("a bare answer that has a field called data is not taken apart", async () => {
	const answer = { data: "more", status: true };
	expect(await Look(fakeClient(() => answer))).toEqual({ data: answer, error: null });
});

test.each([
	["an error", new Error("no")],
	["a word", "no"],
	["nothing", undefined],
	["null", null],
	["a number", 500],
])("%s thrown by a client is answered as a network error", async (_, thrown) => {
	const client = fakeClient(() => {
		throw thrown;
	});
	const { data, error } = await Look(client);
	expect(data).toBeNull();
	expect(error).toMatchObject({ kind: "network", operation: "door.open" });
});

test.each([undefined, null, 42, "", [], () => true])("%o is no answer", async (answer) => {
	expect((await Look(fakeClient(() => answer))).error?.kind).toBe("invalid-response");
});

test("an answer whose proof is false is a refusal", async () => {
	const Proven = defineOperation({ ...declaration, proof: "status" });
	const client = fakeClient(() => ({ data: { status: false }, error: null }));
	const { error } = await Proven(client, { key: "k" });
	expect(error).toMatchObject({ kind: "rejected", message: "door.open: The server answered false.", issues: [] });
	expect(client.log).toEqual(["call"]);
});

test("what is no client is said to be none", async () => {
	// Safe: what a page without types may pass.
	const { error } = await Open(undefined as unknown as Fake, { key: "k" });
	expect(error).toMatchObject({ kind: "invalid-input", message: "door.open: No client.", issues: [] });
});

test("two calls at once do not share what they know", async () => {
	const answers: (() => void)[] = [];
	const client = fakeClient(async (payload, { onError }) => {
		await new Promise<void>((resolve) => answers.push(resolve));
		const seconds = (payload as { key: string }).key;
		await onError?.({ response: new Response(null, { status: 429, headers: { "x-retry-after": seconds } }) });
		return { data: null, error: { status: 429 } };
	});
	const both = [Open(client, { key: "1" }), Open(client, { key: "2" })];
	for (const answer of answers.reverse()) answer();
	expect((await Promise.all(both)).map(({ error }) => error?.retryAfter)).toEqual([1, 2]);
});
