import { assign, enqueueActions, fromCallback, fromPromise, type NonReducibleUnknown, sendTo, setup } from "xstate";
import { OperationError } from "../../errors.js";
import type {
	DeviceSessionsEmitted,
	DeviceSessionsEvent,
	ReadInput,
	Reading,
	RevokeInput,
	SwitchInput,
	WorldEvent,
} from "../events.js";
import * as limits from "../limits.js";
import { isLastAwaited, mayHaveUndone } from "./calls.js";
import { type Command, isWanted } from "./commands.js";
import type { Context } from "./context.js";
import type { Step } from "./decide.js";
import { enqueued } from "./job.js";
import { isChanging } from "./knowledge.js";
import type { Named } from "./names.js";
import { nextStep } from "./queue.js";
import { absorb, isNews } from "./readings.js";

/** An actor that nobody provides would hang in silence. */
const nobody = (actor: string) => (): never => {
	throw new OperationError("invalid-input", actor, `Nobody provided the ${actor} actor.`);
};
/** Better Auth's own get-session, where no wire tells when it has ended. */
const unseen = 0;
const next =
	(...types: Step["type"][]) =>
	({ context }: { context: Context }) =>
		types.includes(nextStep(context).type);

const create = () =>
	setup({
		types: {
			// Types only, as XState asks for them.
			context: {} as Context,
			events: {} as DeviceSessionsEvent,
			emitted: {} as DeviceSessionsEmitted,
		},
		actors: {
			world: fromCallback<WorldEvent, NonReducibleUnknown>(nobody("world")),
			readDevice: fromPromise<Reading, ReadInput>(async () => nobody("readDevice")()),
			switchTo: fromCallback<WorldEvent, SwitchInput>(nobody("switchTo")),
			revokeRows: fromCallback<WorldEvent, RevokeInput>(nobody("revokeRows")),
		},
		delays: {
			lateCookie: limits.lateCookie,
			/** Until the store reads by itself: the store's own, since it takes a clock. Here, as long as a timer holds. */
			due: limits.timer,
			/** Until a row runs out: the store's own as well. */
			expiry: limits.timer,
		},
		guards: {
			anAnswerIsKnown: next("answer"),
			aRevokeWaits: next("revoke"),
			aSwitchWaits: next("switch"),
			aCommandCanGo: next("revoke", "switch"),
			aReadIsDue: ({ context }) =>
				nextStep(context).type === "read" ||
				(context.online && context.dueAt === 0 && !isChanging(context) && (context.awake || context.check !== null)),
			theReadMustWait: ({ context }) => nextStep(context).type !== "read" && !context.online,
			nobodyLooks: ({ context }) => context.listening && !context.awake && !context.check,
			allIsFinished: ({ context }) => context.destroyed === "finishing",
			theSignalIsOwed: ({ context: { command } }) =>
				command !== null && command.type !== "read" && !command.signalFired && command.revoked.length > 0,
			nothingIsUnderWay: ({ context }) => context.command === null,
			nothingIsKnown: ({ context }) => context.isPending,
			cookieMayBeLate: ({ context }) => isLastAwaited(context, unseen),
			theLastCallEnded: ({ context }, { id }: { id: number }) => isLastAwaited(context, id),
			mayHaveUndone: ({ context }, hasCrossed: boolean | undefined) => mayHaveUndone(context, hasCrossed),
			theReadingIsNews: ({ context }, reading: Reading) => isNews(context, reading),
		},
		actions: {
			/** Keeps the row id of the active account as the one last used on this device. */
			remember: (_, _params: { id: string | null; version: string }) => {},
			/** Moves the version of the device: the other tabs read it. The store's own, which answers `version.carried`. */
			moveVersion: () => {},
		},
	}).extend({
		actions: {
			listen: enqueueActions(({ context, enqueue: act }) => {
				if (context.listening) return;
				act.spawnChild("world", { id: "world" });
				act.assign({ listening: true });
			}),
			/** The store reads by itself when it is time to. */
			schedule: enqueueActions(({ context, enqueue: act }) => {
				act.cancel("due");
				if (context.dueAt) act.raise({ type: "read.due" }, { id: "due", delay: "due" });
			}),
			absorb: assign(({ context }, reading: Reading) => absorb(context, reading)),
			/** The session atom looks once more. */
			look: sendTo("world", { type: "look" }),
			/** Better Auth's session signal, at the moment of publishing: what the session atom then reads is the check. */
			fireSignal: sendTo("world", { type: "signal" }),
			stopListening: enqueueActions(({ enqueue: act }) => {
				act.stopChild("world");
				act.assign({ listening: false });
			}),
			lookAgainLater: enqueueActions(({ context, enqueue: act }) => {
				if (!isLastAwaited(context, unseen)) return;
				act.cancel("lateCookie");
				act.raise({ type: "cookie.late" }, { id: "lateCookie", delay: "lateCookie" });
			}),
			enqueue: assign(({ context }, { command, version }: { command: Command; version: string }) =>
				enqueued(context, command, version),
			),
			answer: enqueueActions(({ context, enqueue: act }) => {
				const step = nextStep(context);
				if (step.type !== "answer") return;
				const { command, result } = step;
				const { error } = result;
				const isNews = error && error.kind !== "superseded" && error.kind !== "destroyed";
				act.assign({
					queue: context.queue.filter((other) => other !== command),
					command: context.command === command ? null : context.command,
					...(isNews && command.type !== "read" && isWanted(command) && { commandError: error }),
				});
				act.emit({ type: "answered", tickets: command.tickets, result });
			}),
		},
	});

/** What the machine names: actors, delays, guards and actions, each to be provided or tested by its name. */
export const named: () => Named = create;
