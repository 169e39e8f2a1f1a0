import { turn } from "../../src/device-sessions/limits.js";
import { verify } from "./asked.js";
import { activeAndShown, stopHalfWay } from "./half-way.js";
import type { Run, SignIn, Tab } from "./run-state.js";
import { mutations } from "./schedule.js";
import { note } from "./truth.js";

/** Whoever was unlisted when a sign-in of the app's went out, or another has ended since, is left behind by it. */
export function leaveBehind({ abandoned, device, schedule, unlisted }: Run): void {
	const rows = device.rows();
	for (const { id, listed } of rows) if (!listed) unlisted.add(id);
	for (const id of unlisted) if (!schedule.hasPlugin || rows.every((row) => row.id !== id)) abandoned.add(id);
}

/** Begins a sign-in of the app's; returns what is to be told when it has come back, and how. */
export function beginSignIn(run: Run, tab: Tab | undefined, names: readonly string[]) {
	const { abandoned, clock, device, signingIn, tabs, unlisted } = run;
	// A sign-in past the limit leaves whoever was unlisted behind: the app's doing, not the store's.
	leaveBehind(run);
	const one: SignIn = { tab, names, at: clock.now(), began: clock.monotonic() };
	signingIn.add(one);
	const leaves = tab?.leaves;
	const over = () => {
		signingIn.delete(one);
		run.signedIn += 1;
		run.signedInAt = clock.monotonic();
		run.lastClick = null;
		// Its store has ended, and nobody is told.
		if (tab?.isDone) {
			run.isSilent = run.isUnaccountable = true;
			run.untold = device.rows().find(({ active, name }) => active && names.includes(name))?.id ?? null;
		}
		leaveBehind(run);
		// A look that was sent before it may still take its cookie away, as every `useSession` does. Past the limit it has
		// no other.
		const isLooking = device.sending("GET /get-session", "POST /update-user") > 0;
		// What its page has given up goes on where `fetch` does not mind its signal, and what the page of a store that has ended
		// asks for: nobody hears when it ends.
		const isChanging = device.sending(...mutations) > 0;
		const isUnheard = run.surroundings.isDeaf || tabs.some(({ isDone }) => isDone);
		const goesOn = isUnheard && (isLooking || isChanging);
		if (goesOn) run.isSilent = true;
		// What takes so long that the sign-in has not waited for it, or it so long that it keeps nobody out; nor has it waited
		// where its page has been left meanwhile.
		const isLong = ({ began }: SignIn) => clock.monotonic() - began >= Math.min(turn, run.timeout);
		const goesAnyway = isLong(one) || tab?.leaves !== leaves;
		const isImpatient = isChanging && goesAnyway;
		// Two of one person's cross: of the two sessions the list names one.
		const isFree = goesAnyway || run.surroundings.lacks.includes("locks");
		const isCrossed = (other: SignIn) => (isFree || isLong(other)) && other.names.some((name) => names.includes(name));
		if ([...signingIn].some(isCrossed)) run.isSilent = true;
		if (isLooking || goesOn || isImpatient) for (const id of unlisted) abandoned.add(id);
	};
	return {
		over,
		lost() {
			// The app does not know whether it is signed in, nor does a store that does not see its calls.
			if (!run.schedule.hasPlugin) run.isSilent = true;
			over();
			// Its cookies have never come.
			const inReach = new Set(device.rows().map(({ id }) => id));
			for (const { id, createdAt } of names.flatMap(device.sessionsOf))
				if (!inReach.has(id) && (run.jumped > 0 || +createdAt >= one.at)) abandoned.add(id);
		},
	};
}

/** Signs somebody in, past the store: whoever is new signs up. */
export function signIn(run: Run, tab: Tab | undefined, name: string): void {
	const { device, schedule } = run;
	const { password } = device;
	const email = `${name.toLowerCase()}@example.com`;
	const isNew = device.sessionsOf(name).length === 0 && !schedule.people.includes(name);
	const { stops } = tab ?? {};
	const began = { at: run.clock.monotonic(), shown: activeAndShown(run) };
	const { lost, over } = beginSignIn(run, tab, [name]);
	const done: Promise<{ readonly data: object | null; readonly error: unknown }> | undefined = isNew
		? tab?.client.signUp.email({ name, email, password })
		: tab?.client.signIn.email({ email, password });
	done?.then(({ data, error }) => {
		// It may have been done all the same, and without the plugin no store sees the app's calls.
		if (error && !schedule.hasPlugin) run.isSilent = true;
		over();
		note(run);
		// What is not JSON comes as a text.
		if (typeof data !== "object" || !data || !("twoFactorRedirect" in data)) return;
		const isLate = tab?.stops !== stops || run.clock.monotonic() - began.at >= run.timeout;
		if ((tab?.sentByEnd ?? null) === null) stopHalfWay(run, { ...began, isLate });
		// It is half-way, and no store has heard of it: right is whoever says so, as if of the one before, and whoever does not.
		else run.mayGoOn = true;
	}, lost);
}

/** Somebody types the code of a sign-in that is half-way, or of none. */
export function verifyCode(run: Run, tab: Tab, isWrong: boolean): void {
	const { over, lost } = beginSignIn(run, tab, run.surroundings.twoFactor);
	verify(tab.client, isWrong ? "000000" : run.device.code).then(({ error }) => {
		if (error && !run.schedule.hasPlugin) run.isSilent = true;
		over();
	}, lost);
}
