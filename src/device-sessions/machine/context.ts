import type { OperationError } from "../../errors.js";
import type { DeviceSessionsEvent, HalfWay } from "../events.js";
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
	/** When a failed read is made again, in epoch ms, and how many have failed in a row by now. */
	readonly retryAt: number | null;
	readonly attempt: number;
	readonly online: boolean;
	/** When the store reads by itself, 0 for at once; and when it last did. */
	readonly dueAt: number | null;
	readonly lastDue: number;
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
	/** Of a switch: who was active before. Found again, or nobody found, the switch is made once more. */
	readonly from?: string | null | undefined;
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
	retryAt: null,
	attempt: 0,
	online: true,
	dueAt: null,
	lastDue: Number.NEGATIVE_INFINITY,
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

/** How far apart two reads of the store's own are at least, in ms. */
const apart = 1_000;

/** The store reads by itself: now, or at the end of the second in which it last did. */
export function due({ dueAt, lastDue }: Context, at: number, wait = 0): Change {
	const moment = Math.max(at + wait, lastDue + apart);
	if (dueAt !== null && dueAt <= moment) return {};
	return moment <= at ? { dueAt: 0, lastDue: at } : { dueAt: moment };
}

/** The wait is over. */
export const fallDue = ({ context: { dueAt } }: { context: Context }): Change =>
	dueAt === null ? {} : { dueAt: 0, lastDue: dueAt };

/** Something went wrong that only a read can tell: it does not wait for the end of a second. */
export const dueAtOnce: Change = { dueAt: 0 };

/** Whether the device was read this very moment, and nothing has been heard since. */
export const isRecent = (context: Context, at: number): boolean =>
	counts(context) && context.reading !== null && Math.abs(at - context.reading.at) < 1_000;
