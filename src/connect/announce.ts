import type { DeviceSession, DeviceSessionsState } from "../device-sessions/types.js";
import type { SpokenName } from "./say.js";

/** The rows that a command is on its way to. */
export function busyIds(state: DeviceSessionsState): readonly (string | undefined)[] {
	// Safe: a state has one of the two, or none.
	const { target, targets = [target] } = state as { target?: string; targets?: readonly string[] };
	return targets;
}

/** Who requests go out as; true while a sign-in is half-way. */
const whoIs = ({ active, signingIn }: DeviceSessionsState) => !!signingIn || active?.user.id;

/**
 * What has happened between two states, in words: who is gone, then who is active, then what has begun. Empty where
 * nothing has, and where one of the two is not known.
 */
export function announce(
	from: DeviceSessionsState,
	to: DeviceSessionsState,
	say: (name: SpokenName, account?: DeviceSession) => string,
): string {
	if (from === to || from.isPending || to.isPending) return "";
	const { active, sessions, status } = to;
	const begun = busyIds(to);
	const target = sessions.find(({ id }) => id === begun[0]);
	// Who signs in again has a new row, and is not gone.
	const gone = from.sessions.filter(
		(row) => sessions.every(({ id }) => id !== row.id) && sessions.every(({ user }) => user.id !== row.user.id),
	);
	const who = to.signingIn ? say("signingIn") : active ? say("switched", active) : sessions[0] && say("choose");
	const what = status === "revoking" ? say("signingOut") : target && say("switching", target);
	return [
		...(gone[1] && !sessions[0] ? [say("signedOutAll")] : gone.map((row) => say("signedOut", row))),
		whoIs(from) !== whoIs(to) && who,
		from.status + busyIds(from) !== status + begun && what,
	]
		.filter(Boolean)
		.join(". ");
}
