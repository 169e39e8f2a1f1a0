import type { DeviceSessionsState } from "../device-sessions/types.js";
import type { Say } from "./say.js";

/**
 * What the page is about: `pending`, nothing is known yet; `empty`, nobody is signed in; `choose`, accounts are there and
 * none is active; `signing-in`, a sign-in has stopped half-way; `ready`, an account is active.
 */
export type Phase = "pending" | "empty" | "choose" | "signing-in" | "ready";

export const phaseOf = ({ isPending, signingIn, sessions, active }: DeviceSessionsState): Phase =>
	isPending ? "pending" : signingIn ? "signing-in" : active ? "ready" : sessions[0] ? "choose" : "empty";

/** What to read first: what to do now, then what not to trust, then what to know before the next step. */
export function noteOf({ active, error, isFull, limit }: DeviceSessionsState, phase: Phase, say: Say): string {
	// The error says why nothing is there.
	if (phase === "pending") return error ? "" : say("loading");
	if (phase === "signing-in") return say("signingIn");
	if (phase === "empty") return say(phase);
	if (error?.kind === "network") return say("offline");
	if (phase === "choose") return say(phase);
	if (!active?.listed) return say("unlisted");
	return isFull ? say("full", { limit }) : "";
}
