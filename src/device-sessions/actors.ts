import { fromCallback, fromPromise, type NonReducibleUnknown } from "xstate";
import type { Device } from "./actors/device.js";
import { readDevice } from "./actors/read-device.js";
import type { Tell } from "./actors/requests.js";
import { revokeRows } from "./actors/revoke-rows.js";
import { switchTo } from "./actors/switch-to.js";
import { watchWorld } from "./actors/world.js";
import type { Freshness, JobInput, Reading, WorldEvent } from "./events.js";

/** The service actors: what the machine names, done on a real device. Inputs and outputs hold row ids, never a token. */
export function createActors(device: Device) {
	return {
		world: fromCallback<WorldEvent, NonReducibleUnknown>(({ sendBack, receive }) =>
			watchWorld(device, sendBack, receive),
		),
		readDevice: fromPromise<Reading, { freshness: Freshness }>(({ input, signal }) =>
			readDevice(device, input.freshness, signal),
		),
		switchTo: fromCallback<WorldEvent, JobInput>(({ input, sendBack }) =>
			abortable(sendBack, (stop, tell) => switchTo(device, input, stop, tell)),
		),
		revokeRows: fromCallback<WorldEvent, JobInput>(({ input, sendBack }) =>
			abortable(sendBack, (stop, tell) => revokeRows(device, input, stop, tell)),
		),
	};
}

function abortable(tell: Tell, run: (stop: AbortSignal, tell: Tell) => Promise<void>): () => void {
	const controller = new AbortController();
	run(controller.signal, tell).catch((thrown: unknown) => tell({ type: "command.broke", thrown }));
	return () => controller.abort();
}
