import { type OperationError, ok, type Result } from "../../errors.js";
import { soon } from "../../soon.js";
import type { Device } from "../actors/device.js";
import type { CommandEvent } from "../events.js";
import { activeOf } from "../machine/rows.js";
import type { DeviceSession } from "../types.js";
import type { DeviceSessions, DeviceSessionsActor } from "./device-sessions.js";
import { checkIds } from "./options.js";
import { createTickets } from "./tickets.js";

/** A command's event before it has its ticket. */
type Wanted<Event = CommandEvent> = Event extends CommandEvent ? Omit<Event, "ticket" | "batch" | "version"> : never;

type Methods = Pick<
	DeviceSessions,
	"refetch" | "setActive" | "revoke" | "cancelSignIn" | "forget" | "signOutOthers" | "signOutAll" | "destroy"
>;

/** The methods of the store that ask the machine for something, and wait for its answer. */
export function createCommands(
	{
		atom,
		clock,
		close,
		ended,
		halfWay,
		version,
	}: Pick<Device, "atom" | "clock" | "close" | "ended" | "halfWay" | "version">,
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
		refetch: (given) => ask({ type: "command.read", certain: given?.disableCookieCache === true }),
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
		async cancelSignIn() {
			const signingIn = halfWay.current();
			const id = signingIn?.from;
			const result: Result<DeviceSession | null> =
				id || stopped
					? await ask({
							type: "command.switch",
							id: id ?? "",
							leaveUnlisted: false,
							cancels: true,
							at: clock.monotonic(),
						})
					: ok(signingIn ? null : activeOf(actor.getSnapshot().context.rows));
			// There is nobody to go back to.
			if (signingIn && (!id || ["session-gone", "unknown-session"].includes(result.error?.kind ?? ""))) {
				halfWay.end();
				actor.send({ type: "signIn.over", version: version.end(), at: clock.monotonic() });
			}
			return result;
		},
		forget(id) {
			const error = checkIds("forget", { id });
			if (stopped || error) return ask({ type: "command.read" }, error);
			const rest = ended.forget(id);
			actor.send({ type: "ended.forgotten", ended: rest });
			return Promise.resolve(ok(rest));
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
