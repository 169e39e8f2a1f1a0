import { createActor, type InspectionEvent } from "xstate";
import { rethrowLater } from "../../rethrow-later.js";
import type { Device } from "../actors/device.js";
import { createActors } from "../actors.js";
import { untilExpiry, untilRetry } from "../machine/timers.js";
import { deviceSessionsMachine } from "../machine.js";
import type { DeviceSessionsActor } from "./device-sessions.js";
import type { DeviceSessionsOptions } from "./options.js";

/** Starts the machine on a real device. */
export function startActor(device: Device, inspect: DeviceSessionsOptions["inspect"]): DeviceSessionsActor {
	const { clock, lastUsed } = device;
	const machine = deviceSessionsMachine.provide({
		actors: createActors(device),
		actions: { remember: (_, { id }) => lastUsed.remember(id) },
		delays: {
			expiry: ({ context }) => untilExpiry(context, clock.now()),
			retry: ({ context }) => untilRetry(context, clock.now()),
		},
	});
	return createActor(machine, { clock, ...(inspect && { inspect: harmless(inspect) }) }).start();
}

/** An inspector's own fault must not reach whoever sent the event. */
function harmless(inspect: NonNullable<DeviceSessionsOptions["inspect"]>): (event: InspectionEvent) => void {
	return (event) => {
		try {
			if (typeof inspect === "function") inspect(event);
			else inspect.next?.(event);
		} catch (error) {
			rethrowLater(error);
		}
	};
}
