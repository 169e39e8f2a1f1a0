import { AbortController as PlainAbortController } from "abort-controller";
import { expect, test } from "vitest";
import { stopIfAborted } from "../../../../src/device-sessions/page/stop-if-aborted.js";

test("it throws the reason of an abort, and nothing before it", () => {
	const controller = new AbortController();
	stopIfAborted(controller.signal);
	const reason = new Error("changed my mind");
	controller.abort(reason);
	expect(() => stopIfAborted(controller.signal)).toThrow(reason);
});

test("where the platform knows no reason it throws an AbortError", () => {
	const controller = new PlainAbortController();
	// Safe: what React Native has in its place.
	const signal = controller.signal as AbortSignal;
	stopIfAborted(signal);
	controller.abort();
	expect(() => stopIfAborted(signal)).toThrow(expect.objectContaining({ name: "AbortError" }));
});
