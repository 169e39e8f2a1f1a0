import { compareHalfWay } from "./half-way.js";
import { rowIdOf } from "./ids.js";
import { sessionOf } from "./rest.js";
import type { Run, SignIn, Tab } from "./run-state.js";
import { mutations, people } from "./schedule.js";
import { has } from "./surroundings.js";
import { areApart, judgeMinutes, ofSignal, usersOf, young } from "./truth.js";

export const atOdds = "the page's active account is the cookie's";
export const atOddsBack = "the page's active account is the cookie's when somebody comes back";
export const outOfReach = "no valid session is out of reach";

const day = 86_400_000;

const ofStores = [...mutations, "GET /multi-session/list-device-sessions"];

type Reading = ReturnType<Tab["store"]["actor"]["getSnapshot"]>["context"]["reading"];

/** Whether it was begun since a session has last ended elsewhere; what the session atom holds is young enough for a while. */
const hasReadSince = ({ endedAt, surroundings }: Run, reading: Reading): boolean =>
	reading !== null && surroundings.cookieCache === null && reading.began > endedAt + young;

/** What every open page shows at rest, beside what is true. */
export function compare(run: Run, isBack: boolean): void {
	const { broken, device, here, isHopeless, log, schedule, signingIn } = run;
	// Of what becomes of a sign-in nobody hears but from its page, which has stopped; with the plugin the others wait for as
	// long as a request may take.
	const isPastWaiting = ({ began }: SignIn) => !schedule.hasPlugin || run.clock.monotonic() - began >= run.timeout;
	if (!isBack && [...signingIn].some((one) => one.tab?.gate.isShut() && isPastWaiting(one))) return;
	// What has only just ended Better Auth's session has yet to follow.
	if (!isBack && run.clock.monotonic() - run.answeredAt <= ofSignal) return;
	// What one page has just found the others have yet to hear of.
	if (!isBack && device.pending().some(({ kind }) => kind === "message")) return;
	const truth = device.rows();
	const active = truth.find((row) => row.active)?.id ?? null;
	const users = usersOf(device);
	const ofActive = users.get(active ?? "");
	// One row a user: the active session's, where the list shows another one, else the first.
	const firsts = new Map([...truth].reverse().map(({ id }) => [users.get(id), id]));
	// Where the server leaves ids out, two sessions of one moment have one.
	const ids = [...new Set(truth.map(({ id }) => id))]
		.filter((id) => (users.get(id) === ofActive ? id === active : firsts.get(users.get(id)) === id))
		.sort()
		.join();
	log.push(
		`true: ${truth.map(({ id, name, ...marks }) => `${id} ${name}${marks.active ? " active" : ""}${marks.listed ? "" : " unlisted"}`)}`,
	);
	// One whose look has crossed a sign-in, and that cannot read, has yet to tell the others whom it has found.
	const isUntold =
		isHopeless && !isBack && here().some(({ store }) => store.actor.getSnapshot().context.readError !== null);
	for (const [index, tab] of here().entries()) {
		if (!tab.stopLooking || isUntold) continue;
		const { page, store } = tab;
		const { sessions = [], active: shown = null } = store.value ?? {};
		const rows = sessions.map(
			({ id, user, active, listed }) => `${id} ${user.name}${active ? " active" : ""}${listed ? "" : " unlisted"}`,
		);
		log.push(`tab ${index} shows ${rows}, sent ${page.requests.slice(-6)}`);
		const { begun, doubted, doubtedUntil, dueAt, online, reading, readError, retryAt, version } =
			store.actor.getSnapshot().context;
		const error = readError?.kind;
		log.push(JSON.stringify({ begun, doubted, doubtedUntil, version, reading, dueAt, retryAt, error }));
		// Offline nothing is tried. Or it says itself that it could not read; in the end that is so where an answer may take longer than it waits.
		if (tab.isOffline && (!online || dueAt !== null) && !isBack) continue;
		if (readError && !store.value?.error) broken("a page that could not read says so");
		if (readError && (!isBack || isHopeless)) continue;
		if (!isBack && run.endedUnknown && !hasReadSince(run, reading)) continue;
		if ((shown?.id ?? null) !== active) broken(isBack ? atOddsBack : atOdds);
		const told = tab.app.told.at(-1);
		// While a sign-in is half-way it is told of nobody.
		if (told && !store.value?.signingIn && told.to !== (shown?.user.id ?? null))
			broken("the app was told who is active");
		compareHalfWay(run, tab);
		const shownIds = sessions.map(({ id }) => id).sort();
		// Of two sessions of one person the list shows one, and what is behind a row that goes is found by a read.
		if (shownIds.join() !== ids && (isBack || !run.isCrowded))
			broken("the rows are the server's list and the active one");
		const { session } = sessionOf(tab).value.data ?? {};
		if ((session ? rowIdOf(session) : null) !== active) broken("useSession shows the active account");
	}
}

