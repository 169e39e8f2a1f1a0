import { createActor, type InspectionEvent } from "xstate";
import { rethrowLater } from "../../rethrow-later.js";
import type { Device } from "../actors/device.js";
import { orderCalls } from "../actors/order-calls.js";
import { watchCalls } from "../actors/watch-calls.js";
import { createActors } from "../actors.js";
import type { DeviceSessionsEvent } from "../events.js";
import { counts } from "../machine/knowledge.js";
import { untilDue, untilExpiry } from "../machine/timers.js";
import { deviceSessionsMachine } from "../machine.js";
import type { DeviceSessionsActor } from "./device-sessions.js";
import type { DeviceSessionsOptions } from "./options.js";

/** Starts the machine on a real device. */
export function startActor(device: Device, inspect: DeviceSessionsOptions["inspect"]): DeviceSessionsActor {
	const { clock, ended, lastUsed, version } = device;
	const machine = deviceSessionsMachine.provide({
		actors: createActors(device),
		actions: {
			remember({ context: { command, reading, rows } }, { id, version: at }) {
				const isOwn = command !== null && command.type !== "read" && command.signalFired;
				// What another tab has done since, that tab remembers; what a server has rendered may be old by now, and what a
				// request has done whose answer was lost is not known.
				const isUnsure = command?.failed.some(({ unsure }) => unsure);
				if (at !== version.current() || isUnsure || !(reading || isOwn || id === null)) return;
				lastUsed.remember(id, at);
				if (reading && version.goesOnFor() === 0) ended.take(at, rows);
			},
			moveVersion({ context, self }) {
				// What another tab has moved meanwhile is not known here; nor is what is in doubt.
				const from = version.current() === context.version && counts(context) ? context.version : null;
				self.send({ type: "version.carried", at: clock.monotonic(), from, to: version.end() });
			},
		},
		delays: {
			due: ({ context }) => untilDue(context, clock.monotonic()),
			expiry: ({ context }) => untilExpiry(context, clock.now(), clock.monotonic()),
		},
	});
	const actor = createActor(machine, { clock, ...(inspect && { inspect: harmless(inspect) }) }).start();
	// A server makes a store per request and keeps its client: nothing may stay behind there.
	if (!device.page) return actor;
	const send = (event: DeviceSessionsEvent) => actor.send(event);
	orderCalls(device);
	const unlisten = watchCalls(device, send);
	actor.on("stopped", unlisten);
	return actor;
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
