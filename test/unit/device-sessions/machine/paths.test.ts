import { expect, test } from "vitest";
import { type SnapshotFrom, transition } from "xstate";
import { getShortestPaths } from "xstate/graph";
import type { DeviceSessionsEmitted } from "../../../../src/device-sessions/events.js";
import { deviceSessionsMachine } from "../../../../src/device-sessions/machine.js";
import { boundLoops } from "./bound-loops.js";
import * as on from "./events.js";
import { broken, goodAnswer, serialize, ticketsOf, whatCanHappen } from "./paths.js";
import type { PlayedEvent } from "./play.js";

// The whole of the rules with two accounts: every state that any sequence of events can reach, each by its shortest path.

boundLoops(deviceSessionsMachine);

type Snapshot = SnapshotFrom<typeof deviceSessionsMachine>;
// Safe: the machine takes what its actors send as well.
const step = (snapshot: Snapshot, event: PlayedEvent) => transition(deviceSessionsMachine, snapshot, event as never);

const paths = getShortestPaths(deviceSessionsMachine, {
	// Safe: as above.
	events: (snapshot) => whatCanHappen(snapshot) as never,
	serializeState: serialize,
	limit: 1_000_000,
});
const words = (steps: (typeof paths)[number]["steps"]) => steps.map(({ event }) => JSON.stringify(event)).join("\n");

/** The tickets that a step answers. */
const answered = (actions: readonly { readonly type: string; readonly params: unknown }[]): number[] =>
	actions.flatMap(({ type, params }) => {
		if (type !== "xstate.emit") return [];
		// Safe: what XState itself puts into the action of an emit.
		const { event } = params as { event: DeviceSessionsEmitted };
		return event.type === "answered" ? event.tickets : [];
	});

test("there are thousands of states", () => {
	console.log(
		`paths: ${paths.length} states with two accounts, the longest path has ${Math.max(...paths.map(({ weight }) => weight))} steps`,
	);
	expect(paths.length).toBeGreaterThan(2_000);
});

// Thousands of states: a busy machine takes its time.
test("every rule holds in every state", { timeout: 60_000 }, () => {
	for (const { state, steps } of paths) {
		const rules = broken(state);
		if (rules.length > 0) expect.fail(`${rules.join(", ")} after\n${words(steps)}`);
	}
});

test("every ticket waits or is answered, once, whatever happens in any state", () => {
	let transitions = 0;
	for (const { state, steps } of paths) {
		const before = ticketsOf(state);
		for (const event of whatCanHappen(state)) {
			const [next, actions] = step(state, event);
			const asked = "ticket" in event ? [...before, event.ticket] : before;
			const accounted = [...ticketsOf(next), ...answered(actions)].sort();
			if (accounted.join() !== [...asked].sort().join()) {
				expect.fail(
					`${asked} were asked, ${accounted} are accounted for after\n${words(steps)}\n${JSON.stringify(event)}`,
				);
			}
			transitions += 1;
		}
	}
	expect(transitions).toBeGreaterThan(paths.length);
}, 240_000);

test("a read never clears what a command reported", () => {
	for (const { state, steps } of paths) {
		const before = state.context.commandError;
		if (!before || state.value !== "loading") continue;
		for (const event of whatCanHappen(state)) {
			if (!event.type.endsWith("readDevice")) continue;
			const [{ context }] = step(state, event);
			if (context.commandError === null && context.command === null && context.queue.length === 0) {
				expect.fail(`the error is gone after\n${words(steps)}\n${JSON.stringify(event)}`);
			}
		}
	}
});

test("from every state it comes to rest where all goes well, and then nothing is awaited or due", () => {
	for (const { state, steps } of paths) {
		let [now] = [state];
		if (now.context.destroyed === "no" && !now.context.awake)
			[now] = step(now, { ...on.wake(60_000), version: now.context.version });
		let left = 40;
		for (let event = goodAnswer(now); event; event = goodAnswer(now)) {
			[now] = step(now, event);
			left -= 1;
			if (left === 0) expect.fail(`no rest after\n${words(steps)}`);
		}
		const { check, dueAt, command, queue, destroyed, awake } = now.context;
		const rests =
			now.value === "idle" &&
			!command &&
			queue.length === 0 &&
			(destroyed === "no" ? awake && !check && dueAt === null : destroyed === "yes");
		if (!rests) expect.fail(`${now.value}, ${JSON.stringify({ check, dueAt, destroyed })} after\n${words(steps)}`);
	}
}, 240_000);
