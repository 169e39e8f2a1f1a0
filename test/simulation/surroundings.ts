import type { DeviceSessionsOptions } from "../../src/index.js";
import type { Happening, Schedule } from "./schedule.js";

/** How a function of the app's behaves when it is called: one of these each time. */
export type Manner = "well" | "slow" | "refuses" | "throws" | "rejects" | "hangs" | "asks" | "awaits" | "looks";

type Chosen =
	| "timeout"
	| "whenActiveLost"
	| "rememberEnded"
	| "refetchInterval"
	| "refetchWhenOffline"
	| "refetchOnWindowFocus";

/** What stays as it is for a whole run: what the app has chosen, how its functions behave, what the browser has. */
export interface Surroundings {
	readonly options: Pick<DeviceSessionsOptions, Chosen>;
	/** A function that is not here is not handed in. */
	readonly manners: { readonly onBeforeSwitch?: readonly Manner[]; readonly onIdentityChange?: readonly Manner[] };
	/** Pages may be frozen. */
	readonly freezes: boolean;
	/** Nothing is at rest before something happens, be it the first read or a sign-in that no store sees. */
	readonly isRestless: boolean;
	/** A request goes on when its page has given it up. */
	readonly isDeaf: boolean;
	/** What the browser does not have. */
	readonly lacks: readonly ("locks" | "channel" | "storage")[];
	/** Stores on a page. */
	readonly stores: number;
	/** A page of another auth server is open on the same origin. */
	readonly hasNeighbor: boolean;
	/** Somebody looks into the machines of the stores. */
	readonly isInspected: boolean;
	/** Its rows are rendered by a server first. */
	readonly isRendered: boolean;
	/** For how many seconds Better Auth's cookie cache answers; null: it is off. */
	readonly cookieCache: number | null;
	/** The server leaves the ids of sessions out. */
	readonly lacksIds: boolean;
	/** Who has two factors: their sign-ins stop half-way. */
	readonly twoFactor: readonly string[];
}

/** What else may happen, beside what plain schedules have. */
export type MoreHappening =
	/** Several commands in one go. */
	| { what: "burst"; tab: number; asks: readonly Happening[] }
	| { what: "cancelSignIn" | "forget"; tab: number }
	/** All comes to rest, and what is shown is compared. */
	| { what: "rest" }
	/** The browser stops the page, or has it go on. */
	| { what: "freeze" | "leave" | "goOn" | "comeBack" | "hide"; tab: number }
	/** Nobody looks at the store any more, or somebody does again. The app is done with it. */
	| { what: "sleep" | "wake"; tab: number }
	/** `again`: it makes another one for the same client, where that has no plugin. */
	| { what: "destroy"; tab: number; again: boolean }
	/** Somebody sets the clock. */
	| { what: "jump"; ms: number }
	/** A column of somebody's is of another type. */
	| { what: "mar"; person: number; of: "user" | "session"; column: string; value: unknown }
	/** Somebody types the code that a sign-in waits for, or another one. */
	| { what: "verify"; tab: number; isWrong: boolean }
	/** The app does it by a call of its own, past the store. */
	| { what: "past"; tab: number; row: number; call: "setActive" | "revoke" | "revokeSession" | "signOut" }
	/** The page is loaded once more. */
	| { what: "reload"; tab: number }
	/** The app's `useSession` looks by itself. */
	| { what: "look"; tab: number }
	/** Nothing happens for a while. */
	| { what: "wait"; ms: number };

/** A schedule of which everything can be otherwise. */
export interface WideSchedule extends Omit<Schedule, "steps"> {
	readonly surroundings: Surroundings;
	readonly steps: readonly Step[];
}
export interface Step {
	readonly after: number;
	readonly happens: Happening | MoreHappening;
}

/** Whether such a thing happens in it. */
export const has = ({ steps }: Schedule | WideSchedule, what: Step["happens"]["what"]): boolean =>
	steps.some(({ happens }) => happens.what === what);

/** A store is slow to wait, so that runs are short. In every fourth run the app takes its time to forget an account. */
export const surroundingsOf = (schedule: Schedule | WideSchedule): Surroundings =>
	"surroundings" in schedule
		? schedule.surroundings
		: {
				options: { timeout: 2_000 },
				manners: schedule.seed % 4 === 1 ? { onIdentityChange: ["slow"] } : {},
				freezes: false,
				isRestless: false,
				isDeaf: false,
				lacks: [],
				stores: 1,
				hasNeighbor: false,
				isInspected: false,
				isRendered: false,
				cookieCache: null,
				lacksIds: false,
				twoFactor: [],
			};
