import { fromCallback, fromPromise, type NonReducibleUnknown } from "xstate";
import { toFault } from "../errors.js";
import type { Device } from "./actors/device.js";
import { giveUp, type Job } from "./actors/job.js";
import { readDevice } from "./actors/read-device.js";
import { mayPass, pauseAfter } from "./actors/retry.js";
import { revokeRows } from "./actors/revoke-rows.js";
import { switchTo } from "./actors/switch-to.js";
import { watchWorld } from "./actors/watch-world.js";
import type { JobInput, ReadFailure, ReadInput, Reading, WorldEvent } from "./events.js";
import { stopped } from "./page/stop-if-aborted.js";

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
				// Safe: asked for properties, of which nothing is taken for granted.
				const { error: cause = thrown, activeId, rows } = Object(thrown) as Partial<ReadFailure>;
				const error = toFault("refetch", cause);
				const { clock } = device;
				const pause = pauseAfter(error, input.attempt, clock);
				const failure: ReadFailure = {
					error,
					activeId,
					rows,
					mayPass: mayPass(error, input.attempt),
					pausedUntil: clock.monotonic() + pause,
					retryAt: Math.round(clock.now() + pause),
				};
				throw failure;
			}
		}),
		switchTo: commandOn(device, switchTo),
		revokeRows: commandOn(device, revokeRows),
	};
}

/** Requests that end with their actor. A fault among them is the command's answer, never the end of the machine. */
const commandOn = <Input extends JobInput>(device: Device, run: (job: Job<Input>) => Promise<void>) =>
	fromCallback<WorldEvent, Input>(({ input, sendBack }) => {
		const controller = new AbortController();
		const job: Job<Input> = { ...device, input, sendBack, stop: controller.signal };
		run(job).catch((thrown: unknown) => giveUp(job, toFault(input.operation, thrown)));
		return () => controller.abort(stopped);
	});
