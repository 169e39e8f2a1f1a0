import { expect, test } from "vitest";
import { retryIn } from "../../../../src/device-sessions/actors/retry.js";
import { toClock } from "../../../../src/device-sessions/page/clock.js";
import { OperationError, type OperationErrorKind } from "../../../../src/errors.js";
import { createTestClock } from "../../../../src/testing/clock.js";

const wait = (kind: OperationErrorKind, attempt: number, luck = 0.5, retryAfter?: number) =>
	retryIn(
		new OperationError(kind, "refetch", "It failed.", retryAfter === undefined ? {} : { retryAfter }),
		attempt,
		toClock(createTestClock(0, () => luck)),
	);

test.each<OperationErrorKind>(["network", "timeout", "server"])(
	"after %s a read is made again three times, each after twice as long",
	(kind) => {
		expect([0, 1, 2, 3].map((attempt) => wait(kind, attempt))).toEqual([1_000, 2_000, 4_000, null]);
	},
);

test("no two pages come back at once: chance draws how long", () => {
	expect(wait("network", 0, 0.9)).toBeGreaterThan(wait("network", 0, 0.1) ?? 0);
});

test.each<OperationErrorKind>(["unauthorized", "forbidden", "rejected", "invalid-response", "aborted", "callback"])(
	"after %s another read would do no better",
	(kind) => {
		expect(wait(kind, 0)).toBeNull();
	},
);

test("a server that says how long is taken at its word, whatever chance draws", () => {
	expect([wait("rate-limited", 0, 0.1, 7), wait("server", 1, 0.9, 7)]).toEqual([7_000, 7_000]);
});

test("a rate limit is waited for however often", () => {
	expect(wait("rate-limited", 9, 0.5, 7)).toBe(7_000);
	expect(wait("rate-limited", 3)).not.toBeNull();
});
