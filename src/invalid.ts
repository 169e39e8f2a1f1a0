import type * as v from "valibot";
import { OperationError, type OperationErrorDetails, type OperationErrorKind } from "./errors.js";
import { echoes, textsIn } from "./secrets.js";

/**
 * Valibot's issues carry the rejected value, a password perhaps: only path and expectation leave here, without a key that
 * holds a secret of the value or is as long as one.
 */
export function invalid(
	kind: OperationErrorKind,
	operation: string,
	what: string,
	found: readonly v.BaseIssue<unknown>[],
	details?: OperationErrorDetails | false,
): OperationError {
	const issues = found.slice(0, 9).map(({ path, expected, type }) => {
		const secrets = textsIn(path?.[0].input).filter(({ isSecret }) => isSecret);
		const mask = (text: string) =>
			/[\w-]{24}/.test(text) || secrets.some((secret) => echoes(text, secret.text, true)) ? "*" : text;
		return {
			path: path?.map(({ key }) => mask(String(key))).join(".") ?? "",
			expected: mask(expected ?? type),
		};
	});
	const list = issues.map((issue) => `${issue.path} should be ${issue.expected}`).join("; ");
	return new OperationError(kind, operation, `${operation}: ${what}${list && ": "}${list}.`, { issues, ...details });
}
