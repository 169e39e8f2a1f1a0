import { turnOfSignOut } from "../../src/device-sessions/limits.js";
import type { rowIdOf } from "./ids.js";
import type { Run, Tab } from "./run-state.js";
import { mutations } from "./schedule.js";
import { isUnderWay, note } from "./truth.js";

/** How long it may take until all is at rest, in ms: a store that a header holds off waits for up to five minutes. */
const longestOf = (schedule: Run["schedule"]): number => ("surroundings" in schedule ? 700_000 : 120_000);

type Session = Parameters<typeof rowIdOf>[0];

/** Better Auth's session atom, as much of it as is looked at. */
export const sessionOf = ({ client }: Pick<Tab, "client">) =>
	// Safe: loose in the client's type, since every plugin adds atoms of its own.
	client.$store.atoms["session"] as unknown as {
		readonly value: {
			readonly isRefetching: boolean;
			refetch(): Promise<unknown>;
			readonly data: { readonly session?: Session } | null;
		};
	};

const isAtRest = ({ device, here, schedule, signingIn, surroundings }: Run): boolean =>
	device.sending(...mutations, "GET /get-session", "GET /multi-session/list-device-sessions") === 0 &&
	// A plain schedule has no sign-in that takes long.
	(!("surroundings" in schedule) || ![...signingIn].some(({ tab }) => tab?.isOpen && !tab.gate.isShut())) &&
	here().every((tab) => {
		const { value, context } = tab.store.actor.getSnapshot();
		const waits = context.check || (context.awake && context.dueAt !== null) || sessionOf(tab).value.isRefetching;
		// Offline, what is owed waits for the network; where the store tries all the same it goes on for good.
		const { refetchWhenOffline } = surroundings.options;
		return value === "idle" && (!waits || (tab.isOffline && (!context.online || refetchWhenOffline === true)));
	});

/** In ms. */
const stretch = 5_000;

/** Lets time pass, and looks at every moment whose the cookie is, and whether two pages send a command's requests at once. */
export async function pass(run: Run, ms: number): Promise<void> {
	// A minute is judged by what is noted within it.
	for (let left = ms; left > 0 || left === ms; left -= stretch) await passStretch(run, Math.min(left, stretch));
}

async function passStretch(run: Run, ms: number): Promise<void> {
	const { broken, clock, commands, device, samples, surroundings, timeout } = run;
	// Without locks nothing keeps two stores apart; nor is a request kept that its page has given up.
	const isOrdered = !surroundings.isDeaf && (!surroundings.lacks.includes("locks") || run.tabs.length === 1);
	await clock.advance(ms, () => {
		note(run);
		// A look has put a cookie back, or taken it away: nobody hears of it whose store has ended, nor yet where its page was
		// stopped; nor without the plugin where its page has given it up, and it comes back all the same.
		const now = run.turns.at(-1);
		const isByLook = now?.at === clock.monotonic() && !run.wasUnderWay && !isUnderWay(run);
		const isGivenUp = surroundings.isDeaf && !run.schedule.hasPlugin && now?.token === undefined;
		if (isByLook && (isGivenUp || run.tabs.some(({ gate, isDone, isOpen }) => isDone || (isOpen && gate.isShut()))))
			run.isSilent = true;
		run.wasUnderWay = isUnderWay(run);
		// A page that is frozen does not give up in time: what acts later than others expect is found when somebody comes back.
		const isWaiting = (tab: Tab) => commands.some((one) => one.tab === tab && one.answers === 0);
		const since = device.sending(...mutations) === 0 ? null : (run.changingSince ?? clock.monotonic());
		run.changingSince = since;
		run.isSilent ||=
			since !== null && clock.monotonic() - since > timeout && run.open().some((tab) => tab.frozen && isWaiting(tab));
		// A call of the app's that has waited long enough for its turn goes anyway, as does one whose page was left or whose
		// store has ended; and one that takes longer than a request may keeps nobody out any more.
		const isCrossed = [...run.signingIn].some(
			({ began, names, tab }) =>
				names.length === 0 &&
				(tab?.isDone || tab?.stops !== 0 || clock.monotonic() - began >= Math.min(turnOfSignOut, timeout)),
		);
		if (isOrdered && !isCrossed && device.sending(...mutations) > 1)
			broken("never two commands' requests at once on a device");
	});
	samples.push({ at: clock.monotonic(), sent: device.sent.length, happened: commands.length + run.events });
}

/** Lets time pass until nothing is under way, half a second at a stretch. */
export async function rest(run: Run): Promise<void> {
	// Pages that read every few seconds are rarely at rest all at once.
	const stretches = run.surroundings.options.refetchInterval ? 1 : 3;
	let calm = 0;
	for (let waited = 0; calm < stretches; waited += 500) {
		// It cannot read, and says so.
		if (waited > 60_000 && run.isHopeless) return;
		if (waited > longestOf(run.schedule)) {
			for (const tab of run.open()) run.log.push(restlessness(tab));
			return run.broken("all comes to rest");
		}
		await pass(run, 500);
		calm = isAtRest(run) ? calm + 1 : 0;
	}
}

function restlessness(tab: Tab): string {
	const { value, context } = tab.store.actor.getSnapshot();
	const { retryAt, dueAt, check, readError, online, version, reading, calls } = context;
	const session = sessionOf(tab);
	return JSON.stringify({ value, retryAt, dueAt, check, version, reading, calls, readError, online, session });
}
