import type { CallbackActorLogic, NonReducibleUnknown, PromiseActorLogic, setup } from "xstate";
import type {
	DeviceSessionsEmitted,
	DeviceSessionsEvent,
	ReadInput,
	Reading,
	RevokeInput,
	SwitchInput,
	WorldEvent,
} from "../events.js";
import type { Command } from "./commands.js";
import type { Context } from "./context.js";

type Actors = {
	world: CallbackActorLogic<WorldEvent, NonReducibleUnknown>;
	readDevice: PromiseActorLogic<Reading, ReadInput>;
	switchTo: CallbackActorLogic<WorldEvent, SwitchInput>;
	revokeRows: CallbackActorLogic<WorldEvent, RevokeInput>;
};

type Without<Names extends string> = { [Name in Names]: NonReducibleUnknown };

type Actions = Without<
	"moveVersion" | "listen" | "schedule" | "look" | "fireSignal" | "stopListening" | "lookAgainLater" | "answer"
> & {
	remember: { id: string | null; version: string };
	absorb: Reading;
	enqueue: { command: Command; version: string };
};

type Guards = Without<
	| "anAnswerIsKnown"
	| "aRevokeWaits"
	| "aSwitchWaits"
	| "aCommandCanGo"
	| "aReadIsDue"
	| "theReadMustWait"
	| "nobodyLooks"
	| "allIsFinished"
	| "theSignalIsOwed"
	| "nothingIsUnderWay"
	| "nothingIsKnown"
	| "cookieMayBeLate"
> & {
	theLastCallEnded: { id: number };
	mayHaveUndone: boolean | undefined;
	theReadingIsNews: Reading;
};

type Delays = "lateCookie" | "due" | "expiry";

/**
 * What the machine is made with, and what `provide` takes. Written out, since what TypeScript would infer holds for one
 * version of XState: its own types have more parameters from 5.33 on.
 */
export type Named = ReturnType<
	typeof setup<
		Context,
		DeviceSessionsEvent,
		Actors,
		Record<never, string>,
		Actions,
		Guards,
		Delays,
		string,
		NonReducibleUnknown,
		NonReducibleUnknown,
		DeviceSessionsEmitted
	>
>;

/** As much of the configuration as the machine's type is made of: the names of the states. */
interface States {
	readonly context: Context;
	readonly states: { readonly [State in "idle" | "loading" | "switching" | "revoking"]: object };
}
declare const create: Named["createMachine"];

export type DeviceSessionsMachine = ReturnType<typeof create<States>>;
