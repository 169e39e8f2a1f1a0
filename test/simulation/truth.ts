import type { RevokedMany } from "../../src/index.js";
import { insideOf } from "../../src/testing/inside.js";
import { followHalfWay } from "./half-way.js";
import type { Command, Run } from "./run-state.js";
import { mutations } from "./schedule.js";

/** Whose the session cookie was, and since when in ms of the monotonic clock; undefined: nobody's. */
export interface Turn {
	readonly token: string | undefined;
	readonly at: number;
}

/** Notes whose cookie it is now, and every token that there is. */
export function note(run: Run): void {
	const { abandoned, broughtBack, clock, device, known, signingIn, tokens, turns, unlisted, validUntil } = run;
	// A sign-in may wait for its turn, and leaves behind who is unlisted by then.
	for (const { id, listed } of device.rows()) {
		if (!listed && signingIn.size > 0) unlisted.add(id);
		if (!listed) continue;
		// It has a cookie of its own since: out of reach by a store's doing alone.
		if (abandoned.delete(id)) broughtBack.set(id, clock.monotonic());
		unlisted.delete(id);
	}
	const token = insideOf(device).activeToken();
	if (turns.length === 0 || turns.at(-1)?.token !== token) turns.push({ token, at: clock.monotonic() });
	for (const session of device.sessions()) {
		tokens.add(session.token);
		known.set(session.id, session.token);
		validUntil.set(session.id, clock.monotonic());
	}
	followHalfWay(run);
}

/** Whether the cookie was this session's at some moment since then. */
const wasActive = ({ known, turns }: Run, id: string, since: number): boolean =>
	turns.some(
		({ token }, index) => token === known.get(id) && (turns[index + 1]?.at ?? Number.POSITIVE_INFINITY) >= since,
	);

/** Whether it was so, and its session had not ended by then: what the cookie cache says of one that has is no success. */
const wasAlive = (run: Run, id: string, since: number): boolean =>
	wasActive(run, id, since) && (run.validUntil.get(id) ?? Number.NEGATIVE_INFINITY) >= since;

/** A reading, and what the session atom holds, is young enough to be shared for so long, in ms. */
export const young = 1_000;

/** How long after an answer Better Auth's session hears of it at most, in ms. */
export const ofSignal = 10;

/**
 * From when on what a command says may be true: from when it was asked for, from the reading that is young enough for it,
 * or from the same one before it that it joins.
 */
export function trueSince({ clock, commands }: Run, { id, tab, what }: Pick<Command, "id" | "tab" | "what">): number {
	const { loadedAt, reading } = tab.store.actor.getSnapshot().context;
	// The first reading is everybody's, and shares what the page has asked for before.
	if (loadedAt === null) return Number.NEGATIVE_INFINITY;
	const now = clock.monotonic();
	const joined = commands.filter(
		(other) => other.answers === 0 && other.tab === tab && other.what === what && other.id === id,
	);
	const since = reading && now - reading.at < young ? reading.began - young : now;
	return Math.min(since, ...joined.map((other) => other.since));
}

/** Something is being changed. */
export const isUnderWay = ({ device, signingIn }: Run): boolean =>
	device.isBusy() || device.sending(...mutations) > 0 || signingIn.size > 0;

/** Pages that hear late of one another, or nothing, switch away from whoever another one has signed in past the limit. */
export const areApart = ({ surroundings, tabs }: Run): boolean =>
	surroundings.lacks.includes("storage") && new Set(tabs.map(({ page }) => page)).size > 1;

/** Whose each valid session is, by its id. */
export const usersOf = (device: Run["device"]): ReadonlyMap<string, string> =>
	new Map(device.sessions().map(({ id, userId }) => [id, userId]));

/** Whom a sign-out of several has to end: who was in reach when it was asked for, but who stays active. */
function meant(run: Run, one: Command): readonly string[] {
	const { device, isSilent, known, madeActive, signedIn, signingIn, turns } = run;
	if (one.what === "signOutAll") return one.inReach;
	// Its page may not know of somebody; or whoever stayed is not active any more.
	if (isSilent || signingIn.size > 0 || signedIn > one.signedIn) return [];
	const last = turns.findLast(({ token }) => token !== undefined)?.token;
	// A late look may have put somebody else back for a moment.
	const shown = one.tab.store.value?.active?.id;
	// Nor is another session of theirs another account's.
	const users = usersOf(device);
	const isStaying = (id: string) => id === shown || (users.has(id) && users.get(id) === users.get(shown ?? ""));
	return one.inReach.filter((id) => !isStaying(id) && id !== madeActive && known.get(id) !== last);
}

