import type * as v from "valibot";
import type { FetchOptions } from "./client.js";
import type { WithCustomFields } from "./custom-fields.js";
import type { Result } from "./errors.js";

/** What an operation takes besides its payload. */
export interface OperationOptions {
	/** Aborts the request; the answer is then an error of kind `aborted`, or `timeout` for `AbortSignal.timeout()`. */
	readonly signal?: AbortSignal;
	/**
	 * Handed to the Better Auth client as they are, but for `throw` and `retry`: an operation returns its errors, and what
	 * changes something is sent once. A hook that throws is an error of kind `callback`.
	 */
	readonly fetchOptions?: FetchOptions;
}

export type Schema = v.GenericSchema<unknown, unknown>;

/** An operation, declared as data. */
export interface OperationDefinition<Client, Payload extends Schema | undefined, Success extends Schema> {
	/** Named as the client's call, `"multiSession.setActive"`: what `error.operation` says. */
	readonly operation: string;
	/** The plugin that brings the endpoint, `"multiSession"`: named where the server answers 404. */
	readonly plugin?: string;
	/** The schema of the payload; undefined for a call without one. */
	readonly payload: Payload;
	/** The schema of the answer. */
	readonly success: Success;
	/** Whether a success can change who is signed in, or what the session holds. */
	readonly mutatesSession: boolean;
	/** Whether a success changes anything at all, `mutatesSession` where left out: an unreadable answer then says `applied`. */
	readonly mutates?: boolean;
	/** The field of the answer that says whether the server did it, `"status"`: false is then an error of kind `rejected`. */
	readonly proof?: string;
	/** Better Auth's client fires the session signal after this call by itself. */
	readonly betterAuthSignals?: boolean;
	/** Makes the call. */
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
			...rest: Record<never, never> extends v.InferInput<Payload>
				? [payload?: v.InferInput<Payload>, options?: OperationOptions]
				: [payload: v.InferInput<Payload>, options?: OperationOptions]
		) => Promise<Result<WithCustomFields<Own, v.InferOutput<Success>>>>
	: <Own extends Client>(
			client: Own,
			options?: OperationOptions,
		) => Promise<Result<WithCustomFields<Own, v.InferOutput<Success>>>>) &
	Readonly<OperationDefinition<Client, Payload, Success>>;
