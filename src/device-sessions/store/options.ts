import * as v from "valibot";
import type { InspectionEvent, Observer } from "xstate";
import type { OperationError } from "../../errors.js";
import { invalid } from "../../operation.js";
import type { DeviceSessionsClock } from "../actors/clock.js";

/** What `createDeviceSessions` takes besides the client. */
export interface DeviceSessionsOptions {
	/** How long one request may take, in ms. Default: 10 000. */
	readonly timeout?: number;
	/** `maximumSessions` as set on the server: a page can warn before a sign-in that would not be listed. */
	readonly maximumSessions?: number;
	/** Timers and the time, for tests. Default: the real ones. */
	readonly clock?: DeviceSessionsClock;
	/** XState's inspection, `createBrowserInspector().inspect` for one. It sees row ids, never a token. */
	readonly inspect?: ((event: InspectionEvent) => void) | Observer<InspectionEvent>;
}

const Options = /* @__PURE__ */ (() =>
	v.strictObject({
		timeout: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(2 ** 31 - 1))),
		maximumSessions: v.optional(v.pipe(v.number(), v.minValue(1))),
		clock: v.optional(
			v.looseObject({ setTimeout: v.function(), clearTimeout: v.function(), now: v.optional(v.function()) }),
		),
		inspect: v.optional(v.union([v.function(), v.looseObject({})])),
	}))();

/** What was handed in, checked once, at once: a wrong option would otherwise show much later and far away. */
export function checkOptions(options: unknown): void {
	const { issues } = v.safeParse(Options, options);
	if (issues) throw invalid("invalid-input", "createDeviceSessions", "A bad option", issues);
}

const Ids = /* @__PURE__ */ (() => v.record(v.string(), v.pipe(v.string(), v.nonEmpty())))();

/** Whether these are row ids at all. */
export function checkIds(operation: string, ids: Record<string, unknown>): OperationError | undefined {
	const { issues } = v.safeParse(Ids, ids);
	return issues && invalid("invalid-input", operation, "Nothing was sent", issues);
}
