import { OperationError, type OperationErrorKind } from "./errors.js";
import { isClean, isEcho, type NamedText } from "./secrets.js";

/** What is known where a call failed. */
export interface Failure {
	readonly operation: string;
	/** `"multiSession"` where the endpoint comes from a plugin: a 404 then names it. */
	readonly plugin?: string | undefined;
	readonly signal?: Pick<AbortSignal, "aborted" | "reason"> | undefined;
	/** The headers of the refusing response, where one came. */
	readonly headers?: Headers | undefined;
	/** A mutation was answered 2xx. */
	readonly applied?: boolean | undefined;
	/** Every text that was sent: none of them may come back in a message. */
	readonly secrets: readonly NamedText[];
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

/** @param name of what was thrown, or of the reason of the abort */
function kindOf(status: number, code: unknown, name: unknown, isAborted: boolean | undefined): OperationErrorKind {
	if (status >= 500) return "server";
	if (status === 401 && code === "INVALID_SESSION_TOKEN") return "session-gone";
	if (status >= 400) return kinds[status] ?? "rejected";
	// better-fetch's own `timeout` aborts a controller that nobody else sees.
	if (name === "TimeoutError" || (name === "AbortError" && !isAborted)) return "timeout";
	return isAborted ? "aborted" : "network";
}

/** Better Auth's codes are sentences: of `PASSWORD_TOO_SHORT` it is "The server refused: password too short.". */
const inWords = (code: string): string => `The server refused: ${code.toLowerCase().replaceAll("_", " ")}.`;

/** Turns whatever a Better Auth call answered as `error`, or threw, into an `OperationError` without secrets. */
export function toOperationError(
	thrown: unknown,
	{ operation, plugin, signal, headers, applied, secrets }: Failure,
): OperationError {
	const { aborted, reason } = signal ?? {};
	const answer = properties(thrown);
	const status = aborted && thrown === reason ? 0 : Number(answer.status);
	const answered = status >= 400;
	// A client that throws a BetterFetchError keeps the body in `error`.
	const body = properties(answered && (answer.error || thrown));
	const code =
		typeof body.code === "string" &&
		/^(?=.{1,80}$)[A-Z][A-Z0-9]{0,23}(_[A-Z0-9]{1,23})*_?$/.test(body.code) &&
		!secrets.some((sent) => isEcho(String(body.code), sent)) &&
		body.code;
	const kind = kindOf(status, body.code, properties(aborted ? reason : thrown).name, aborted);
	const isTold = code && status < 500 && kind !== "session-gone";
	const { message } = body;
	// The server's own words, where no secret was sent and they repeat nothing else.
	const said =
		isTold &&
		typeof message === "string" &&
		/^.{1,300}$/.test(message) &&
		!secrets.some(({ isSecret }) => isSecret) &&
		isClean(message, secrets) &&
		message;
	const missing =
		status === 404 && plugin && !code && `Add ${plugin}() to the server and ${plugin}Client() to the client.`;
	// Better Auth tells in `X-Retry-After`, proxies in `Retry-After`; another origin's are hidden unless exposed.
	const wait = headers?.get("x-retry-after") ?? headers?.get("retry-after") ?? "";
	const own = isTold ? inWords(code) : (sentences[kind] ?? "The server refused.");
	return new OperationError(kind, operation, missing || said || own, {
		...(answered && { status }),
		...(code && { code }),
		...(applied && { applied }),
		...(status === 429 && /^\d{1,9}$/.test(wait) && { retryAfter: Number(wait) }),
	});
}
