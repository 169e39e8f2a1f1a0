import { expect, test } from "vitest";
import { mayPass, pauseAfter } from "../../../../src/device-sessions/actors/retry.js";
import { OperationError, type OperationErrorKind } from "../../../../src/errors.js";

const failure = (kind: OperationErrorKind, retryAfter?: number) =>
	new OperationError(kind, "refetch", "It failed.", retryAfter === undefined ? {} : { retryAfter });
const pause = (attempt: number, { luck = 0, retryAfter }: { luck?: number; retryAfter?: number } = {}) =>
	pauseAfter(failure("server", retryAfter), attempt, { random: () => luck });

test.each<OperationErrorKind>(["network", "timeout", "server"])("after %s a read is made again three times", (kind) => {
	expect([0, 1, 2, 3].map((attempt) => mayPass(failure(kind), attempt))).toEqual([true, true, true, false]);
});

test.each<OperationErrorKind>(["unauthorized", "forbidden", "rejected", "invalid-response", "aborted", "callback"])(
	"after %s another read would do no better",
	(kind) => {
		expect(mayPass(failure(kind), 0)).toBe(false);
	},
);

test("a rate limit is waited for however often", () => {
	expect(mayPass(failure("rate-limited"), 99)).toBe(true);
});

test("each pause is twice as long as the one before, up to five minutes", () => {
	expect([0, 1, 2, 3, 8, 9, 999].map((attempt) => pause(attempt))).toEqual([
		1_000, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000,
	]);
});

test("no two pages come back at once: chance makes a pause up to a half longer", () => {
	expect([pause(0, { luck: 0.5 }), pause(1, { luck: 0.998 })]).toEqual([1_250, 2_998]);
});

test("a server that says how long is taken at its word, whatever chance draws, for five minutes at most", () => {
	expect([7, 300, 31_536_000].map((retryAfter) => pause(2, { luck: 0.9, retryAfter }))).toEqual([
		7_000, 300_000, 300_000,
	]);
});

test("one that says not to wait at all is backed off from all the same", () => {
	expect([0, 3].map((attempt) => pause(attempt, { retryAfter: 0 }))).toEqual([1_000, 8_000]);
});
