import { expect, test } from "vitest";
import { giveUp, isUnsure } from "../../../../src/device-sessions/actors/job.js";
import type { DeviceSessionsEvent } from "../../../../src/device-sessions/events.js";
import { OperationError } from "../../../../src/errors.js";

test.each([undefined, true])("a command that is given up has failed, and is done (unsure: %s)", (unsure) => {
	const events: DeviceSessionsEvent[] = [];
	const error = new OperationError("network", "setActive", "It broke.");
	giveUp({ sendBack: (event) => events.push(event) }, error, unsure);
	expect(events).toEqual([{ type: "command.failed", error, unsure: unsure === true }, { type: "command.done" }]);
});

test.each([
	[undefined, true],
	[500, true],
	[502, true],
	[499, false],
	[401, false],
	[200, false],
])("an answer of status %s may hide that it was done: %s", (status, unsure) => {
	const error = new OperationError("server", "setActive", "It broke.", status === undefined ? {} : { status });
	expect(isUnsure(error)).toBe(unsure);
});
