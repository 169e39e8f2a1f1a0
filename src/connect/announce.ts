import type { DeviceSession, DeviceSessionsState } from "../device-sessions/types.js";
import type { AccountLabel } from "./label.js";
import type { Say } from "./say.js";

/** The rows that a command is on its way to. */
export const busyIds = (state: DeviceSessionsState): readonly string[] =>
	"target" in state ? [state.target] : "targets" in state ? state.targets : [];

/** Who requests go out as; true while a sign-in is half-way. */
const whoIs = ({ active, signingIn }: DeviceSessionsState) => !!signingIn || active?.user.id;

/**
 * What has happened between two states, in words: who is gone, then who is active, then what has begun. Empty where
 * nothing has, and where one of the two is not known.
 */
export function announce(
	from: DeviceSessionsState,
	to: DeviceSessionsState,
	say: Say,
	called: (account: DeviceSession) => AccountLabel,
): string {
	if (from.isPending || to.isPending) return "";
	const { active, sessions, signingIn } = to;
	const begun = busyIds(to);
	// Who signs in again has a new row, and is not gone.
	const gone = from.sessions.filter(
		(row) => sessions.every(({ id }) => id !== row.id) && sessions.every(({ user }) => user.id !== row.user.id),
	);
	const said = gone[1] && !sessions[0] ? [say("signedOutAll")] : gone.map((row) => say("signedOut", called(row)));
	if (whoIs(from) !== whoIs(to)) {
		if (signingIn) said.push(say("signingIn"));
		else if (active) said.push(say("switched", called(active)));
		else if (sessions[0]) said.push(say("choose"));
	}
	if (from.status + busyIds(from) !== to.status + begun) {
		const target = sessions.find(({ id }) => id === begun[0]);
		if (to.status === "revoking") said.push(say("signingOut"));
		else if (target) said.push(say("switching", called(target)));
	}
	return said.join(". ");
}
