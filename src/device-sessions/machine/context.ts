import type { OperationError } from "../../errors.js";
import type { DeviceSessionsEvent } from "../events.js";
import type { Situation } from "./decide.js";
import { activeOf } from "./rows.js";

/** What the machine knows. Row ids only: tokens never enter it. */
export interface Context extends Situation {
	readonly readError: OperationError | null;
	readonly commandError: OperationError | null;
	/** When a failed read is made again, in epoch ms, and how many have failed in a row by now. */
	readonly retryAt: number | null;
	readonly attempt: number;
	readonly online: boolean;
	/** A read that must be made: with a get-session of its own, or with any that just ended. */
	readonly owed: "fresh" | "any" | null;
	/** News of another tab came while a read was under way, which may be older than that. */
	readonly outdated: boolean;
	/** Who the session atom should find after a mutation. */
	readonly expected: Expected | null;
	/** Nothing is known of the device yet, not even what a server rendered. */
	readonly isPending: boolean;
	/** Whom it was tried to make active where nobody was: not again, until somebody is. */
	readonly promoted: string | null;
	/** Somebody looks at the store. */
	readonly awake: boolean;
	/** The `world` actor is up. */
	readonly listening: boolean;
	readonly destroyed: "no" | "finishing" | "yes";
}

export interface Expected {
	readonly id: string | null;
	/** Of a switch: who was active before. Found again, or nobody found, the switch is made once more. */
	readonly from?: string | null | undefined;
	readonly tries: number;
	/**
	 * What is waited for: the one look after it (`checking`); that look and, since a get-session was under way when
	 * set-active went out, whose cookie may come after it, one more (`crossed`); or only that last one (`waiting`).
	 */
	readonly phase: "checking" | "crossed" | "waiting";
}

export const initialContext: Context = {
	rows: Object.freeze([]),
	loadedAt: null,
	moved: false,
	queue: [],
	command: null,
	readError: null,
	commandError: null,
	retryAt: null,
	attempt: 0,
	online: true,
	owed: null,
	outdated: false,
	expected: null,
	isPending: true,
	promoted: null,
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

export const activeId = ({ rows }: Context): string | null => activeOf(rows)?.id ?? null;
/** A read is owed, though not one of its own; unless what the session atom holds may be older than what is known to have moved. */
export const owing = ({ owed, moved }: Context): Change => ({ owed: owed ?? (moved ? "fresh" : "any") });

/** Whether the device was read this very moment. */
export const isRecent = ({ loadedAt }: Context, at: number): boolean =>
	loadedAt !== null && Math.abs(at - loadedAt) < 1000;
