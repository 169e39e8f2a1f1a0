import { counts } from "../../src/device-sessions/machine/knowledge.js";
import { insideOf } from "../../src/testing/inside.js";
import type { Command, Run, Tab } from "./run-state.js";
import { has } from "./surroundings.js";

/** How long a sign-in that has stopped half-way is waited for, in ms. */
const lasts = 600_000;

/** A sign-in that has stopped half-way: who was active before it, and since when in ms of the device's time. */
export interface HalfWay {
	readonly from: string | null;
	/** A page can know who that was: a store has made it active, or has read it before the sign-in. */
	readonly isKnown: boolean;
	/**
	 * A page was frozen in the middle of a change, or an answer was lost, or a store had ended, and nobody knew what came of
	 * that.
	 */
	readonly isUnheard: boolean;
	/** Who was active last, and whom a store has made active last: a late look, or a late call, may have undone it. */
	readonly before: readonly (string | null)[];
	/** How much had been sent before it. */
	readonly sent: number;
	/** A sign-out of all was on its way when it came back: which of the two the server saw first no page can know. */
	readonly isCrossed: boolean;
	readonly at: number;
}

/** Whom some page has read to be active, where that is so and no page knows of anything that has happened since. */
export function activeAndShown({ commands, device, here, signingIn, tabs }: Run): string | null {
	const active = device.rows().find((row) => row.active)?.id ?? null;
	if (signingIn.size > 0 || commands.some(({ answers, tab }) => answers === 0 && tab.isOpen)) return null;
	const known = (them: readonly Tab[]) => them.map(({ store }) => store.actor.getSnapshot().context);
	// One that has gone may have said last who was active, by a version of its own.
	const isRead = known(here()).some(
		(context) =>
			counts(context) &&
			context.rows.some((row) => row.active && row.id === active) &&
			known(tabs).every(({ version }) => version === context.version),
	);
	return isRead ? active : null;
}

/** A sign-in: when it began, in ms of the monotonic clock, and whom some page showed as active by then. */
interface Began {
	readonly at: number;
	readonly shown: string | null;
	/** Its page was stopped meanwhile, or it took longer than a request may. */
	readonly isLate: boolean;
}

/** A sign-in has come back with the question for a code: whoever was active until this moment is not any more. */
export function stopHalfWay(run: Run, began: Began): void {
	const { clock, halfWay, known, turns } = run;
	const [before, now] = turns.slice(-2);
	const wasTaken = now && now.token === undefined && now.at === clock.monotonic();
	const idOf = (token: string | undefined) =>
		[...known].find(([, other]) => token !== undefined && other === token)?.[0] ?? null;
	const active = wasTaken ? idOf(before?.token) : null;
	const lastActive = idOf(turns.findLast(({ token }) => token !== undefined)?.token);
	const others = [lastActive, run.madeActive];
	const from = active;
	const isNewer = (before?.at ?? 0) > began.at;
	// Another page that looks while the command is under way has the last word.
	const isAlone = isNewer && run.here().length === 1;
	// What a switch has done whose answer was lost is not known before it is read.
	const isHeard = run.schedule.steps.every(
		({ happens }) => happens.what !== "disturb" || happens.path !== "/multi-session/set-active" || !happens.lose,
	);
	const isKnown = from === null || from === began.shown || (isAlone && isHeard && from === run.madeActive);
	// What it is slow to hear of it may hear of later.
	const { onIdentityChange: manners = [] } = run.surroundings.manners;
	if (!halfWay) {
		run.toldBefore.clear();
		if (manners.every((manner) => manner === "well"))
			for (const tab of run.here()) run.toldBefore.set(tab, tab.app.told.length);
	}
	const sent = run.device.sent.lastIndexOf("POST /sign-in/email");
	const isFrozen = ({ gate, isOpen }: Tab) => isOpen && gate.isShut();
	// A late call of another page's may have put somebody else back in the middle of it.
	const isCrossedByCall = run.cameBackAt >= began.at;
	const isUnheard =
		began.isLate ||
		run.cutOff.some((one) => began.at - one.began < run.timeout) ||
		(!isHeard && from === run.madeActive) ||
		isCrossedByCall ||
		// Whoever has come by a code whose answer was another is not known before a read.
		run.schedule.steps.some(({ happens }) => happens.what === "disturb" && /two-factor/.test(happens.path)) ||
		(from !== null && from === run.untold && from !== began.shown) ||
		run.commands.some(({ answers, tab }) => answers === 0 && isFrozen(tab)) ||
		[...run.signingIn].some(({ tab }) => tab && isFrozen(tab));
	const last = { sent, isCrossed: run.device.sending("POST /sign-out") > 0, at: clock.now() };
	run.halfWay = halfWay?.from ? { ...halfWay, ...last } : { from, isKnown, isUnheard, before: others, ...last };
}

