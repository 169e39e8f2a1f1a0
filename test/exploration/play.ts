import { settle } from "../../src/testing/clock.js";
import type { Pending } from "../../src/testing/index.js";
import { type Actor, type Happening, type Losable, type Scene, type Stage, setStage, thaw } from "./scene.js";
import { createNumbers, createWatch, type Numbers, type Watch } from "./watch.js";

/** One run of a scene. The same choices are the same run. */
export interface Run {
	/** What was chosen at each step, an index into what could be done then. 0 is the oldest thing, delivered. */
	readonly choices: readonly number[];
	/** How many things could be done at each step. */
	readonly widths: readonly number[];
	/** The rules that were broken at rest. */
	readonly broken: readonly string[];
	/** What was done, a line each. */
	readonly log: readonly string[];
	/** What came of it, the same way: of a run that is cut off, nothing. */
	readonly ending: readonly string[];
	/** It ended in a state that was known already: its end is that of another run. */
	readonly isCut: boolean;
}

/** Tells whether a state is known, so that nothing new comes after it. */
export interface Cut {
	readonly numbers: Numbers;
	isKnown(key: number): boolean;
}

interface Action {
	readonly label: string;
	/** Does it, and all that it sets off at once. */
	run(): Promise<void>;
}

const comesToRest = "all comes to rest";
/** Timers further away are those of sessions that run out: without them nothing would ever rest. */
const horizon = 15_000;
const most = 1_000;

const label = (verb: string, { kind, tab, what, from }: Pending) =>
	`${verb} ${kind} ${what}${from === undefined ? "" : ` from tab ${from}`}${tab === null ? "" : `, tab ${tab}`}`;

/**
 * A message with the version that its page knows already, and that the storage says as well: the page compares, and
 * nothing in it changes (`hear` in tabs/version.ts, `moved` in machine/calls.ts), unless a read is scheduled, whose timer
 * is set again then.
 */
function isNoNews({ actors, device }: Stage, { kind, tab, what }: Pending): boolean {
	const context = actors[tab ?? 0]?.store.actor.getSnapshot().context;
	if (kind !== "message" || !context || context.dueAt) return false;
	const { version }: { version?: unknown } = JSON.parse(what.slice(what.indexOf(" ") + 1));
	const stored = device.stored().map((entry): [key: string, text: string] => JSON.parse(entry));
	return version === context.version && stored.some(([key, text]) => key.endsWith(":version") && text === version);
}

/** What is done to things on their way, and how often something was lost or has happened. */
interface Hand {
	readonly putOff: Set<number>;
	lost: number;
	hasHappened: boolean;
}

/**
 * Everything that can be done next. The first is what happens when nobody interferes. What is put off waits until nothing
 * else can be delivered: an answer that comes very late.
 */
function actionsOf(
	stage: Stage,
	watch: Watch,
	scene: Pick<Scene, "happens" | "loses" | "losses" | "timers">,
	hand: Hand,
): Action[] {
	const { actors, device } = stage;
	const { happens, loses = [], losses = Number.POSITIVE_INFINITY, timers = "at rest" } = scene;
	const { putOff } = hand;
	const runs = (thing: Pending) => actors[watch.ownerOf(thing)]?.state !== "frozen" || thing.kind === "request";
	const ready = device
		.pending()
		.map((thing, index) => ({ thing, index }))
		.filter(({ thing }) => thing.ready && runs(thing));
	const all = ready.filter(({ thing }) => thing.kind !== "timer");
	const punctual = all.filter(({ thing }) => !putOff.has(thing.id));
	const moving = punctual.length > 0 ? punctual : all;
	const may = (kind: Losable | "timer") => kind !== "timer" && loses.includes(kind) && hand.lost < losses;
	const deliver = ({ thing, index }: (typeof ready)[number]): Action => ({
		label: label("deliver", thing),
		async run() {
			watch.mute(isNoNews(stage, thing));
			watch.come(device, thing, "deliver");
			await device.deliver(index);
			watch.mute(false);
		},
	});
	const lose = ({ thing, index }: (typeof ready)[number], only?: "body"): Action => ({
		label: label(only ? "lose the body of" : "lose", thing),
		async run() {
			hand.lost += 1;
			watch.come(device, thing, only ? "body lost" : "lost");
			await device.lose(index, { only });
		},
	});
	const goOn = ({ actor, tab }: { actor: Actor; tab: number }): Action => ({
		label: `tab ${tab} goes on`,
		async run() {
			watch.happen(tab, "goes on");
			thaw(actor);
			await settle();
		},
	});
	const timer = ready.filter(({ thing }) => (thing.due ?? Number.POSITIVE_INFINITY) <= device.clock.now() + horizon);
	const frozen = actors.flatMap((actor, tab) => (actor.state === "frozen" ? [{ actor, tab }] : []));
	const rested = frozen.length === 0 ? timer.map(deliver) : frozen.map(goOn);
	const happen = ({ run, tab, what }: Happening): Action => ({
		label: what,
		async run() {
			hand.hasHappened = true;
			if (tab !== undefined) watch.happen(tab, what);
			run(stage);
			await settle();
		},
	});
	return [
		...moving.map(deliver),
		...(moving.length === 0 ? rested : timers === "any time" ? timer.map(deliver) : []),
		...(punctual.length > 1 ? punctual : []).map(({ thing }) => ({
			label: label("put off", thing),
			run: async () => void putOff.add(thing.id),
		})),
		...moving.filter(({ thing }) => may(thing.kind)).map((one) => lose(one)),
		...moving.filter(({ thing }) => thing.kind === "answer" && may("body")).map((one) => lose(one, "body")),
		...(happens && !hand.hasHappened && moving.length > 0 ? [happen(happens)] : []),
	];
}

