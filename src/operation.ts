import * as v from "valibot";
import type { FetchOptions, StoreClient } from "./client.js";
import { failed, OperationError, type OperationIssue, ok, type Result } from "./errors.js";
import { toOperationError } from "./failure.js";

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
	/** Whether a success changes who is signed in, or what the session holds. */
	readonly mutatesSession: boolean;
	/** Better Auth's client fires the session signal after this call by itself. */
	readonly signalled?: boolean;
	readonly call: (
		client: Client,
		payload: Payload extends Schema ? v.InferOutput<Payload> : undefined,
		fetchOptions: FetchOptions,
	) => Promise<unknown>;
}

/** A call of the Better Auth client with its payload and its answer checked. It answers, it never throws. */
export type Operation<Client, Payload extends Schema | undefined, Success extends Schema> = (Payload extends Schema
	? (
			client: Client,
			payload: v.InferInput<Payload>,
			options?: OperationOptions,
		) => Promise<Result<v.InferOutput<Success>>>
	: (client: Client, options?: OperationOptions) => Promise<Result<v.InferOutput<Success>>>) &
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
export function defineOperation<Client extends StoreClient, Payload extends Schema | undefined, Success extends Schema>(
	definition: OperationDefinition<Client, Payload, Success>,
): Operation<Client, Payload, Success> {
	const run = async (client: Client, ...rest: unknown[]): Promise<Result<v.InferOutput<Success>>> => {
		const { operation, mutatesSession } = definition;
		const input = definition.payload ? rest[0] : undefined;
		// The signature above says what stands where; only the implementation is untyped.
		const options = (definition.payload ? rest[1] : rest[0]) as OperationOptions | undefined;
		const parsed = definition.payload && v.safeParse(definition.payload, input);
		if (parsed && !parsed.success) {
			const issues = toIssues(parsed.issues);
			return failed(
				new OperationError("invalid-input", operation, describe(`${operation} was not sent`, issues), { issues }),
			);
		}
		const signal = options?.signal ?? options?.fetchOptions?.signal;
		const fetchOptions = options?.fetchOptions;
		let headers: Headers | undefined;
		const fail = (thrown: unknown) =>
			failed(
				toOperationError(thrown, {
					operation,
					plugin: definition.plugin,
					signal,
					headers,
					secrets: strings(parsed?.output),
				}),
			);
		if (signal?.aborted) return fail(signal.reason);
		let answer: unknown;
		try {
			// Safe: the output of the payload's own schema.
			answer = await definition.call(client, parsed?.output as never, {
				...fetchOptions,
				...(signal && { signal }),
				onError: (context) => {
					headers = context.response?.headers;
					return fetchOptions?.onError?.(context);
				},
			});
		} catch (thrown) {
			return fail(thrown);
		}
		const body = unwrap(answer);
		if (body.error) return fail(body.error);
		if (mutatesSession && !definition.signalled && !fetchOptions?.disableSignal)
			client.$store?.notify("$sessionSignal");
		const success = v.safeParse(definition.success, body.data);
		if (success.success) return ok(success.output);
		const issues = toIssues(success.issues);
		const what =
			typeof body.data === "string"
				? `${operation} got a page instead of JSON (is the baseURL right?)`
				: `${operation} got an unexpected answer`;
		return failed(
			new OperationError("invalid-response", operation, describe(what, issues), {
				issues,
				...(mutatesSession && { applied: true }),
			}),
		);
	};
	// Safe: `run` reads its arguments as the two signatures of `Operation` lay them out.
	return Object.assign(run, definition) as unknown as Operation<Client, Payload, Success>;
}

/** A client made with `throw: true` answers the bare payload, any other one `{ data, error }`. */
function unwrap(answer: unknown): { data: unknown; error?: unknown } {
	return typeof answer === "object" && answer !== null && "data" in answer && "error" in answer
		? answer
		: { data: answer };
}

/** Valibot's issues carry the rejected value, a password perhaps: only path and expectation leave here. */
export function toIssues(issues: readonly v.BaseIssue<unknown>[]): OperationIssue[] {
	return issues.map((issue) => ({ path: v.getDotPath(issue) ?? "", expected: issue.expected ?? issue.type }));
}

/** `what: path: expected …`, for people who debug. */
export function describe(what: string, issues: readonly OperationIssue[]): string {
	return `${what}: ${issues.map(({ path, expected }) => `${path ? `${path}: ` : ""}expected ${expected}`).join("; ")}.`;
}

function strings(value: unknown): string[] {
	if (typeof value === "string") return value ? [value] : [];
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}
