import type { OperationError, OperationErrorKind } from "../errors.js";
import type { Messages, PartialMessages } from "./messages.js";
import { fill } from "./say.js";
import { spoken } from "./spoken.js";

/** What went wrong, for a person to read. */
export interface ConnectedError {
	/** The kind of the store's error. */
	readonly kind: OperationErrorKind;
	/** What a person reads. */
	readonly text: string;
	/** What `retryProps` does: read again, or switch although the active account is signed out by it. */
	readonly retry: "refetch" | "leave-unlisted" | null;
}

export function problemOf(error: OperationError | null, messages: PartialMessages | undefined): ConnectedError | null {
	// A later click, the app itself or the end of the store came first: nothing went wrong.
	if (!error || /superseded|refused|destroyed/.test(error.kind)) return null;
	const { kind, operation } = error;
	const errors: Messages["errors"] = { ...spoken.errors, ...messages?.errors };
	const isUnlisted = kind === "active-unlisted";
	// Reads are refetch, the list and getSession; what else fails is named by its command.
	const retry = isUnlisted ? "leave-unlisted" : /fetch|list|getS/i.test(operation) ? "refetch" : null;
	return { kind, text: fill(errors[kind] ?? errors.other), retry };
}
