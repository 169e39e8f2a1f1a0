import type { DeviceSessionsState } from "../device-sessions/types.js";
import type { SpokenName } from "./say.js";

/**
 * What the page is about: `pending`, nothing is known yet; `empty`, nobody is signed in; `choose`, accounts are there and
 * none is active; `signing-in`, a sign-in has stopped half-way; `ready`, an account is active.
 */
export type Phase = "pending" | "empty" | "choose" | "signing-in" | "ready";

/** The phase, and what to read first: what to do now, then what not to trust, then what to know before the next step. */
export function phaseOf(state: DeviceSessionsState): readonly [phase: Phase, note: SpokenName | false] {
	const old = state.error?.kind === "network" && "offline";
	// The error says why nothing is there.
	if (state.isPending) return ["pending", !state.error && "loading"];
	if (state.signingIn) return ["signing-in", "signingIn"];
	if (state.active) return ["ready", old || (state.active.listed ? state.isFull && "full" : "unlisted")];
	return state.sessions[0] ? ["choose", old || "choose"] : ["empty", "empty"];
}
