import { OperationError, type OperationErrorDetails, type OperationErrorKind } from "./errors.js";

/** As Valibot has it: what is wrong, and where. */
export interface Issue {
	readonly path?: readonly { readonly key: unknown }[] | undefined;
	readonly expected?: string | null;
	readonly type: string;
}

/**
 * Valibot's issues carry the rejected value, a password perhaps: only path and expectation leave here. A key that is
 * neither a plain, short name nor an index may be a token: it is `*`.
 */
export function invalid(
	kind: OperationErrorKind,
	operation: string,
	what: string,
	found: readonly Issue[],
	details?: OperationErrorDetails | false,
): OperationError {
	const issues = found.slice(0, 9).map(({ path, expected, type }) => ({
		path: path?.map(({ key }) => (/^([a-z_]{1,30}|\d{1,4})$/i.test(key as string) ? key : "*")).join(".") ?? "",
		expected: expected ?? type,
	}));
	const list = [what, ...issues.map((issue) => `${issue.path} should be ${issue.expected}`)].join(": ");
	return new OperationError(kind, operation, `${operation}: ${list}.`, { issues, ...details });
}
