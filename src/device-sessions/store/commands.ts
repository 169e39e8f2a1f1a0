import type { OperationError, Result } from "../../errors.js";
import { soon } from "../../soon.js";
import type { Device } from "../actors/device.js";
import type { CommandEvent } from "../events.js";
import type { DeviceSessions, DeviceSessionsActor } from "./device-sessions.js";
import { checkIds } from "./options.js";
import { createTickets } from "./tickets.js";

/** A command's event before it has its ticket. */
type Wanted<Event = CommandEvent> = Event extends CommandEvent ? Omit<Event, "ticket" | "batch" | "version"> : never;

type Methods = Pick<DeviceSessions, "refetch" | "setActive" | "revoke" | "signOutOthers" | "signOutAll" | "destroy">;

/** The methods of the store that ask the machine for something, and wait for its answer. */
export function createCommands(
	{ atom, clock, close, version }: Pick<Device, "atom" | "clock" | "close" | "version">,
	actor: DeviceSessionsActor,
) {
	const tickets = createTickets();
	let stopped: Promise<void> | undefined;
	actor.on("answered", tickets.answer);

	const ask = <T>(wanted: Wanted, error?: OperationError): Promise<Result<T>> =>
		tickets.ask(({ ticket, batch }) =>
			actor.send(
				error ? { type: "command.malformed", ticket, error } : { ...wanted, ticket, batch, version: version.current() },
			),
		);

	const methods: Methods = {
		refetch: () => ask({ type: "command.read" }),
		setActive(id, given) {
			const leaveUnlisted = given?.leaveUnlisted === true;
			return ask({ type: "command.switch", id, leaveUnlisted, at: clock.monotonic() }, checkIds("setActive", { id }));
		},
		revoke(id, given) {
			const next = given?.next;
			// An account cannot come after itself.
			const error = checkIds("revoke", { id, next: next !== undefined && next === id ? null : next });
			return ask({ type: "command.revoke", id, next }, error);
		},
		signOutOthers: () => ask({ type: "command.revokeOthers" }),
		signOutAll: () => ask({ type: "command.signOutAll" }),
		destroy() {
			close();
			tickets.close();
			stopped ??= new Promise((resolve) => {
				actor.on("stopped", () => {
					atom.release();
					// Not from within its own transition.
					soon(() => {
						actor.stop();
						resolve();
					});
				});
				actor.send({ type: "destroy" });
			});
			return stopped;
		},
	};
	return { methods, isStopped: () => stopped !== undefined };
}