/** It ends with whoever is active, and after its time. */
export function followHalfWay(run: Run): void {
	const { clock, device, halfWay, known, madeActive } = run;
	if (!halfWay && !run.mayGoOn) return;
	const isActive = device.rows().some(({ active }) => active);
	if (isActive) run.mayGoOn = false;
	if (!halfWay) return;
	const token = insideOf(device).activeToken();
	// A switch, or a code, has ended it, though its session has ended by then.
	const isSwitched = token !== undefined && token === known.get(madeActive ?? "");
	const [id = null] = [...known].find(([, other]) => other === token) ?? [];
	const isVerified = token !== undefined && id !== halfWay.from && !halfWay.before.includes(id);
	const isOver = clock.now() - halfWay.at >= lasts || isSwitched || isVerified || isActive;
	if (isOver) run.halfWay = null;
	// The answer of the switch comes to a page that is frozen, and nobody is found any more: it may go on as well.
	run.mayGoOn = isSwitched && !isActive && run.open().some(({ gate }) => gate.isShut());
}

const goneKinds = ["session-gone", "unknown-session"];

/**
 * A command has come back that ends it: all were signed out, or nobody is there to go back to.
 *
 * @param before as it was when the command was asked for
 */
export function endHalfWay(run: Run, { result, what }: Command, before: HalfWay | null): void {
	const { commands, device, halfWay } = run;
	if (!result || !halfWay) return;
	if (what === "signOutAll" && result.data && device.sent.includes("POST /sign-out", halfWay.sent)) {
		run.halfWay = null;
		run.mayGoOn = halfWay.isCrossed;
	}
	if (what !== "cancelSignIn") return;
	const isActive = device.rows().some(({ active }) => active);
	// It has taken the sign-in with it, and its app is still told.
	const isSigningOut =
		device.sent.includes("POST /sign-out", halfWay.sent) &&
		commands.some((other) => other.what === "signOutAll" && other.answers === 0);
	// One that has begun since goes on.
	const isBack = result.data === null || halfWay === before;
	if (result.error ? goneKinds.includes(result.error.kind) : !isActive && isBack) run.halfWay = null;
	if (result.data && halfWay === before && isKnown(run) && !isActive && !isSigningOut)
		run.broken("an account that `cancelSignIn` goes back to is active");
}

/** Whether every tab that has the plugin can know of it. */
const isKnown = ({ jumped, schedule, surroundings }: Run): boolean =>
	schedule.hasPlugin &&
	// What a call of the app's past the store ends, or takes away, is not followed.
	!has(schedule, "past") &&
	// A page that waits knows nothing of a clock that is set past the end of it.
	jumped < lasts / 2 &&
	!surroundings.isDeaf &&
	surroundings.cookieCache === null &&
	surroundings.lacks.length === 0;

/** What a page says of it at rest, beside what is so. */
export function compareHalfWay(run: Run, tab: Tab): void {
	const { broken, device, halfWay, log } = run;
	if (!isKnown(run)) return;
	const { signingIn = null } = tab.store.value ?? {};
	if (signingIn && run.mayGoOn && !halfWay) return;
	// A page that waits for its end hears of no clock that is set.
	const { until = 0 } = tab.store.actor.getSnapshot().context.signingIn ?? {};
	if (signingIn && !halfWay && run.clock.now() <= until + run.jumped) return;
	if ((signingIn !== null) !== (halfWay !== null)) {
		log.push(`half-way: ${JSON.stringify(halfWay)}, the page: ${JSON.stringify(signingIn)}`);
		broken("a page knows of a sign-in that is half-way, and of no other");
	}
	if (!halfWay || !signingIn) return;
	const from = device.rows().some(({ id }) => id === halfWay.from) ? halfWay.from : null;
	const said = signingIn.from?.id ?? null;
	const isRight = said === from || (said !== null && halfWay.before.includes(said));
	if (!isRight && !halfWay.isUnheard && (said !== null || halfWay.isKnown)) {
		log.push(`half-way from ${JSON.stringify(halfWay)}, the page: ${said}`);
		broken("a page knows who was active before a sign-in that is half-way");
	}
	const toldBefore = run.toldBefore.get(tab);
	if (toldBefore !== undefined && tab.app.told.length > toldBefore)
		broken("the app is told of nobody while a sign-in is half-way");
}

/** A store makes somebody active: nobody may be unasked while a sign-in is half-way. */
export function watchActivation(run: Run, tab: Tab, id: string): void {
	run.madeActive = id;
	followHalfWay(run);
	for (const one of run.commands) if (one.tab === tab && one.id === id && one.answers === 0) one.hasSent = true;
	const isAsked = run.commands.some((command) => command.tab === tab && command.answers === 0);
	if (run.halfWay && !isAsked && isKnown(run)) run.broken("nobody is made active unasked while a sign-in is half-way");
}
