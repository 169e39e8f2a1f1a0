import { OperationError, type OperationErrorKind } from "./errors.js";

/** What is known where a call failed. */
export interface Failure {
	readonly operation: string;
	/** `"multiSession"` where the endpoint comes from a plugin: a 404 then names it. */
	readonly plugin?: string | undefined;
	readonly signal?: AbortSignal | undefined;
	/** The headers of the refusing response, where one came. */
	readonly headers?: Headers | undefined;
	/** Every string that was sent: none of them may come back in a message. */
	readonly secrets: readonly string[];
}

const sentences: Partial<Record<OperationErrorKind, string>> = {
	unauthorized: "Nobody is signed in.",
	"session-gone": "This account is signed out.",
	"rate-limited": "Too many requests.",
	server: "The server failed.",
	network: "No server was reached.",
	timeout: "The server took too long.",
	aborted: "The request was aborted.",
};

interface Answer {
	readonly status?: unknown;
	readonly code?: unknown;
	readonly message?: unknown;
	readonly error?: unknown;
	readonly name?: unknown;
}
// Safe: nothing is known of the properties' values, and anything can be asked for a property once it is an object.
const properties = (value: unknown): Answer => Object(value) as Answer;

/** Turns whatever a Better Auth call answered as `error`, or threw, into an `OperationError` without secrets. */
export function toOperationError(
	thrown: unknown,
	{ operation, plugin, signal, headers, secrets }: Failure,
): OperationError {
	const answer = properties(thrown);
	const status = Number(answer.status) || 0;
	const aborted = signal?.aborted;
	if (status < 400 || (aborted && thrown === signal.reason)) {
		const { name } = properties(aborted ? signal.reason : thrown);
		// better-fetch's own `timeout` aborts a controller that nobody else sees.
		const late = name === "TimeoutError" || (!aborted && name === "AbortError");
		const kind = late ? "timeout" : aborted ? "aborted" : "network";
		return new OperationError(kind, operation, sentences[kind] ?? "");
	}
	// A client made with `throw: true` throws a BetterFetchError, which keeps the body in `error`.
	const body = answer.error ? properties(answer.error) : answer;
	const kind = toKind(status, body.code);
	// A code may be made of what was sent, part by part.
	const isSent = (part: string) => `_${body.code}_`.includes(`_${part}_`);
	const code =
		typeof body.code === "string" && /^[A-Z][A-Z0-9_]{0,79}$/.test(body.code) && !secrets.some(isSent)
			? body.code
			: undefined;
	// Better Auth tells in `X-Retry-After`, proxies in `Retry-After`; another origin's are hidden unless exposed.
	const seconds = /^\d{1,9}$/.exec(headers?.get("x-retry-after") ?? headers?.get("retry-after") ?? "")?.[0];
	const said = code && kind !== "session-gone" && status < 500 && body.message;
	let message = sentences[kind] ?? "The server refused.";
	if (status === 404 && plugin && !code) {
		message = `No ${operation} there: add ${plugin}() to the server and ${plugin}Client() to the client.`;
	} else if (
		typeof said === "string" &&
		/^.{1,300}$/.test(said) &&
		!/[\w-]{24,}/.test(said) &&
		!secrets.some((secret) => said.includes(secret))
	) {
		// The server's own words, unless they could hold a secret: what was sent, or a long run as tokens are.
		message = said;
	}
	return new OperationError(kind, operation, message, {
		status,
		...(code && { code }),
		...(seconds && kind === "rate-limited" && { retryAfter: Number(seconds) }),
	});
}

function toKind(status: number, code: unknown): OperationErrorKind {
	if (status >= 500) return "server";
	if (status === 401) return code === "INVALID_SESSION_TOKEN" ? "session-gone" : "unauthorized";
	if (status === 403) return "forbidden";
	return status === 429 ? "rate-limited" : "rejected";
}
