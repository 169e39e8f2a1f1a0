import type * as v from "valibot";
import type { FetchOptions } from "./client.js";
import type { WithCustomFields } from "./custom-fields.js";
import { failed, ok, type Result } from "./errors.js";
import { toOperationError } from "./failure.js";
import { invalid } from "./invalid.js";
import { isObject } from "./is-object.js";
import { fireSignal } from "./signal.js";

/** What an operation takes besides its payload. */
export interface OperationOptions {
	/** Aborts the request; the answer is then an error of kind `aborted`, or `timeout` for `AbortSignal.timeout()`. */
	readonly signal?: AbortSignal;
	/** Handed to the Better Auth client as they are. */
	readonly fetchOptions?: FetchOptions;
}

type Schema = v.GenericSchema<unknown, unknown>;

/** An operation, declared as data. */
export interface OperationDefinition<Client, Payload extends Schema | undefined, Success extends Schema> {
	/** Named as the client's call, `"multiSession.setActive"`: what `error.operation` says. */
	readonly operation: string;
	/** The plugin that brings the endpoint, `"multiSession"`: named where the server answers 404. */
	readonly plugin?: string;
	readonly payload: Payload;
	readonly success: Success;
	/** Whether a success can change who is signed in, or what the session holds. */
	readonly mutatesSession: boolean;
	/** Whether a success changes anything at all, `mutatesSession` where left out: an unreadable answer then says `applied`. */
	readonly mutates?: boolean;
	/** Better Auth's client fires the session signal after this call by itself. */
	readonly betterAuthSignals?: boolean;
	readonly call: (
		client: Client,
		payload: Payload extends Schema ? v.InferOutput<Payload> : undefined,
		fetchOptions: FetchOptions,
	) => Promise<unknown>;
}

/**
 * A call of the Better Auth client with its payload and its answer checked. It answers, it never throws. Columns of the
 * app's own that the client's type knows are in the answer's type, too.
 */
export type Operation<Client, Payload extends Schema | undefined, Success extends Schema> = (Payload extends Schema
	? <Own extends Client>(
			client: Own,
			payload: v.InferInput<Payload>,
			options?: OperationOptions,
		) => Promise<Result<WithCustomFields<Own, v.InferOutput<Success>>>>
	: <Own extends Client>(
			client: Own,
			options?: OperationOptions,
		) => Promise<Result<WithCustomFields<Own, v.InferOutput<Success>>>>) &
	Readonly<OperationDefinition<Client, Payload, Success>>;

/**
 * Turns a declaration into an operation: the payload is checked (nothing is sent where it is bad), the call made, a
 * failure mapped to an `OperationError`, the answer checked, and the session signal fired once where the session
 * changed and Better Auth does not fire it by itself.
 *
 * @example
 * const Revoke = defineOperation({
 * 	operation: "multiSession.revoke",
 * 	payload: v.object({ sessionToken: v.string() }),
 * 	success: v.looseObject({ status: v.boolean() }),
 * 	mutatesSession: true,
 * 	call: (client: MultiSessionClient, payload, fetchOptions) => client.multiSession.revoke({ ...payload, fetchOptions }),
 * });
 * const { data, error } = await Revoke(authClient, { sessionToken });
 */
// For Rollup. esbuild and webpack do not read this mark across files: for them, each operation has a file of its own and
// package.json says `sideEffects: false`. So two operations in one file would come as a pair.
/* @__NO_SIDE_EFFECTS__ */
export function defineOperation<Client extends object, Payload extends Schema | undefined, Success extends Schema>(
	definition: OperationDefinition<Client, Payload, Success>,
): Operation<Client, Payload, Success> {
	const { operation, plugin, mutatesSession, mutates = mutatesSession } = definition;
	const run = async (client: Client, ...rest: unknown[]): Promise<Result<v.InferOutput<Success>>> => {
		const payload = definition.payload && check(definition.payload, rest.shift());
		if (payload?.issues) return failed(invalid("invalid-input", operation, "Nothing was sent", payload.issues));
		// The signature says what stands where; only the implementation is untyped.
		const { fetchOptions, signal = fetchOptions?.signal } = (rest[0] ?? {}) as OperationOptions;
		let headers: Headers | undefined;
		const fail = (thrown: unknown) =>
			failed(
				toOperationError(thrown, {
					operation,
					plugin,
					signal,
					headers,
					secrets: strings([
						payload?.value,
						fetchOptions?.["headers"],
						fetchOptions?.["query"],
						fetchOptions?.["auth"],
					]),
				}),
			);
		if (signal?.aborted) return fail(signal.reason);
		let answer: unknown;
		try {
			// Safe: the output of the payload's own schema.
			answer = await definition.call(client, payload?.value as never, {
				...fetchOptions,
				...(signal && { signal }),
				onError(context) {
					headers = context.response?.headers;
					return fetchOptions?.onError?.(context);
				},
			});
		} catch (thrown) {
			return fail(thrown);
		}
		const { data, error } = unwrap(answer);
		if (error) return fail(error);
		if (mutatesSession && !definition.betterAuthSignals && !fetchOptions?.disableSignal) fireSignal(client);
		const success = check(definition.success, data);
		// Safe: the output of the answer's own schema.
		if (!success.issues) return ok(success.value as v.InferOutput<Success>);
		const what = typeof data === "string" ? "No JSON came: wrong baseURL" : "An odd answer came";
		return failed(invalid("invalid-response", operation, what, success.issues, mutates && { applied: true }));
	};
	// Safe: `run` reads its arguments as the two signatures of `Operation` lay them out.
	return Object.assign(run, definition) as unknown as Operation<Client, Payload, Success>;
}

/** As `v.safeParse`, which an operation would have to bring along: every schema carries this. */
const check = (schema: Schema, value: unknown) =>
	// Safe: Valibot answers its own datasets here, and at once, since its schemas are not async.
	schema["~standard"].validate(value) as v.OutputDataset<unknown, v.BaseIssue<unknown>>;

/** A client made with `throw: true` answers the bare payload, any other one `{ data, error }`. */
function unwrap(answer: unknown): { data: unknown; error?: unknown } {
	return isObject(answer) && "data" in answer && "error" in answer ? answer : { data: answer };
}

/** Every string in what was sent: objects, lists, Headers and the like. */
function strings(value: unknown): string[] {
	if (!isObject(value)) return value && typeof value === "string" ? [value] : [];
	// Safe: what has an iterator is iterable.
	return [...(Symbol.iterator in value ? (value as Iterable<unknown>) : Object.values(value))].flatMap(strings);
}
