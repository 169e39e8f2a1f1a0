import { initialTransition, type SnapshotFrom, transition } from "xstate";
import { getShortestPaths } from "xstate/graph";
import { type Command, isRevoking } from "../../../src/device-sessions/machine/commands.js";
import { activeOf } from "../../../src/device-sessions/machine/rows.js";
import { deviceSessionsMachine } from "../../../src/device-sessions/machine.js";
import { row } from "../../unit/device-sessions/machine/data.js";
import * as on from "../../unit/device-sessions/machine/events.js";
import type { PlayedEvent } from "../../unit/device-sessions/machine/play.js";

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
	for (const event of [on.wake(), on.read("a", ["a", "b"])]) snapshot = play(snapshot, event);
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
	const refused: Possible = [{ answer: "refused" }, on.notDone("forbidden")];
	const lost: Possible = [{ answer: "none" }, on.notDone("network", { unsure: true })];
	switch (snapshot.value) {
		case "loading":
			return [
				[
					{ answer: "ok" },
					[
						on.read(
							active,
							rows.map(({ id }) => row(id)),
						),
					],
				],
				[{ answer: "none" }, [on.notRead()]],
			];
		case "switching":
			return command?.type === "switch" ? [[{ answer: "ok" }, [on.activated(command.id)]], refused, lost] : [];
		case "revoking": {
			if (!isRevoking(command)) return [];
			if (command.type === "signOutAll") return [[{ answer: "ok" }, [on.signedOut()]], refused, lost];
			const [target] = command.targets;
			if (target === undefined) return [];
			const survivor = rows.find(({ id }) => id !== target)?.id;
			const first: PlayedEvent[] =
				command.type === "revoke" && target === active && survivor !== undefined
					? [on.activated(survivor)]
					: [on.revoked(target), on.commandDone];
			return [
				[{ answer: "ok" }, first],
				[{ answer: "refused" }, [on.rowFailed(target, "forbidden"), on.commandDone]],
				[{ answer: "none" }, [on.rowFailed(target, "network", { unsure: true }), on.commandDone]],
			];
		}
		default:
			return [];
	}
}

function commands(snapshot: Snapshot): readonly Possible[] {
	if (waiting(snapshot).length >= 2) return [];
	const ticket = Math.max(0, ...waiting(snapshot).flatMap(({ tickets }) => tickets)) + 1;
	return [
		[{ does: "refetch" }, [on.refetch(ticket)]],
		...["a", "b"].flatMap((id): Possible[] => [
			[{ does: "setActive", id }, [on.setActive(id, ticket, { at: 1500 })]],
			[{ does: "revoke", id }, [on.revoke(id, ticket)]],
		]),
		[{ does: "signOutOthers" }, [on.signOutOthers(ticket)]],
		[{ does: "signOutAll" }, [on.signOutAll(ticket)]],
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
	const underWay = command && [command.type, "signalFired" in command && command.signalFired];
	return JSON.stringify([value, rows.length, underWay, queue.map(({ type }) => type)]);
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
