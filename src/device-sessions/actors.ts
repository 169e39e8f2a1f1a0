import { fromCallback, fromPromise, type NonReducibleUnknown } from "xstate";
import { toFault } from "../errors.js";
import { readDevice } from "./actors/read-device.js";
import type { Tell } from "./actors/requests.js";
import { revokeRows } from "./actors/revoke-rows.js";
import { switchTo } from "./actors/switch-to.js";
import { watchWorld } from "./actors/world.js";
import { retryIn } from "./device/retry.js";
import type { Device } from "./device.js";
import type { JobInput, ReadFailure, ReadInput, Reading, WorldEvent } from "./events.js";

/** The service actors: what the machine names, done on a real device. Inputs and outputs hold row ids, never a token. */
export function createActors(device: Device) {
	return {
		world: fromCallback<WorldEvent, NonReducibleUnknown>(({ sendBack, receive }) =>
			watchWorld(device, sendBack, receive),
		),
		readDevice: fromPromise<Reading, ReadInput>(async ({ input, signal }) => {
			try {
				return await readDevice(device, input, signal);
			} catch (thrown) {
				const error = toFault("refetch", thrown);
				const wait = retryIn(error, input.attempt, device.clock);
				const failure: ReadFailure = { error, retryAt: wait === null ? null : Math.round(device.clock.now() + wait) };
				throw failure;
			}
		}),
		switchTo: fromCallback<WorldEvent, JobInput>(({ input, sendBack }) =>
			abortable(input, sendBack, (stop) => switchTo(device, input, stop, sendBack)),
		),
		revokeRows: fromCallback<WorldEvent, JobInput>(({ input, sendBack }) =>
			abortable(input, sendBack, (stop) => revokeRows(device, input, stop, sendBack)),
		),
	};
}

/** Requests that end with their actor. A fault among them is the command's answer, never the end of the machine. */
function abortable({ id }: JobInput, tell: Tell, run: (stop: AbortSignal) => Promise<void>): () => void {
	const controller = new AbortController();
	run(controller.signal).catch((thrown: unknown) => {
		tell({ type: "row.failed", id, error: toFault("device-sessions", thrown), unsure: false });
		tell({ type: "command.done" });
	});
	return () => controller.abort();
}
