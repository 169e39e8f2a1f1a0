import type * as v from "valibot";
import type { StoreClient } from "./client.js";
import { failed, type Result } from "./errors.js";
import { toOperationError } from "./failure.js";
import { invalid } from "./invalid.js";
import type { Operation, OperationDefinition, OperationOptions, Schema } from "./operation-types.js";

export type { Operation, OperationDefinition, OperationOptions } from "./operation-types.js";

interface Answer {
	readonly data: unknown;
	readonly error?: unknown;
}

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
	const { operation, payload, mutatesSession, mutates = mutatesSession, betterAuthSignals } = definition;
	const run = async (client: Client, given?: unknown, more?: unknown): Promise<Result<v.InferOutput<Success>>> => {
		// Safe: the signature says what stands where; only the implementation is untyped.
		const options = ((payload ? more : given) ?? {}) as OperationOptions;
		const fetchOptions = options.fetchOptions ?? {};
		const { signal = fetchOptions.signal } = options;
		/** At once, and for nobody to await: a listener's own fault is the page's, not the caller's. */
		const fire = async () => {
			// Safe: every client of Better Auth has a store; what is none, such as a server, has no signals.
			if (mutatesSession && !fetchOptions.disableSignal)
				(client as Partial<StoreClient>).$store?.notify("$sessionSignal");
		};
		let isAsked = signal?.aborted;
		let checked: Checked | undefined;
		/** Hooks are being run: what is thrown meanwhile is the app's. Its name, where the call's own has ended well. */
		let hook: boolean | string | undefined;
		let response: Response | undefined;
		try {
			if (isAsked) throw signal?.reason;
			// A payload whose parts are all optional may be left out.
			checked = payload && check(payload, given === undefined && !check(payload, {}).issues ? {} : given);
			if (checked?.issues) return failed(invalid("invalid-input", operation, "Nothing was sent", checked.issues));
			// better-fetch calls the hooks of the call first, then those of the client, then those of the call's plugins. The
			// network can fail between the last `onRequest` and the first `onResponse`, and while the body is read after the last.
			const hooks: Record<string, unknown> = {};
			for (const name of ["onRequest", "onResponse", "onSuccess", "onError"])
				hooks[name] = async (context: { response?: Response }) => {
					({ response } = context);
					hook = true;
					// Safe: handed in as better-fetch takes them.
					const answer = await (fetchOptions[name] as ((context: object) => unknown) | undefined)?.(context);
					hook = name;
					return answer;
				};
			const over = () => {
				hook = false;
			};
			// Safe: the output of the payload's own schema.
			const answering = definition.call(client, checked?.value as never, {
				...fetchOptions,
				...hooks,
				plugins: [fetchOptions["plugins"] ?? [], { hooks: { onRequest: over, onResponse: over } }].flat(),
				// Safe: undefined is none to better-fetch.
				signal: signal as AbortSignal,
				// Whatever the client was made with.
				throw: false,
				retry: (!mutates && fetchOptions["retry"]) || 0,
			});
			isAsked = true;
			const answer = await answering;
			const asked = Object(answer) as Answer;
			// A client that throws answers the bare payload, any other one `{ data, error }`.
			const { data, error } = "data" in asked && "error" in asked ? asked : { data: answer };
			if (error) {
				// It was returned, so nothing has thrown.
				hook = false;
				throw error;
			}
			// Safe: asked for a property, of which nothing is taken for granted; none is called "undefined".
			if ((Object(data) as Record<string, unknown>)[definition.proof as string] === false)
				return failed(invalid("rejected", operation, "The server answered false", []));
			const { issues, value } = check(definition.success, data);
			if (!betterAuthSignals) fire();
			// Safe: the output of the answer's own schema.
			return issues
				? failed(
						invalid("invalid-response", operation, "Odd answer or wrong baseURL", issues, mutates && { applied: true }),
					)
				: { data: value as v.InferOutput<Success>, error: null };
		} catch (thrown) {
			// What is no client has nothing to call.
			if (!isAsked) return failed(invalid("invalid-input", operation, "No client", []));
			const applied = mutates && response?.ok;
			// Better Auth fires it after the call's own hook, which may be what threw.
			if (applied && !(betterAuthSignals && hook === "onSuccess")) fire();
			return failed(toOperationError(thrown, { ...definition, response, hook, signal, applied, sent: checked?.value }));
		}
	};
	// Safe: `run` reads its arguments as the two signatures of `Operation` lay them out.
	return Object.assign(run, definition) as unknown as Operation<Client, Payload, Success>;
}

type Checked = v.OutputDataset<unknown, v.BaseIssue<unknown>>;

/** As `v.safeParse`, which an operation would have to bring along. */
const check = (schema: Schema, value: unknown): Checked =>
	// Safe: Valibot answers its own datasets here, and at once, since its schemas are not async.
	schema["~run"]({ value }, {}) as Checked;
