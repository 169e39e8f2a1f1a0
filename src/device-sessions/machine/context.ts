import type { OperationError } from "../../errors.js";
import type { DeviceSessionsEvent, HalfWay } from "../events.js";
import * as limits from "../limits.js";
import type { EndedAccount } from "../types.js";
import type { Situation } from "./decide.js";
import { counts, nothingKnown } from "./knowledge.js";
import { activeOf } from "./rows.js";

/** What the machine knows. Row ids only: tokens never enter it. Times without another word are ms of the monotonic clock. */
export interface Context extends Situation {
	/** When the device was last read completely, in epoch ms. */
	readonly loadedAt: number | null;
	readonly readError: OperationError | null;
	readonly commandError: OperationError | null;
	/** How many reads have failed in a row; until when no read is made by itself, and the same in epoch ms. */
	readonly attempt: number;
	readonly pausedUntil: number;
	readonly retryAt: number | null;
	readonly online: boolean;
	/** When the store reads by itself, 0 for at once; and when the last such read began. */
	readonly dueAt: number | null;
	readonly lastDue: number;
	/** The read under way is the store's own. */
	readonly isAutomatic: boolean;
	/** The switch, or the revoke, whose outcome the session atom has yet to confirm. */
	readonly check: Check | null;
	/** Nothing is known of the device yet, not even what a server rendered. */
	readonly isPending: boolean;
	/** This page has seen its active account go, and nobody was active since: whom it was tried to make active, how often. */
	readonly lost: { readonly id: string | null; readonly tries: number } | null;
	/** A sign-in has stopped half-way, here or in another tab. */
	readonly signingIn: HalfWay | null;
	/** Accounts whose session has ended elsewhere. */
	readonly ended: readonly EndedAccount[];
	/** Somebody looks at the store. */
	readonly awake: boolean;
	/** The `world` actor is up. */
	readonly listening: boolean;
	readonly destroyed: "no" | "finishing" | "yes";
}

export interface Check {
	/** Who should be active. */
	readonly id: string | null;
	/** Of a switch: who was active before, and before that, while calls of that time are under way. Found again, or nobody found, the switch is made once more. */
	readonly from?: readonly (string | null)[] | undefined;
	readonly tries: number;
	/** Calls that were under way when the server answered: when the last of them has ended, one more look follows. */
	readonly calls: readonly number[];
}

export const initialContext: Context = {
	...nothingKnown,
	rows: Object.freeze([]),
	loadedAt: null,
	queue: [],
	command: null,
	readError: null,
	commandError: null,
	attempt: 0,
	pausedUntil: Number.NEGATIVE_INFINITY,
	retryAt: null,
	online: true,
	dueAt: null,
	lastDue: Number.NEGATIVE_INFINITY,
	isAutomatic: false,
	check: null,
	isPending: true,
	lost: null,
	signingIn: null,
	ended: Object.freeze([]),
	awake: false,
	listening: false,
	destroyed: "no",
};

/** What an event changes of it. */
export type Change = Partial<Context>;
export interface On<Type extends DeviceSessionsEvent["type"]> {
	readonly context: Context;
	readonly event: Extract<DeviceSessionsEvent, { type: Type }>;
}

export const activeId = ({ rows }: Pick<Context, "rows">): string | null => activeOf(rows)?.id ?? null;

/** No read is made by itself before: in the second of the last one, and in the pause after one that failed. */
export const earliest = ({ lastDue, pausedUntil }: Context): number =>
	Math.max(lastDue + limits.betweenReads, pausedUntil);

/** The store reads by itself: now, or as soon as it may. */
export function due(context: Context, at: number, wait = 0): Change {
	const { dueAt } = context;
	const moment = Math.max(at + wait, earliest(context));
	if (dueAt !== null && dueAt <= moment) return {};
	return moment <= at ? { dueAt: 0, lastDue: at } : { dueAt: moment };
}

/** A command, or what came of one, calls for it: it waits for nothing. */
export const dueAtOnce: Change = { dueAt: 0 };

/** The wait is over. */
export const fallDue = ({ context: { dueAt, lastDue } }: { context: Context }): Change =>
	dueAt === null ? {} : { dueAt: 0, lastDue: Math.max(lastDue, dueAt) };

/** Whether the device was read this very moment, and nothing has been heard since. */
export const isRecent = (context: Context, at: number): boolean =>
	counts(context) && context.reading !== null && at - context.reading.at < limits.betweenReads;
