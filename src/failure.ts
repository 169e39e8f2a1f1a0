import { OperationError, type OperationErrorKind } from "./errors.js";

/** What is known where a call failed. */
export interface Failure {
	readonly operation: string;
	/** `"multiSession"` where the endpoint comes from a plugin: a 404 then names it. */
	readonly plugin?: string | undefined;
	readonly signal?: Pick<AbortSignal, "aborted" | "reason"> | undefined;
	/** The response, where one came. */
	readonly response?: Response | undefined;
	/** A hook of the app's threw. What it threw stays here, since it may hold a secret. */
	readonly hook?: boolean | string | undefined;
	/** A mutation was answered 2xx. */
	readonly applied?: boolean | undefined;
	/** What was sent: no part of a password, a token or a code may come back in a code. */
	readonly sent?: unknown;
}

/** Nothing is known of the properties' values, and anything can be asked for a property once it is an object. */
interface Answer {
	readonly status?: unknown;
	readonly code?: unknown;
	readonly error?: unknown;
	readonly name?: unknown;
}

/**
 * Turns whatever a Better Auth call answered as `error`, or threw, into an `OperationError` without secrets. A server's
 * own words never pass: it may repeat what was sent, in any spelling. Its code does.
 */
export function toOperationError(
	thrown: unknown,
	{ operation, plugin, signal, response, hook, applied, sent }: Failure,
): OperationError {
	const { aborted, reason } = signal ?? {};
	const answer: Answer = Object(hook ? response : thrown);
	const status = aborted && thrown === reason ? 0 : Number(answer.status);
	const answered = status >= 400;
	// A client that throws a BetterFetchError keeps the body in `error`.
	const { code: said }: Answer = Object(answered && (answer.error || answer));
	// Part of a secret that was sent, five letters or digits on end in upper or lower case, may stand in it. The words that codes are
	// made of do not count: a password may be made of them, too. Nor does a code have digits but at its end.
	const code =
		typeof said === "string" &&
		/^[A-Z_]{1,80}\d{0,3}$/.test(said) &&
		!Object.entries(Object(sent)).some(
			([key, part]) =>
				/word|oken|ode/.test(key) &&
				/^.*([a-z\d]{5}).*\n[\w\W]*\1/i.test(
					`${said.replace(/(PASSWORD|INVALID|SESSION|TOKEN|EMAIL)(?=_|$)/g, "")}\n${part}`,
				),
		) &&
		said;
	const { name }: Answer = Object(aborted ? reason : thrown);
	const kind = hook
		? "callback"
		: status >= 500
			? "server"
			: answered
				? status === 401 && said === "INVALID_SESSION_TOKEN"
					? "session-gone"
					: // Safe: the other statuses are not among its keys. Inside, since it costs less so.
						((
							{ 401: "unauthorized", 403: "forbidden", 429: "rate-limited" } as Partial<
								Record<number, OperationErrorKind>
							>
						)[status] ?? "rejected")
				: // better-fetch's own `timeout` aborts a controller that nobody else sees.
					name === "TimeoutError" || (name === "AbortError" && !aborted)
					? "timeout"
					: aborted
						? "aborted"
						: "network";
	// Better Auth tells in `X-Retry-After`, proxies in `Retry-After`; another origin's are hidden unless exposed.
	const told = response?.headers;
	const wait = /^\d+$/m.exec(`${told?.get("x-retry-after")}\n${told?.get("retry-after")}`);
	const message = hook
		? "A hook threw."
		: !answered
			? "No answer came."
			: status === 404 && plugin && !code
				? `Add ${plugin}() to the server and ${plugin}Client() to the client.`
				: `The server answered ${code || status}.`;
	return new OperationError(kind, operation, message, {
		...(answered && { status }),
		...(code && { code }),
		...(applied && { applied }),
		...(status === 429 && wait && { retryAfter: Number(wait) }),
	});
}
