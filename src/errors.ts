/**
 * Why an operation or a command failed. Switch over it; the list is closed.
 *
 * | kind | meaning |
 * |---|---|
 * | `invalid-input` | the payload, an id or an option is not of the form asked for; nothing was sent |
 * | `unauthorized` | 401: nobody is signed in |
 * | `session-gone` | 401 `INVALID_SESSION_TOKEN`: that account is no longer signed in on this device |
 * | `forbidden` | 403, a wrong `Origin` for one |
 * | `rate-limited` | 429; `retryAfter` says how many seconds to wait, where the server told |
 * | `rejected` | any other 4xx; a 404 without a code names the plugin that is missing |
 * | `server` | 5xx; or a fault of this package, whose message begins with "Internal error" |
 * | `network` | no answer came |
 * | `timeout` | no answer came in time |
 * | `aborted` | the caller's own `signal` |
 * | `invalid-response` | the answer has another shape; `applied` is true where a mutation had succeeded all the same |
 * | `superseded` | a newer switch took this one's place before it was sent |
 * | `refused` | `onBeforeSwitch` answered false |
 * | `callback` | a function of yours threw or took too long |
 * | `busy` | another tab of this device held the lock for too long; nothing was sent |
 * | `conflict` | the server came back to the old account twice |
 * | `partial` | some accounts were signed out (`revoked`), some were not (`failed`) |
 * | `active-unlisted` | the active account is missing from the device list: a plain switch would lose it |
 * | `unknown-session` | no account of this device has that id |
 * | `destroyed` | `destroy()` was called |
 */
export type OperationErrorKind =
	| "invalid-input"
	| "unauthorized"
	| "session-gone"
	| "forbidden"
	| "rate-limited"
	| "rejected"
	| "server"
	| "network"
	| "timeout"
	| "aborted"
	| "invalid-response"
	| "superseded"
	| "refused"
	| "callback"
	| "busy"
	| "conflict"
	| "partial"
	| "active-unlisted"
	| "unknown-session"
	| "destroyed";

/** One thing that was wrong with a value: where, and what was expected there. Never the value itself. */
export interface OperationIssue {
	/** Dot path into the value, `"0.session.token"`; empty for the value itself. */
	readonly path: string;
	/** What Valibot expected there, `"string"`. */
	readonly expected: string;
}

/** What is known of a failure besides its kind. */
export interface OperationErrorDetails {
	/** HTTP status. */
	readonly status?: number;
	/** The server's code, `"INVALID_SESSION_TOKEN"`. */
	readonly code?: string;
	/** Seconds to wait before the next try. */
	readonly retryAfter?: number;
	/** What was wrong with the payload or the answer. */
	readonly issues?: readonly OperationIssue[];
	/** True where the server had answered 2xx to a mutation: it may have taken effect all the same. */
	readonly applied?: boolean;
	/** Of a `partial` failure: the row ids that were signed out. */
	readonly revoked?: readonly string[];
	/** Of a `partial` failure: the row ids that were not, and why. */
	readonly failed?: readonly { readonly id: string; readonly error: OperationError }[];
	/** What a function that the store was given threw. What a server answered or a hook of `fetchOptions` threw is never here. */
	readonly cause?: unknown;
}

/**
 * The one error of this package. Operations and commands answer it and never throw; only `createDeviceSessions` throws
 * it, at once, for a bad client or option. It holds no token, password or code.
 *
 * @example
 * const { error } = await deviceSessions.setActive(id);
 * if (error?.kind === "session-gone") showSignIn();
 */
export class OperationError extends Error implements OperationErrorDetails {
	/** The name of every error of this package. */
	override readonly name = "OperationError";
	/** What kind of failure it is: what code looks at. */
	declare readonly kind: OperationErrorKind;
	/** Which operation or command failed, `"multiSession.setActive"`. */
	declare readonly operation: string;
	declare readonly status?: number;
	declare readonly code?: string;
	declare readonly retryAfter?: number;
	declare readonly issues?: readonly OperationIssue[];
	declare readonly applied?: boolean;
	declare readonly revoked?: readonly string[];
	declare readonly failed?: readonly { readonly id: string; readonly error: OperationError }[];

	constructor(kind: OperationErrorKind, operation: string, message: string, details?: OperationErrorDetails) {
		super(message, details);
		Object.assign(this, { kind, operation }, details);
	}
}

/** What every operation and command answers: one of the two is null, as with the Better Auth client. */
export type Result<T> = { data: T; error: null } | { data: null; error: OperationError };

export const ok = <T>(data: T): Result<T> => ({ data, error: null });
export const failed = (error: OperationError): { data: null; error: OperationError } => ({ data: null, error });

/**
 * What a part of ours threw that returns its errors. Anything else is a fault of our own, and its message may hold what
 * it stumbled over: only its name is told. To the app it is what a 500 is: nobody knows what became of the request.
 */
export function toFault(operation: string, thrown: unknown): OperationError {
	if (thrown instanceof OperationError) return thrown;
	const name = /^[A-Z][a-z]*Error$/.exec(thrown instanceof Error ? thrown.name : "") ?? "no Error";
	return new OperationError("server", operation, `Internal error: ${name} was thrown in ${operation}.`);
}

export const unknownSession = (operation: string): OperationError =>
	new OperationError("unknown-session", operation, "No account with this id is signed in on this device.");

export const destroyed = (): OperationError => new OperationError("destroyed", "destroy", "The store was destroyed.");