/** What holds of a run as a whole, once all is over. */
export function judge(run: Run): void {
	const { broken, commands, device, open, tabs } = run;
	// By a clock that is set, what was clicked may have run out. Of several pages, one whose account was active already has
	// sent nothing: a look of another page's may undo it unseen.
	const { lastClick } = run;
	// A look of another page's that renews the session may undo it, as late as when it was confirmed.
	// Nor does one that hears of nothing, and has read this very second.
	const isLast = lastClick?.hasSent
		? tabs.length === 1 || !has(run.schedule, "ripen")
		: tabs.length === 1 && !run.isSilent;
	// What was given up goes on, and without the plugin nobody hears of it.
	const isHeard = run.schedule.hasPlugin || !run.surroundings.isDeaf;
	// A page that cannot be told whom another one has found may make its own click once more, over a later one.
	const click = run.jumped < day && isLast && isHeard && !areApart(run) ? lastClick : null;
	const hasRunOut = (id: string) => has(run.schedule, "expire") && device.sessions().every((one) => one.id !== id);
	const conflict = open().some(({ store }) => store.value?.error?.kind === "conflict");
	const active = device.rows().find((row) => row.active)?.id;
	if (click?.result?.data && click.tab.isOpen && !conflict && active !== click.id && !hasRunOut(click.id ?? ""))
		broken("the last click that succeeded is the active account");
	for (const { tab, what, answers: count } of commands)
		if (tab.isOpen ? count !== 1 : count > 1) broken(`every command is answered exactly once: ${what}`);
	for (const { app } of tabs) {
		if (app.isOverruled) broken("no account is made active to which the app has said no");
		if (app.told.some(({ from }, index) => index > 0 && from !== app.told[index - 1]?.to))
			broken("each change that the app is told of begins with the end of the one before");
	}
	for (const tab of open()) {
		const { hasCallLeft, isDone, page, sentByEnd } = tab;
		const isShared = tabs.some((other) => other !== tab && other.page === page);
		if (!isDone) continue;
		if (sentByEnd === null) broken("`destroy` ends");
		// Better Auth's own session follows the signal that came with the last command; and the app has calls of its own.
		else if (!isShared && !hasCallLeft && page.requests.slice(sentByEnd).some((line) => ofStores.includes(line)))
			broken("nothing is sent after `destroy` has ended");
	}
	lookForLost(run);
	judgeMinutes(run);
	lookForTokens(run);
}

function lookForLost(run: Run): void {
	const { abandoned, broken, cutOff, device, isUnaccountable, jumped, log, unlisted } = run;
	if (isUnaccountable) return;
	if (areApart(run)) for (const id of unlisted) abandoned.add(id);
	const reachable = new Set(device.rows().map(({ id }) => id));
	for (const name of people) {
		for (const { id, createdAt } of device.sessionsOf(name)) {
			if (cutOff.some((one) => one.names.includes(name) && (jumped > 0 || +createdAt >= one.at))) abandoned.add(id);
		}
	}
	for (const { id } of device.sessions()) {
		if (reachable.has(id) || abandoned.has(id)) continue;
		log.push(`out of reach: ${id}`);
		broken(outOfReach);
	}
}

function lookForTokens({ broken, device, seen, tabs, tokens }: Run): void {
	for (const { app, store } of tabs)
		seen.push(...app.inspected, JSON.stringify(store.value), JSON.stringify(store.actor.getSnapshot().context));
	seen.push(...device.stored(), ...device.said());
	const text = seen.join("\n");
	for (const token of tokens) if (text.includes(token)) broken("no token shows anywhere");
}
