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
	"session-gone": "This account is no longer signed in on this device.",
	forbidden: "The server refused this request. Is this page's origin among its trustedOrigins?",
	rejected: "The server refused this request.",
	server: "The server failed. Try again later.",
	network: "The server could not be reached. Is this device online?",
	timeout: "The server did not answer in time.",
	aborted: "The request was aborted.",
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Turns whatever a Better Auth call answered as `error`, or threw, into an `OperationError` without secrets. */
export function toOperationError(thrown: unknown, failure: Failure): OperationError {
	const { operation, plugin, signal, headers, secrets } = failure;
	const answer = isRecord(thrown) ? thrown : {};
	const status = typeof answer["status"] === "number" ? answer["status"] : 0;
	if (status < 400) {
		const kind = noAnswer(answer, signal);
		return new OperationError(kind, operation, sentences[kind] ?? kind);
	}
	// A client made with `throw: true` throws a BetterFetchError, which keeps the body in `error`.
	const body = isRecord(answer["error"]) ? answer["error"] : answer;
	const code = readCode(body["code"], secrets);
	const kind = refusal(status, code);
	const retryAfter = kind === "rate-limited" ? readSeconds(headers) : undefined;
	let message = sentences[kind] ?? "";
	if (kind === "rate-limited") {
		message = retryAfter === undefined ? "Too many requests." : `Too many requests. Try again in ${retryAfter} s.`;
	} else if (status === 404 && plugin && !code) {
		message = `The server has no endpoint for ${operation}: add ${plugin}() to the server's plugins and ${plugin}Client() to the client's.`;
	} else if (code && kind !== "session-gone" && status < 500) {
		message = readMessage(body["message"], secrets) ?? message;
	}
	return new OperationError(kind, operation, message, {
		status,
		...(code !== undefined && { code }),
		...(retryAfter !== undefined && { retryAfter }),
	});
}

function noAnswer(thrown: Record<string, unknown>, signal: AbortSignal | undefined): OperationErrorKind {
	if (signal?.aborted)
		return isRecord(signal.reason) && signal.reason["name"] === "TimeoutError" ? "timeout" : "aborted";
	// better-fetch's own `timeout` aborts a controller that nobody else sees.
	return thrown["name"] === "AbortError" || thrown["name"] === "TimeoutError" ? "timeout" : "network";
}

function refusal(status: number, code: string | undefined): OperationErrorKind {
	if (status >= 500) return "server";
	if (status === 401) return code === "INVALID_SESSION_TOKEN" ? "session-gone" : "unauthorized";
	if (status === 403) return "forbidden";
	return status === 429 ? "rate-limited" : "rejected";
}

/** Better Auth tells in `X-Retry-After`, proxies in `Retry-After`; another origin's are hidden unless exposed. */
function readSeconds(headers: Headers | undefined): number | undefined {
	const text = headers?.get("x-retry-after") ?? headers?.get("retry-after");
	return text && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function readCode(code: unknown, secrets: readonly string[]): string | undefined {
	return typeof code === "string" && /^[A-Z][A-Z0-9_]{0,79}$/.test(code) && !secrets.includes(code) ? code : undefined;
}

/** The server's own words, unless they could hold a secret: something that was sent, or a long run as tokens are. */
function readMessage(message: unknown, secrets: readonly string[]): string | undefined {
	if (typeof message !== "string" || message === "" || message.length > 300) return undefined;
	return /[\w-]{24,}/.test(message) || secrets.some((secret) => message.includes(secret)) ? undefined : message;
}
