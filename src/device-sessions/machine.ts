import { assign, emit, enqueueActions, fromCallback, fromPromise, type NonReducibleUnknown, setup } from "xstate";
import { failed, OperationError, ok, type Result } from "../errors.js";
import type {
	DeviceSessionsEmitted,
	DeviceSessionsEvent,
	Freshness,
	Reading,
	RevokeInput,
	SwitchInput,
	WorldEvent,
} from "./events.js";
import { type Command, enqueue, giveUp, needsRead, nextStep, settle } from "./machine/commands.js";
import * as change from "./machine/context.js";
import { activeOf } from "./machine/rows.js";

const missing = (actor: string) =>
	new OperationError(
		"invalid-input",
		actor,
		`Nobody provided the ${actor} actor: machine.provide({ actors: { ${actor} } }).`,
	);

const base = () =>
	setup({
		types: {
			// Types only, as XState asks for them.
			context: {} as change.Context,
			events: {} as DeviceSessionsEvent,
			emitted: {} as DeviceSessionsEmitted,
		},
		// An actor that nobody provides would hang in silence.
		actors: {
			world: fromCallback<WorldEvent, NonReducibleUnknown>(() => {
				throw missing("world");
			}),
			readDevice: fromPromise<Reading, { freshness: Freshness }>(() => Promise.reject(missing("readDevice"))),
			switchTo: fromCallback<WorldEvent, SwitchInput>(() => {
				throw missing("switchTo");
			}),
			revokeRows: fromCallback<WorldEvent, RevokeInput>(() => {
				throw missing("revokeRows");
			}),
		},
		delays: { lateCookie: 300 },
		guards: {
			anAnswerIsKnown: ({ context }) => nextStep(context).type === "answer",
			aRevokeWaits: ({ context }) => nextStep(context).type === "revoke",
			aSwitchWaits: ({ context }) => nextStep(context).type === "switch",
			aCommandCanGo: ({ context }) => !["read", "rest"].includes(nextStep(context).type),
			aReadIsOwed: ({ context }) =>
				nextStep(context).type === "read" || context.reads.length > 0 || (context.owed !== null && context.awake),
			nobodyLooks: ({ context }) => context.listening && !context.awake && !context.expected,
			allIsFinished: ({ context }) => context.destroyed === "finishing",
			outcomeIsUnknown: (_, { unsure }: { unsure: boolean }) => unsure,
			someAreUnsure: ({ context }) => context.command?.type === "revoke" && context.command.unsure.length > 0,
			cookieMayBeLate: ({ context }) => context.expected?.late === "waiting",
		},
		actions: {
			/** Keeps the row id of the active account as the one last used on this device. */
			remember: (_, _params: { id: string | null }) => {},
		},
	});

const withActions = () =>
	base().extend({
		actions: {
			listen: enqueueActions(({ context, enqueue: act }) => {
				if (context.listening) return;
				act.spawnChild("world", { id: "world" });
				act.assign({ listening: true });
			}),
			stopListening: enqueueActions(({ enqueue: act }) => {
				act.stopChild("world");
				act.assign({ listening: false });
			}),
			lookAgainLater: enqueueActions(({ context, enqueue: act }) => {
				if (context.expected?.late === "waiting") {
					act.raise({ type: "cookie.late" }, { id: "lateCookie", delay: "lateCookie" });
				}
			}),
			lookAgain: enqueueActions(({ enqueue: act }) => {
				act.assign(({ context }) => ({ expected: context.expected && { ...context.expected, late: "no" } }));
				act.sendTo("world", { type: "refetch" });
			}),
			tellWorld: enqueueActions(({ enqueue: act }) => act.sendTo("world", { type: "signal" })),
			answer: enqueueActions(({ context, enqueue: act }, { command, result }: Answer) => {
				act.assign({
					queue: context.queue.filter((other) => other !== command),
					command: context.command === command ? null : context.command,
					commandError: result.error ?? context.commandError,
				});
				if (command) act.emit({ type: "answered", tickets: command.tickets, result });
			}),
		},
	});

const answerFault = {
	type: "answer",
	params: ({ context, event }: { context: change.Context; event: { error?: unknown; thrown?: unknown } }) => ({
		command: context.command,
		result: failed(toError("device-sessions", event.error ?? event.thrown)),
	}),
} as const;