/** Holds what a command says it has done against the server, at the moment when it says so. */
export function checkSuccess(run: Run, one: Command): void {
	const { certain, what, id = "", since, result } = one;
	const { abandoned, broken, broughtBack, device, log, revived, signingIn, surroundings, unlisted } = run;
	note(run);
	const valid = new Set(device.sessions().map((session) => session.id));
	const isFrozen = [...signingIn].some(({ tab }) => tab?.gate.isShut());
	// A page that is frozen has yet to hear of the sign-in that has left it behind.
	const isInReach = (revoked: string) => device.rows().some(({ id }) => id === revoked);
	// Out of reach when it was asked for, or since, it may have been brought back by a late look.
	const isBehind = (revoked: string) =>
		one.outOfReach.includes(revoked) ||
		revived.has(revoked) ||
		(broughtBack.get(revoked) ?? Number.NEGATIVE_INFINITY) >= one.askedAt ||
		(abandoned.has(revoked) && (!one.abandoned.includes(revoked) || !isInReach(revoked))) ||
		((isFrozen || areApart(run)) && unlisted.has(revoked));
	// Nothing keeps a sign-in of the same user apart from it, of whose two sessions the server lists one.
	const isCrossed = surroundings.lacks.includes("locks") && run.signedIn + signingIn.size > 0;
	// Nor does the list name more than one of them, and what it does not name is gone as far as anybody can know.
	const users = usersOf(device);
	const isHidden = (revoked: string) =>
		device.rows().filter((row) => users.get(row.id) === users.get(revoked)).length > 1;
	const isLeft = (revoked: string) => valid.has(revoked) && !isBehind(revoked) && !isHidden(revoked) && !isCrossed;
	if (!result) return;
	// Where the server leaves ids out, two sessions of one moment have one.
	const isNamed = (named: string) => device.sessions().filter((session) => session.id === named).length < 2;
	if (what === "setActive" && result.data && isNamed(id) && !wasAlive(run, id, since)) {
		log.push(`since ${since}: ${JSON.stringify(run.turns)}, ${JSON.stringify([...run.known])}`);
		broken("an account that `setActive` says is active was the server's since");
	}
	if (what === "revoke" && result.data && isLeft(id)) broken("an account that `revoke` says is gone has ended");
	// Safe: what the two return, or a partial failure says.
	const { revoked = [] } = (result.data ?? result.error ?? {}) as Partial<RevokedMany>;
	if (what.startsWith("signOut") && revoked.some(isLeft)) broken(`accounts that \`${what}\` says are gone have ended`);
	if (what.startsWith("signOut") && result.data && meant(run, one).some(isLeft))
		broken(`nobody whom \`${what}\` means is left behind`);
	if (what === "refetch" && Array.isArray(result.data)) {
		// Safe: rows.
		const active = (result.data as readonly { readonly id: string; readonly active: boolean }[]).find(
			(row) => row.active,
		);
		const was = certain || surroundings.cookieCache === null ? wasAlive : wasActive;
		if (active && isNamed(active.id) && !was(run, active.id, since))
			broken("an account that `refetch` finds active was the server's since");
	}
}

/** How much had been sent, and had happened, by then. */
export interface Sample {
	readonly at: number;
	readonly sent: number;
	readonly happened: number;
}

const minute = 60_000;

/** Requests in a minute are as many as what happened in it, or shortly before, calls for. */
export function judgeMinutes({ broken, isHopeless, log, samples, surroundings, tabs }: Run): void {
	const { refetchInterval = 0 } = surroundings.options;
	// Where none can be answered in time each is made again.
	const reads = (isHopeless ? 36 : 30) + (refetchInterval > 0 ? (2 * 60) / refetchInterval : 0);
	let first = 0;
	for (const { at, sent, happened } of samples) {
		while ((samples[first]?.at ?? at) < at - minute) first += 1;
		const began = samples[Math.max(0, first - 1)] ?? { sent: 0, happened: 0 };
		const bound = Math.max(1, tabs.length) * (reads + 12 * (happened - began.happened));
		if (sent - began.sent <= bound) continue;
		log.push(`${sent - began.sent} requests in the minute up to ${at}, at most ${bound}`);
		broken("the requests of a minute are bounded by what happened in it");
		return;
	}
}
