import type { DeviceSessionsState } from "../device-sessions/types.js";
import { announce, busyIds } from "./announce.js";
import type { Connected, ConnectOptions } from "./connect.js";
import { type AccountLabel, labelOf, nameIn } from "./label.js";
import { phaseOf } from "./phase.js";
import { problemOf } from "./problem.js";
import { rowMaker } from "./rows.js";
import { createSay, type SpokenName } from "./say.js";
import { spoken } from "./spoken.js";

/** What of a switcher is there to read. */
export interface Shown extends Omit<Connected, `${string}Props`> {
	/** The name of the trigger. */
	readonly triggerLabel: string;
	/** Says a text, about an account for one. */
	tell(name: SpokenName, account?: AccountLabel | null): string;
}

/** What a switcher shows, and how it says a text, about an account for one. */
export function showState(
	state: DeviceSessionsState,
	{ messages, previous = state, chosen, badge }: ConnectOptions,
): Shown {
	const say = createSay<SpokenName>(messages, spoken);
	const toRow = rowMaker(say("unnamed"), chosen ? [chosen] : busyIds(state), badge);
	const [phase, note] = phaseOf(state);
	const rows = state.sessions.map(toRow);
	const current = rows.find(({ current }) => current) ?? null;
	const tell = (name: SpokenName, account?: AccountLabel | null) => say(name, account ? nameIn(rows, account) : {});
	return {
		rows,
		current,
		ended: state.ended.map((account) => ({ ...account, ...labelOf(account, say("unnamed")) })),
		phase,
		note: (note && say(note, { limit: state.limit })) || null,
		announcement: announce(previous, state, (name, account) => tell(name, account && toRow(account))),
		canAdd: !state.isFull,
		error: problemOf(state.error, messages),
		triggerLabel: tell(current ? "trigger" : phase === "empty" ? "signIn" : "accounts", current),
		tell,
	};
}
