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
	network: "No answer came.",
	timeout: "No answer came in time.",
	aborted: "It was aborted.",
};

const kinds: Partial<Record<number, OperationErrorKind>> = {
	401: "unauthorized",
	403: "forbidden",
	429: "rate-limited",
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
	const { aborted, reason } = signal ?? {};
	const answer = properties(thrown);
	const status = aborted && thrown === reason ? 0 : Number(answer.status);
	const answered = status >= 400;
	// A client made with `throw: true` throws a BetterFetchError, which keeps the body in `error`.
	const body = properties(answered && (answer.error || thrown));
	/** Such a text, unless what was sent is part of it. */
	const told = (text: unknown, form: RegExp, edge = "") =>
		typeof text === "string" &&
		form.test(text) &&
		!secrets.some((secret) => (edge + text + edge).includes(edge + secret + edge)) &&
		text;
	// A code may be made of what was sent, part by part.
	const code = told(body.code, /^[A-Z][A-Z0-9_]{0,79}$/, "_");
	const gone = status === 401 && body.code === "INVALID_SESSION_TOKEN";
	const { name } = aborted ? properties(reason) : answer;
	// better-fetch's own `timeout` aborts a controller that nobody else sees.
	const late = name === "TimeoutError" || (!aborted && name === "AbortError");
	const kind = !answered
		? late
			? "timeout"
			: aborted
				? "aborted"
				: "network"
		: status >= 500
			? "server"
			: gone
				? "session-gone"
				: (kinds[status] ?? "rejected");
	// The server's own words, unless they could hold a secret: what was sent, or a long run as tokens are.
	const said = code && !gone && status < 500 && told(body.message, /^(?!.*[\w-]{24}).{1,300}$/);
	// Better Auth tells in `X-Retry-After`, proxies in `Retry-After`; another origin's are hidden unless exposed.
	const wait = headers?.get("x-retry-after") ?? headers?.get("retry-after") ?? "";
	const missing =
		status === 404 && plugin && !code && `Add ${plugin}() to the server and ${plugin}Client() to the client.`;
	return new OperationError(kind, operation, missing || said || (sentences[kind] ?? "The server refused."), {
		...(answered && { status }),
		...(code && { code }),
		...(status === 429 && /^\d{1,9}$/.test(wait) && { retryAfter: Number(wait) }),
	});
}
