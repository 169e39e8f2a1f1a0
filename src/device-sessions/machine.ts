import { assign, emit, sendTo } from "xstate";
import { failed } from "../errors.js";
import * as check from "./machine/check.js";
import { activeId, type Context, initialContext, owing } from "./machine/context.js";
import * as jobs from "./machine/job.js";
import * as outcomes from "./machine/outcomes.js";
import * as reads from "./machine/readings.js";
import { named } from "./machine/setup.js";

const answering = { guard: "anAnswerIsKnown", actions: "answer" } as const;
const rememberActive = {
	type: "remember",
	params: ({ context }: { context: Context }) => ({ id: activeId(context) }),
} as const;

/**
 * The device session list as an XState machine: a hub. `idle` takes the next job, every busy state comes back to it,
 * and a command, wherever it arrives, only changes the queue. What its requests come to is kept as facts; what it
 * answers is decided in `idle`, in one place. The machine knows nothing of nanostores or Better Auth: what touches the
 * world are the actors `world`, `readDevice`, `switchTo` and `revokeRows`, and the action `remember`.
 *
 * @example
 * const [idle] = initialTransition(deviceSessionsMachine);
 * const [next] = transition(deviceSessionsMachine, idle, { type: "command.read", ticket: 1, id: "", at: 0 });
 * next.value; // "loading"
 */
export const deviceSessionsMachine = /* @__PURE__ */ (() =>
	named().createMachine({
		id: "deviceSessions",
		context: initialContext,
		initial: "idle",
		on: {
			wake: { actions: [assign(reads.woken), "listen"] },
			sleep: { actions: assign(reads.slept) },
			destroy: { actions: assign(jobs.ended) },
			hydrate: { guard: "nothingIsKnown", actions: assign(reads.hydrated) },
			"command.read": { actions: { type: "enqueue", params: jobs.toCommand } },
			"command.switch": { actions: { type: "enqueue", params: jobs.toCommand } },
			"command.revoke": { actions: { type: "enqueue", params: jobs.toCommand } },
			"command.malformed": {
				actions: [
					assign({ commandError: ({ event }) => event.error }),
					emit(({ event }) => ({ type: "answered", tickets: [event.ticket], result: failed(event.error) })),
				],
			},
			"session.seen": { actions: [assign(check.seen), "lookAgainLater"] },
			"session.unknown": { actions: assign(check.strangerSeen) },
			"session.changed": { actions: assign(check.changeSeen) },
			"session.failed": { actions: assign(check.checkFailed) },
			"device.changed": { actions: assign(reads.changedElsewhere) },
			"device.stale": { actions: assign(reads.stale) },
			"device.online": { actions: assign(reads.wentOnline) },
			"cookie.late": {
				guard: "cookieMayBeLate",
				actions: [assign(check.lookedAgain), sendTo("world", { type: "refetch" })],
			},
			"xstate.error.actor.world": { actions: assign({ listening: false, expected: null }) },
			"row.revoked": { actions: assign(outcomes.revoked) },
			"row.failed": { actions: assign(outcomes.rowFailed) },
			"callback.failed": { actions: assign({ commandError: ({ event }) => event.error }) },
		},
		states: {
			idle: {
				always: [
					answering,
					{ guard: "aRevokeWaits", target: "revoking" },
					{ guard: "aSwitchWaits", target: "switching" },
					{ guard: "aReadIsOwed", target: "loading" },
					{ guard: "nobodyLooks", actions: "stopListening" },
					{ guard: "allIsFinished", actions: [assign({ destroyed: "yes" }), emit({ type: "stopped" })] },
				],
				after: {
					expiry: { actions: assign(({ context }) => owing(context)) },
					retry: { actions: assign(reads.retry) },
				},
				// Asleep there is no timer: the wait begins anew.
				on: {
					wake: { target: "idle", reenter: true, actions: [assign(reads.woken), "listen"] },
					sleep: { target: "idle", reenter: true, actions: assign(reads.slept) },
				},
			},
			loading: {
				entry: assign(reads.reading),
				// The read is put back: it is still owed.
				always: [
					answering,
					{ guard: "aCommandCanGo", target: "idle" },
					{ guard: "theReadMustWait", target: "idle", actions: assign(reads.waited) },
				],
				invoke: {
					id: "readDevice",
					src: "readDevice",
					input: reads.readInput,
					onDone: {
						target: "idle",
						actions: [
							assign(({ context, event }) => reads.absorb(context, event.output)),
							"lookAgainLater",
							rememberActive,
						],
					},
					onError: {
						target: "idle",
						actions: assign(({ context, event }) => reads.readFailed(context, event.error)),
					},
				},
				on: {
					// The read itself waits for the session atom.
					"session.*": {},
					"device.changed": { actions: assign({ outdated: true }) },
					"device.stale": {},
				},
			},
			switching: {
				entry: assign(jobs.started),
				always: answering,
				invoke: {
					id: "switchTo",
					src: "switchTo",
					input: jobs.jobInput,
					onError: { target: "idle", actions: assign(({ context, event }) => outcomes.broke(context, event.error)) },
				},
				on: {
					"row.activated": {
						target: "idle",
						actions: [assign(outcomes.activated), "listen", "fireSignal", rememberActive],
					},
					"command.done": [
						{ guard: "theSignalIsOwed", target: "idle", actions: [assign(outcomes.stayed), "listen", "fireSignal"] },
						{ target: "idle", actions: assign(outcomes.done) },
					],
					"command.stale": { target: "idle", actions: "putBack" },
				},
			},
			revoking: {
				entry: assign(jobs.started),
				always: answering,
				invoke: {
					id: "revokeRows",
					src: "revokeRows",
					input: jobs.jobInput,
					onError: { target: "idle", actions: assign(({ context, event }) => outcomes.broke(context, event.error)) },
				},
				on: {
					"row.activated": { actions: [assign(outcomes.activated), "listen", "fireSignal", rememberActive] },
					"command.done": [
						{ guard: "theSignalIsOwed", target: "idle", actions: [assign(outcomes.stayed), "listen", "fireSignal"] },
						{ target: "idle", actions: assign(outcomes.done) },
					],
					"command.stale": { target: "idle", actions: "putBack" },
					"device.signedOut": { target: "idle", actions: assign(outcomes.signedOut) },
				},
			},
		},
	}))();

export type DeviceSessionsMachine = typeof deviceSessionsMachine;