/** What the commands have returned, what is true, and what each page shows. */
function endingOf({ actors, commands, device }: Stage): string[] {
	const list = (rows: readonly { name: string; active: boolean }[]) =>
		rows.map(({ name, active }) => (active ? `${name}*` : name)).join(", ");
	const kind = (one: (typeof commands)[number]["answers"][number]) =>
		one === "rejected" ? one : (one.error?.kind ?? "ok");
	return [
		...commands.map(({ what, answers }) => `${what}: ${answers.map(kind).join(", ") || "no answer"}`),
		`true: ${list(device.rows())}`,
		...actors.map(({ state, store }, tab) => {
			const rows = store.value?.sessions.map(({ user, active }) => ({ name: user.name, active })) ?? [];
			return `tab ${tab}${state === "open" ? "" : `, ${state}`}: ${list(rows)}`;
		}),
	];
}

/** Plays a scene with these choices, and with the first action from there on. */
export async function play(scene: Scene, given: readonly number[] = [], cut?: Cut): Promise<Run> {
	const watch = createWatch(cut?.numbers ?? createNumbers());
	const { stage, look, remembered, end } = setStage(scene, watch);
	const { actors, device } = stage;
	const choices: number[] = [];
	const widths: number[] = [];
	const log: string[] = [];
	const hand: Hand = { putOff: new Set(), lost: 0, hasHappened: false };

	/** Goes on until nothing can be done any more; false where that does not come. */
	async function rest(of: Pick<Scene, "loses" | "timers">, choose: (actions: Action[]) => Action | undefined) {
		await settle();
		for (let step = 0; step < most; step += 1) {
			watch.look(device);
			look();
			const action = choose(actionsOf(stage, watch, of, hand));
			if (!action) return true;
			await action.run();
		}
		return false;
	}

	let isCut = false;
	try {
		await rest({}, ([first]) => first);
		watch.enter(0);
		await scene.act(stage);
		let rests = await rest(scene, (actions) => {
			if (actions.length === 0) return undefined;
			const step = choices.length;
			if (cut && step >= given.length) {
				const waits = device.pending().filter(({ id }) => hand.putOff.has(id));
				const others = [
					remembered(),
					hand.lost,
					hand.hasHappened,
					waits.map((thing) => device.pending().indexOf(thing)),
				];
				isCut = cut.isKnown(watch.key(device, others));
				if (isCut) return undefined;
			}
			const choice = given[step] ?? 0;
			const action = actions[choice];
			if (!action)
				throw new RangeError(
					`Choice ${choice} at step ${step}: there are ${actions.length}, ${actions.map(({ label }) => label).join("; ")}`,
				);
			choices.push(choice);
			widths.push(actions.length);
			log.push(`${step}: ${choice} of ${actions.length}, ${action.label}`);
			return action;
		});
		if (isCut) return { choices, widths, log, ending: [], broken: [], isCut };
		if (given.length > choices.length)
			throw new RangeError(`${given.length} choices, but all is at rest after ${choices.length}.`);
		if (scene.isSilent && rests) {
			await device.clock.advance(1_500);
			for (const { page, state } of actors) if (state === "open") page.show(true);
			rests = await rest({}, ([first]) => first);
		}
		return { choices, widths, log, ending: endingOf(stage), broken: rests ? scene.check(stage) : [comesToRest], isCut };
	} finally {
		end();
	}
}
