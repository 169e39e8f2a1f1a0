import { settle } from "../../src/testing/clock.js";
import { createTestDevice, type Pending, type TestDevice } from "../../src/testing/index.js";
import { createClientWithPlugin } from "./client-with-plugin.js";
import { type Losable, type Scene, setStage } from "./scene.js";

/** One run of a scene. The same choices are the same run. */
export interface Run {
	/** What was chosen at each step, an index into what could be done then. 0 is the oldest thing, delivered. */
	readonly choices: readonly number[];
	/** How many things could be done at each step. */
	readonly widths: readonly number[];
	/** The rules that were broken at rest. */
	readonly broken: readonly string[];
	/** What was done, a line each, and what came of it. */
	readonly log: readonly string[];
}

interface Action {
	readonly label: string;
	run(): Promise<void>;
}

const comesToRest = "all comes to rest";
/** Timers further away are those of sessions that run out: without them nothing would ever rest. */
const horizon = 15_000;
const most = 1_000;

const label = (verb: string, { kind, tab, what, from }: Pending) =>
	`${verb} ${kind} ${what}${from === undefined ? "" : ` from tab ${from}`}${tab === null ? "" : `, tab ${tab}`}`;

/**
 * Everything that can be done next. The first is what happens when nobody interferes. What is put off waits until nothing
 * else can be delivered: an answer that comes very late.
 */
function actionsOf(
	device: TestDevice,
	{ loses = [], timers = "at rest" }: Pick<Scene, "loses" | "timers">,
	putOff: Set<number>,
): Action[] {
	const ready = device
		.pending()
		.map((thing, index) => ({ thing, index }))
		.filter(({ thing }) => thing.ready);
	const all = ready.filter(({ thing }) => thing.kind !== "timer");
	const punctual = all.filter(({ thing }) => !putOff.has(thing.id));
	const moving = punctual.length > 0 ? punctual : all;
	const may = (kind: Losable | "timer") => kind !== "timer" && loses.includes(kind);
	const deliver = ({ thing, index }: (typeof ready)[number]): Action => ({
		label: label("deliver", thing),
		run: () => device.deliver(index),
	});
	const timer = ready.filter(({ thing }) => (thing.due ?? Number.POSITIVE_INFINITY) <= device.clock.now() + horizon);
	return [
		...moving.map(deliver),
		...(moving.length === 0 || timers === "any time" ? timer.map(deliver) : []),
		...(punctual.length > 1 ? punctual : []).map(({ thing }) => ({
			label: label("put off", thing),
			run: async () => void putOff.add(thing.id),
		})),
		...moving
			.filter(({ thing }) => may(thing.kind))
			.map(({ thing, index }) => ({ label: label("lose", thing), run: () => device.lose(index) })),
		...moving
			.filter(({ thing }) => thing.kind === "answer" && may("body"))
			.map(({ thing, index }) => ({
				label: label("lose the body of", thing),
				run: () => device.lose(index, { only: "body" }),
			})),
	];
}

/** Takes the timers of this process, Better Auth's and nanostores' too, into a device's hand; returns how to end that. */
function takeTimers({ clock }: TestDevice): () => void {
	const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
	// Safe: the two are called with a function and a time.
	Object.assign(globalThis, { setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout });
	return () => void Object.assign(globalThis, real);
}

/** Plays a scene with these choices, and with the first action from there on. */
export async function play(scene: Scene, given: readonly number[] = []): Promise<Run> {
	const device: TestDevice = createTestDevice({
		...scene.device,
		...(scene.hasPlugin && { createClient: createClientWithPlugin }),
		manual: true,
	});
	const giveBack = takeTimers(device);
	const stage = setStage(device, scene.tabs);
	const choices: number[] = [];
	const widths: number[] = [];
	const log: string[] = [];
	const putOff = new Set<number>();

	/** Goes on until nothing can be done any more; false where that does not come. */
	async function rest(of: Pick<Scene, "loses" | "timers">, choose: (actions: Action[]) => Action | undefined) {
		for (let step = 0; step < most; step += 1) {
			await settle();
			const action = choose(actionsOf(device, of, putOff));
			if (!action) return true;
			await action.run();
		}
		return false;
	}

	try {
		await rest({}, ([first]) => first);
		scene.act(stage);
		const rests = await rest(scene, (actions) => {
			if (actions.length === 0) return undefined;
			const choice = given[choices.length] ?? 0;
			const action = actions[choice];
			if (!action)
				throw new RangeError(
					`Choice ${choice} at step ${choices.length}: there are ${actions.length}, ${actions.map(({ label }) => label).join("; ")}`,
				);
			choices.push(choice);
			widths.push(actions.length);
			log.push(`${choices.length - 1}: ${choice} of ${actions.length}, ${action.label}`);
			return action;
		});
		if (given.length > choices.length)
			throw new RangeError(`${given.length} choices, but all is at rest after ${choices.length}.`);
		for (const { what, answers } of stage.commands)
			log.push(`${what}: ${answers.map((kind) => kind ?? "ok").join(", ") || "no answer"}`);
		const list = (rows: readonly { name: string; active: boolean }[]) =>
			rows.map(({ name, active }) => (active ? `${name}*` : name)).join(", ");
		log.push(`true: ${list(device.rows())}`);
		for (const [tab, { store }] of stage.actors.entries())
			log.push(`tab ${tab}: ${list(store.get().sessions.map(({ user, active }) => ({ name: user.name, active })))}`);
		return { choices, widths, log, broken: rests ? scene.check(stage) : [comesToRest] };
	} finally {
		stage.end();
		giveBack();
	}
}