const rememberActive = {
	type: "remember",
	params: ({ context }: { context: change.Context }) => ({ id: activeOf(context.rows)?.id ?? null }),
} as const;

interface Answer {
	readonly command: Command | null;
	readonly result: Result<unknown>;
}

/**
 * The device session list as an XState machine: a hub. `idle` takes the next job, every busy state comes back to it,
 * and a command, wherever it arrives, only changes the queue. It knows nothing of nanostores or Better Auth: what touches
 * the world are the actors `world`, `readDevice`, `switchTo` and `revokeRows`, and the action `remember`.
 *
 * @example
 * const [idle] = initialTransition(deviceSessionsMachine);
 * const [next] = transition(deviceSessionsMachine, idle, { type: "command.refetch", ticket: 1 });
 * next.value; // "loading"
 */
export const deviceSessionsMachine = /* @__PURE__ */ (() =>
	withActions().createMachine({
		id: "deviceSessions",
		context: change.initialContext,
		initial: "idle",
		on: {
			wake: { actions: [assign(({ context, event }) => change.woken(context, event.at)), "listen"] },
			sleep: { actions: assign({ awake: false }) },
			destroy: {
				actions: [
					emit(({ context }) => ({
						type: "answered",
						tickets: context.queue.flatMap(({ tickets }) => tickets),
						result: failed(new OperationError("destroyed", "destroy", "The store was destroyed.")),
					})),
					assign({ destroyed: "finishing", awake: false, queue: [], expected: null, owed: null }),
				],
			},
			"command.refetch": { actions: assign(({ context, event }) => change.asked(context, event.ticket)) },
			"command.switch": {
				actions: enqueueActions(({ context, event, enqueue: act }) => {
					const { superseded, ...queued } = enqueue(context, change.toSwitch(context, event));
					act.assign({ ...queued, commandError: null });
					if (superseded.length === 0) return;
					const error = new OperationError("superseded", "setActive", "A newer switch took this one's place.");
					act.emit({ type: "answered", tickets: superseded, result: failed(error) });
				}),
			},
			"command.revoke": {
				actions: assign(({ context, event }) => {
					const { queue, command } = enqueue(context, change.toRevoke(context, event));
					return { queue, command, commandError: null };
				}),
			},
			"command.malformed": {
				actions: [
					assign({ commandError: ({ event }) => event.error }),
					emit(({ event }) => ({ type: "answered", tickets: [event.ticket], result: failed(event.error) })),
				],
			},
			"session.seen": {
				actions: [assign(({ context, event }) => change.seen(context, event.id)), "lookAgainLater", rememberActive],
			},
			"session.unknown": { actions: assign(({ context }) => change.strangerSeen(context)) },
			"session.failed": { actions: assign(({ context }) => change.checkFailed(context)) },
			"cookie.late": { guard: "cookieMayBeLate", actions: "lookAgain" },
		},
		states: {
			idle: {
				always: [
					{
						guard: "anAnswerIsKnown",
						actions: {
							type: "answer",
							params: ({ context }) => {
								const step = nextStep(context);
								return step.type === "answer" ? step : { command: null, result: ok(null) };
							},
						},
					},
					{ guard: "aRevokeWaits", target: "revoking" },
					{ guard: "aSwitchWaits", target: "switching" },
					{ guard: "aReadIsOwed", target: "loading" },
					{ guard: "nobodyLooks", actions: "stopListening" },
					{ guard: "allIsFinished", actions: [assign({ destroyed: "yes" }), emit({ type: "stopped" })] },
				],
			},
			loading: {
				// The read is put back: it is still owed.
				always: { guard: "aCommandCanGo", target: "idle" },
				invoke: {
					id: "readDevice",
					src: "readDevice",
					input: ({ context }) => ({ freshness: change.freshness(context) }),
					onDone: {
						target: "idle",
						actions: [
							enqueueActions(({ context, event, enqueue: act }) => {
								const next = change.absorb(context, event.output);
								act.assign(next);
								act.emit({ type: "answered", tickets: context.reads, result: ok(next.rows) });
							}),
							"lookAgainLater",
							rememberActive,
						],
					},
					onError: {
						target: "idle",
						actions: enqueueActions(({ context, event, enqueue: act }) => {
							const error = toError("refetch", event.error);
							act.assign(change.readFailed(context, error));
							act.emit({ type: "answered", tickets: context.reads, result: failed(error) });
							for (const command of [context.command, ...context.queue]) {
								if (!command || !needsRead(context, command)) continue;
								act({ type: "answer", params: { command, result: giveUp(command, context.rows, error) } });
							}
						}),
					},
				},
				on: {
					// The read itself waits for the session atom.
					"session.seen": {},
					"session.unknown": {},
					"session.failed": {},
					"command.refetch": {
						target: "loading",
						reenter: true,
						actions: assign(({ context, event }) => change.asked(context, event.ticket)),
					},
				},
			},
			switching: {
				entry: assign(({ context }) => change.switchStarted(context)),
				invoke: {
					id: "switchTo",
					src: "switchTo",
					input: ({ context }) => change.switchInput(context),
					onError: { target: "idle", actions: answerFault },
				},
				on: {
					"command.broke": { target: "idle", actions: answerFault },
					"row.activated": {
						target: "idle",
						actions: [
							assign(({ context, event }) => change.activated(context, event.row, event.late)),
							"listen",
							"tellWorld",
							{
								type: "answer",
								params: ({ context }) => ({ command: context.command, result: ok(activeOf(context.rows)) }),
							},
							rememberActive,
						],
					},
					"row.revoked": { actions: assign(({ context, event }) => change.revoked(context, event.id)) },
					"switch.failed": [
						{
							guard: { type: "outcomeIsUnknown", params: ({ event }) => event },
							target: "loading",
							actions: assign(({ context, event }) => change.switchUnsure(context, event.error)),
						},
						{
							target: "idle",
							actions: [
								assign(({ context, event }) => change.switchFailed(context, event.error)),
								{
									type: "answer",
									params: ({ context, event }) => ({ command: context.command, result: failed(event.error) }),
								},
							],
						},
					],
				},
			},
			revoking: {
				entry: assign(({ context }) => change.revokeStarted(context)),
				invoke: {
					id: "revokeRows",
					src: "revokeRows",
					input: ({ context }) => change.revokeInput(context),
					onError: { target: "idle", actions: answerFault },
				},
				on: {
					"command.broke": { target: "idle", actions: answerFault },
					"row.activated": {
						actions: [
							assign(({ context, event }) => change.activated(context, event.row, event.late)),
							"listen",
							"tellWorld",
							rememberActive,
						],
					},
					"row.revoked": { actions: assign(({ context, event }) => change.revoked(context, event.id)) },
					"row.failed": {
						actions: assign(({ context, event }) => change.rowFailed(context, event.id, event.error, event.unsure)),
					},
					"revoke.done": [
						{
							guard: "someAreUnsure",
							target: "loading",
						},
						{
							target: "idle",
							actions: [
								enqueueActions(({ context, enqueue: act }) => {
									const { command } = context;
									if (command?.type !== "revoke") return;
									if (command.revoked.length > 0 && !command.signalled) {
										act.assign(change.stayed(context));
										act("listen");
										act("tellWorld");
									}
									act({ type: "answer", params: { command, result: settle(command, context.rows) } });
								}),
								rememberActive,
							],
						},
					],
					"device.signedOut": {
						target: "idle",
						actions: [
							enqueueActions(({ context, event, enqueue: act }) => {
								const revoked = context.rows.map(({ id }) => id);
								const result = ok({ revoked, ...(event.url !== undefined && { url: event.url }) });
								act.assign(change.signedOut(context));
								act({ type: "answer", params: { command: context.command, result } });
							}),
						],
					},
				},
			},
		},
	}))();

/** What an actor threw that answers with errors: a function that the app handed in, or a fault of its own. */
function toError(operation: string, thrown: unknown): OperationError {
	if (thrown instanceof OperationError) return thrown;
	return new OperationError("callback", operation, "A function that was handed in threw.", { cause: thrown });
}

export type DeviceSessionsMachine = typeof deviceSessionsMachine;
