import * as v from "valibot";
import type { InspectionEvent, Observer } from "xstate";
import { OperationError } from "../../errors.js";
import { describe, toIssues } from "../../operation.js";
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

const Count = /* @__PURE__ */ (() => v.pipe(v.number(), v.integer(), v.minValue(1)))();

const Options = /* @__PURE__ */ (() =>
	v.strictObject({
		timeout: v.optional(v.pipe(v.number(), v.finite(), v.minValue(1))),
		maximumSessions: v.optional(Count),
		clock: v.optional(
			v.looseObject({ setTimeout: v.function(), clearTimeout: v.function(), now: v.optional(v.function()) }),
		),
		inspect: v.optional(v.union([v.function(), v.looseObject({})])),
	}))();

/** What was handed in, checked once, at once: a wrong option would otherwise show much later and far away. */
export function checkOptions(options: unknown): void {
	const parsed = v.safeParse(Options, options);
	if (parsed.success) return;
	const issues = toIssues(parsed.issues);
	throw new OperationError("invalid-input", "createDeviceSessions", describe("A bad option", issues), { issues });
}

const Id = /* @__PURE__ */ (() => v.pipe(v.string(), v.nonEmpty()))();

/** Whether this is a row id at all. */
export function checkId(operation: string, name: string, value: unknown): OperationError | null {
	if (v.is(Id, value)) return null;
	const issues = [{ path: name, expected: "a row's id" }];
	return new OperationError("invalid-input", operation, describe(`${operation} was not sent`, issues), { issues });
}
