import { expect, test } from "vitest";
import { OperationError, toFault } from "../../src/errors.js";

test("it is an Error with a name, a kind, an operation and a message for people", () => {
	const error = new OperationError("server", "getSession", "The server failed.");
	expect(error).toBeInstanceOf(Error);
	expect(error).toMatchObject({ name: "OperationError", kind: "server", operation: "getSession" });
	expect(String(error)).toBe("OperationError: The server failed.");
});

test("what is not known is not there", () => {
	const error = new OperationError("network", "getSession", "");
	for (const detail of ["status", "code", "retryAfter", "issues", "applied", "revoked", "failed", "cause"])
		expect(error).not.toHaveProperty(detail);
});

test("what is known of it can be logged as JSON", () => {
	const error = new OperationError("rate-limited", "signOut", "", { status: 429, code: "SLOW_DOWN", retryAfter: 3 });
	expect(JSON.parse(JSON.stringify(error))).toMatchObject({
		kind: "rate-limited",
		operation: "signOut",
		status: 429,
		code: "SLOW_DOWN",
		retryAfter: 3,
	});
});

test("what a callback threw is the cause, which JSON leaves out", () => {
	const cause = new Error("private");
	const error = new OperationError("callback", "setActive", "", { cause });
	expect(error.cause).toBe(cause);
	expect(JSON.stringify(error)).not.toContain("private");
});

test("a fault of our own is no callback of the app's, and tells nothing of what it stumbled over", () => {
	const error = toFault("refetch", new TypeError("a-token is not a function"));
	expect(error).toMatchObject({ kind: "server", operation: "refetch" });
	expect(error.message).toBe("Internal error: TypeError was thrown in refetch.");
	expect([error.status, error.cause, String(error.stack).includes("a-token")]).toEqual([undefined, undefined, false]);
	expect(toFault("refetch", "a-token").message).not.toContain("a-token");
});

test("what is an OperationError already stays what it is", () => {
	const error = new OperationError("busy", "setActive", "");
	expect(toFault("refetch", error)).toBe(error);
});
