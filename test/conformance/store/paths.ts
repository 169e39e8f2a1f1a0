import { initialTransition, type SnapshotFrom, transition } from "xstate";
import { getShortestPaths } from "xstate/graph";
import type { Command } from "../../../src/device-sessions/machine/commands.js";
import { activeOf } from "../../../src/device-sessions/machine/rows.js";
import { deviceSessionsMachine } from "../../../src/device-sessions/machine.js";
import {
	activated,
	commandDone,
	notRead,
	type PlayedEvent,
	read,
	refetch,
	revoke,
	revoked,
	row,
	rowFailed,
	setActive,
	signedOut,
	signOutAll,
	signOutOthers,
	wake,
} from "../../unit/device-sessions/machine/play.js";

type Snapshot = SnapshotFrom<typeof deviceSessionsMachine>;

/** What a person does, or how a request that is under way is answered. */
export type Step =
	| { readonly does: "refetch" | "signOutOthers" | "signOutAll" }
	| { readonly does: "setActive" | "revoke"; readonly id: string }
	| { readonly answer: "ok" | "refused" | "none" };

export interface Path {
	readonly title: string;
	readonly steps: readonly { readonly step: Step; readonly state: Snapshot["value"] }[];
}

/** A step, and the events of the machine that come of it. */
type Possible = readonly [Step, readonly PlayedEvent[]];

/** Two accounts, `a` is active, somebody looks. */
function start(): Snapshot {
	let [snapshot] = initialTransition(deviceSessionsMachine);
	for (const event of [wake(), read("a", ["a", "b"])]) snapshot = play(snapshot, event);
	return snapshot;
}

const play = (snapshot: Snapshot, event: PlayedEvent): Snapshot =>
	// Safe: the machine takes what its actors send as well.
	transition(deviceSessionsMachine, snapshot, event as never)[0];

const waiting = ({ context: { queue, command } }: Snapshot): readonly Command[] =>
	command ? [command, ...queue] : queue;

/** The answers that the server, or the network, may give to the request that is under way; several events may come of one. */
function answers(snapshot: Snapshot): readonly Possible[] {
	const { command, rows } = snapshot.context;
	const active = activeOf(rows)?.id ?? null;
	const refused = (id: string): Possible => [{ answer: "refused" }, [rowFailed(id, "forbidden"), commandDone]];
	const lost = (id: string): Possible => [
		{ answer: "none" },
		[rowFailed(id, "network", { unsure: true }), commandDone],
	];
	switch (snapshot.value) {
		case "loading":
			return [
				[
					{ answer: "ok" },
					[
						read(
							active,
							rows.map(({ id }) => row(id)),
						),
					],
				],
				[{ answer: "none" }, [notRead()]],
			];
		case "switching":
			return command ? [[{ answer: "ok" }, [activated(command.id)]], refused(command.id), lost(command.id)] : [];
		case "revoking": {
			if (!command) return [];
			if (command.scope === "all") return [[{ answer: "ok" }, [signedOut()]], refused(""), lost("")];
			const [target] = command.targets;
			if (target === undefined) return [];
			const survivor = rows.find(({ id }) => id !== target)?.id;
			const first: PlayedEvent[] =
				command.scope === "one" && target === active && survivor !== undefined
					? [activated(survivor)]
					: [revoked(target), commandDone];
			return [[{ answer: "ok" }, first], refused(target), lost(target)];
		}
		default:
			return [];
	}
}

function commands(snapshot: Snapshot): readonly Possible[] {
	if (waiting(snapshot).length >= 2) return [];
	const ticket = Math.max(0, ...waiting(snapshot).flatMap(({ tickets }) => tickets)) + 1;
	return [
		[{ does: "refetch" }, [refetch(ticket)]],
		...["a", "b"].flatMap((id): Possible[] => [
			[{ does: "setActive", id }, [setActive(id, ticket, { at: 1500 })]],
			[{ does: "revoke", id }, [revoke(id, ticket)]],
		]),
		[{ does: "signOutOthers" }, [signOutOthers(ticket)]],
		[{ does: "signOutAll" }, [signOutAll(ticket)]],
	];
}

/** A step of a person or of the wire, which may be several events of the machine. */
const inOneGo = (steps: readonly Possible[]) =>
	steps.map(([step, events]) => ({ type: "step", step, events }) as const);
type Go = ReturnType<typeof inOneGo>[number];

/** The states and the kinds of what waits; two accounts, one or none are there. */
const kind = (snapshot: Snapshot): string => {
	const { value, context } = snapshot;
	const { command, queue, rows } = context;
	const asked = ({ type, scope }: Command) => `${type} ${scope}`;
	return JSON.stringify([value, rows.length, command && [asked(command), command.signalFired], queue.map(asked)]);
};

/** The machine as a machine of steps, for XState's graph. */
const logic = {
	...deviceSessionsMachine,
	transition: (snapshot: Snapshot, { events }: Go) => events.reduce(play, snapshot),
	getInitialSnapshot: start,
};

export function shortestPaths(): Path[] {
	// Safe: the graph asks the logic for no more than a first state and what follows an event.
	const paths = getShortestPaths(logic as unknown as typeof deviceSessionsMachine, {
		events: ((snapshot: Snapshot) => inOneGo([...commands(snapshot), ...answers(snapshot)])) as never,
		serializeState: kind,
		serializeEvent: (event) => JSON.stringify((event as unknown as Go).step),
	});
	return paths
		.map(({ steps }) => {
			let snapshot = start();
			const gone = steps.slice(1).map(({ event }) => {
				// Safe: the events are those that were handed in above.
				const { step, events } = event as unknown as Go;
				snapshot = events.reduce(play, snapshot);
				return { step, state: snapshot.value };
			});
			return { title: gone.map(({ step }) => inWords(step)).join(", ") || "nothing", steps: gone };
		})
		.sort((one, other) => one.steps.length - other.steps.length);
}

function inWords(step: Step): string {
	if ("answer" in step) return step.answer === "ok" ? "answered" : step.answer === "refused" ? "refused" : "no answer";
	return "id" in step ? `${step.does} ${step.id}` : step.does;
}
