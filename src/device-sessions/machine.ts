import { assign, emit } from "xstate";
import { failed } from "../errors.js";
import type { Reading } from "./events.js";
import * as calls from "./machine/calls.js";
import * as check from "./machine/check.js";
import { activeId, type Context, dueAtOnce, fallDue, initialContext } from "./machine/context.js";
import * as job from "./machine/job.js";
import type { DeviceSessionsMachine } from "./machine/names.js";
import * as outcomes from "./machine/outcomes.js";
import * as readings from "./machine/readings.js";
import { named } from "./machine/setup.js";

const answering = { guard: "anAnswerIsKnown", actions: "answer" } as const;
const rememberActive = {
	type: "remember",
	params: ({ context }: { context: Context }) => ({
		id: activeId(context),
		version: context.reading?.version ?? context.version,
	}),
} as const;

const absorb = [
	{ type: "absorb", params: ({ event }: { event: { output: Reading } }) => event.output },
	"lookAgainLater",
	rememberActive,
] as const;

const createDeviceSessionsMachine = () =>
	named().createMachine({
		id: "deviceSessions",
		context: initialContext,
		initial: "idle",
		on: {
			wake: { actions: [assign(readings.woken), "listen", "schedule"] },
			sleep: { actions: assign({ awake: false }) },
			destroy: { actions: assign(job.ended) },
			hydrate: { guard: "nothingIsKnown", actions: assign(readings.hydrated) },
			"command.read": { actions: { type: "enqueue", params: job.incoming } },
			"command.switch": { actions: { type: "enqueue", params: job.incoming } },
			"command.revoke": { actions: { type: "enqueue", params: job.incoming } },
			"command.revokeOthers": { actions: { type: "enqueue", params: job.incoming } },
			"command.signOutAll": { actions: { type: "enqueue", params: job.incoming } },
			"command.malformed": {
				actions: [
					assign({ commandError: ({ event }) => event.error }),
					emit(({ event }) => ({ type: "answered", tickets: [event.ticket], result: failed(event.error) })),
				],
			},
			"call.began": { actions: assign(calls.callBegan) },
			"call.overdue": [
				{
					guard: { type: "theLastCallEnded", params: ({ event }) => ({ id: event.id }) },
					actions: [assign(calls.callOverdue), "listen", "look"],
				},
				{ actions: assign(calls.callOverdue) },
			],
			"call.ended": [
				{
					guard: { type: "theLastCallEnded", params: ({ event }) => ({ id: event.id }) },
					actions: [assign(calls.callEnded), "schedule", "listen", "look"],
				},
				{
					guard: { type: "mayHaveUndone", params: ({ event }) => event.hasCrossed },
					actions: [assign(calls.callEnded), "schedule", "moveVersion"],
				},
				{ actions: [assign(calls.callEnded), "schedule"] },
			],
			"version.carried": [
				{ guard: "nothingIsUnderWay", actions: [assign(calls.carried), "schedule", rememberActive] },
				{ actions: [assign(calls.carried), "schedule"] },
			],
			"session.seen": { actions: [assign(check.seen), "schedule", "lookAgainLater"] },
			"session.unknown": { actions: [assign(check.strangerSeen), "schedule"] },
			"session.changed": { actions: [assign(check.changeSeen), "schedule"] },
			"session.failed": { actions: [assign(check.checkFailed), "schedule"] },
			"device.moved": { actions: [assign(calls.moved), "schedule"] },
			"signIn.over": { actions: [assign(calls.signInOver), "schedule"] },
			"ended.forgotten": { actions: assign({ ended: ({ event }) => event.ended }) },
			"device.doubted": { actions: assign(calls.doubted) },
			"device.stale": { actions: [assign(readings.stale), "schedule"] },
			"device.online": { actions: [assign(readings.wentOnline), "schedule"] },
			"read.due": { actions: assign(fallDue) },
			"cookie.late": { guard: "cookieMayBeLate", actions: [assign(calls.cookieAwaited), "look"] },
			"xstate.error.actor.world": { actions: assign({ listening: false, check: null }) },
			"command.locked": { actions: assign(job.locked) },
			"row.revoked": { actions: assign(outcomes.revoked) },
			"row.failed": { actions: assign(outcomes.requestFailed) },
			"command.failed": { actions: assign(outcomes.requestFailed) },
			"callback.failed": { actions: assign({ commandError: ({ event }) => event.error }) },
		},
		states: {
			idle: {
				entry: "schedule",
				always: [
					answering,
					{ guard: "aRevokeWaits", target: "revoking" },
					{ guard: "aSwitchWaits", target: "switching" },
					{ guard: "aReadIsDue", target: "loading" },
					{ guard: "nobodyLooks", actions: "stopListening" },
					{ guard: "allIsFinished", actions: [assign({ destroyed: "yes" }), emit({ type: "stopped" })] },
				],
				after: { expiry: { actions: assign(dueAtOnce) } },
				// Asleep there is no timer: the wait begins anew.
				on: {
					wake: { target: "idle", reenter: true, actions: [assign(readings.woken), "listen"] },
					sleep: { target: "idle", reenter: true, actions: assign({ awake: false }) },
				},
			},
			loading: {
				entry: assign(readings.reading),
				// The read is put back: it is still owed.
				always: [
					answering,
					{ guard: "aCommandCanGo", target: "idle", actions: assign(dueAtOnce) },
					{ guard: "theReadMustWait", target: "idle", actions: assign(readings.waited) },
				],
				invoke: {
					id: "readDevice",
					src: "readDevice",
					input: readings.readInput,
					onDone: [
						{
							guard: { type: "theReadingIsNews", params: ({ event }) => event.output },
							target: "idle",
							actions: [...absorb, "moveVersion"],
						},
						{ target: "idle", actions: absorb },
					],
					onError: {
						target: "idle",
						actions: [assign(({ context, event }) => readings.readFailed(context, event.error)), "lookAgainLater"],
					},
				},
				on: {
					// The read itself waits for the session atom.
					"session.*": {},
					"device.stale": {},
				},
			},
			switching: {
				entry: assign(job.started),
				always: answering,
				invoke: {
					id: "switchTo",
					src: "switchTo",
					input: job.switchInput,
					onError: { target: "idle", actions: assign(({ context, event }) => outcomes.broke(context, event.error)) },
				},
				on: {
					"row.activated": {
						target: "idle",
						actions: [assign(outcomes.activated), "listen", "fireSignal", rememberActive],
					},
					"command.done": [
						{
							guard: "theSignalIsOwed",
							target: "idle",
							actions: [assign(outcomes.stayed), "listen", "fireSignal", rememberActive],
						},
						{ target: "idle", actions: [assign(outcomes.done), rememberActive] },
					],
					"command.stale": { target: "idle", actions: assign(job.putBack) },
				},
			},
			revoking: {
				entry: assign(job.started),
				always: answering,
				invoke: {
					id: "revokeRows",
					src: "revokeRows",
					input: job.revokeInput,
					onError: { target: "idle", actions: assign(({ context, event }) => outcomes.broke(context, event.error)) },
				},
				on: {
					"row.activated": { actions: [assign(outcomes.activated), "listen", "fireSignal", rememberActive] },
					"command.done": [
						{
							guard: "theSignalIsOwed",
							target: "idle",
							actions: [assign(outcomes.stayed), "listen", "fireSignal", rememberActive],
						},
						{ target: "idle", actions: [assign(outcomes.done), rememberActive] },
					],
					"command.stale": { target: "idle", actions: assign(job.putBack) },
					"device.signedOut": { target: "idle", actions: [assign(outcomes.signedOut), rememberActive] },
				},
			},
		},
	});

/**
 * The device session list as an XState machine: a hub. `idle` takes the next job, every busy state comes back to it,
 * and a command, wherever it arrives, only changes the queue. What its requests come to is kept as facts; what it
 * answers is decided in `idle`, in one place. The machine knows nothing of nanostores or Better Auth: what touches the
 * world are the actors `world`, `readDevice`, `switchTo` and `revokeRows`, and the actions `remember` and `moveVersion`.
 *
 * @example
 * const [idle] = initialTransition(deviceSessionsMachine);
 * const [next] = transition(deviceSessionsMachine, idle, { type: "command.read", ticket: 1, batch: 1, version: "" });
 * next.value; // "loading"
 */
export const deviceSessionsMachine: DeviceSessionsMachine = /* @__PURE__ */ createDeviceSessionsMachine();
