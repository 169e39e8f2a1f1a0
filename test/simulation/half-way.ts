import type { Command, Run, Tab } from "./run-state.js";

/** How long a sign-in that has stopped half-way is waited for, in ms. */
const lasts = 600_000;

/** A sign-in that has stopped half-way: who was active before it, and since when in ms of the device's time. */
export interface HalfWay {
	readonly from: string | null;
	readonly at: number;
}

/** A sign-in has come back with the question for a code: whoever was active until this moment is not any more. */
export function stopHalfWay(run: Run): void {
	const { clock, halfWay, known, turns } = run;
	const [before, last] = turns.slice(-2);
	const wasTaken = last && last.token === undefined && last.at === clock.monotonic();
	const token = wasTaken ? before?.token : undefined;
	const active = [...known].find(([, other]) => token !== undefined && other === token)?.[0];
	run.halfWay = { from: halfWay?.from ?? active ?? null, at: clock.now() };
}

/** It ends with whoever is active, and after its time. */
export function followHalfWay(run: Run): void {
	const { clock, device, halfWay } = run;
	if (!halfWay) return;
	const isOver = clock.now() - halfWay.at >= lasts || device.rows().some(({ active }) => active);
	if (isOver) run.halfWay = null;
}

const goneKinds = ["session-gone", "unknown-session"];

/** A command that ends it has come back: nobody is there any more to go back to, or all have been signed out. */
export function endHalfWay(run: Run, { result, what }: Command): void {
	const isGone = goneKinds.includes(result?.error?.kind ?? "");
	if (
		what === "signOutAll"
			? result?.data
			: what === "cancelSignIn" && ((result?.data === null && result.error === null) || isGone)
	)
		run.halfWay = null;
}

/** Whether every tab that has the plugin can know of it. */
const isKnown = ({ hasJumped, schedule, surroundings }: Run): boolean =>
	schedule.hasPlugin &&
	!hasJumped &&
	!surroundings.isDeaf &&
	surroundings.cookieCache === null &&
	surroundings.lacks.length === 0;

/** What a page says of it at rest, beside what is so. */
export function compareHalfWay(run: Run, { app, store }: Tab): void {
	const { broken, device, halfWay, log } = run;
	if (!isKnown(run)) return;
	const { signingIn = null } = store.value ?? {};
	if ((signingIn !== null) !== (halfWay !== null)) {
		log.push(`half-way: ${JSON.stringify(halfWay)}, the page: ${JSON.stringify(signingIn)}`);
		broken("a page knows of a sign-in that is half-way, and of no other");
	}
	if (!halfWay || !signingIn) return;
	const isThere = device.rows().some(({ id }) => id === halfWay.from);
	if ((signingIn.from?.id ?? null) !== (isThere ? halfWay.from : null)) {
		log.push(`half-way from ${halfWay.from}, the page: ${signingIn.from?.id}`);
		broken("a page knows who was active before a sign-in that is half-way");
	}
	const told = app.told.at(-1);
	if (told && signingIn.from && told.to !== signingIn.from.user.id)
		broken("the app is told of nobody while a sign-in is half-way");
}

/** A store makes somebody active: nobody may be unasked while a sign-in is half-way. */
export function watchActivation(run: Run, tab: Tab): void {
	const isAsked = run.commands.some((command) => command.tab === tab && command.answers === 0);
	if (run.halfWay && !isAsked && isKnown(run)) run.broken("nobody is made active unasked while a sign-in is half-way");
}
