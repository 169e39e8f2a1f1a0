import * as limits from "../../src/device-sessions/limits.js";
import type { DeviceSessions, DeviceSessionsSnapshot, Result } from "../../src/index.js";
import type { TestClient, TestTab } from "../../src/testing/index.js";
import type { App } from "./app.js";
import type { Gate } from "./around.js";
import type { OpenDevice, Plant } from "./device.js";
import type { HalfWay } from "./half-way.js";
import type { Schedule } from "./schedule.js";
import type { WideSchedule } from "./surroundings.js";
import type { Sample, Turn } from "./truth.js";

/** A page of a run, and its store. */
export interface Tab {
	readonly page: TestTab;
	readonly client: TestClient;
	readonly store: DeviceSessions;
	readonly app: App;
	readonly gate: Gate;
	isOpen: boolean;
	isOffline: boolean;
	/** The app is done with its store. */
	isDone: boolean;
	/** How much its page had sent by the time it had ended. */
	sentByEnd: number | null;
	/** How often it has been frozen, or gone and come back. */
	stops: number;
	/** How often it has gone, and come back. */
	leaves: number;
	/** A call of the app's own waited for its turn then. */
	hasCallLeft: boolean;
	/** How it was stopped by the browser. */
	frozen: "freeze" | "leave" | null;
	/** Null where nobody looks at its store. */
	stopLooking: (() => void) | null;
}

/** A command that was asked for. */
export interface Command {
	readonly what: string;
	readonly tab: Tab;
	/** The row that it is of, where it is of one. */
	readonly id?: string;
	/** Past the cookie cache. */
	readonly certain?: boolean;
	/** When it was asked for, and from when on what it says may be true, in ms of the monotonic clock. */
	readonly askedAt: number;
	readonly since: number;
	/**
	 * Which sessions were in reach when it was asked for, which others were valid, which had been out of reach, and how many
	 * sign-ins had come back.
	 */
	readonly inReach: readonly string[];
	readonly outOfReach: readonly string[];
	readonly abandoned: readonly string[];
	readonly signedIn: number;
	/** It was made active for it. */
	hasSent?: boolean;
	answers: number;
	result?: Result<unknown>;
}

/** A sign-in of the app's, past the store, or another change, which signs nobody in. */
export interface SignIn {
	readonly tab: Tab | undefined;
	/** Who is signed in, or one of whom. */
	readonly names: readonly string[];
	/** When it began, by the device's clock, which may be set; and in ms of the monotonic one. */
	readonly at: number;
	readonly began: number;
}

/** What is known of a run while it is under way. */
export interface Run extends OpenDevice {
	readonly schedule: Schedule | WideSchedule;
	readonly plant: Plant;
	readonly tabs: Tab[];
	readonly commands: Command[];
	/** Which rules were broken, in words. */
	readonly violations: string[];
	/** What happened, to read after a violation. */
	readonly log: string[];
	/** Everything that anybody could read: states, answers, messages, storage. */
	readonly seen: string[];
	/** Every token there ever was. */
	readonly tokens: Set<string>;
	/** The token of each session there ever was, by its id; and whose the cookie was, in order. */
	readonly known: Map<string, string>;
	readonly turns: Turn[];
	readonly samples: Sample[];
	/** Sessions that are out of reach by the app's own doing; and those that were not listed once. */
	readonly abandoned: Set<string>;
	readonly unlisted: Set<string>;
	/** They were out of reach and are not any more, since when in ms of the monotonic clock: by a late look, say. */
	readonly broughtBack: Map<string, number>;
	/** They had run out, and may be valid again by a clock that was set back. */
	readonly revived: Set<string>;
	/** Sign-ins on their way, and those whose tab was closed meanwhile: their cookies never came. */
	readonly signingIn: Set<SignIn>;
	readonly cutOff: SignIn[];
	/** How many have come back. */
	signedIn: number;
	/** How much has happened. */
	events: number;
	/** Something happened that no page can know of until somebody comes back to it. */
	isSilent: boolean;
	/** The last switch that was asked for, where it is the last word on who is active. */
	lastClick: Command | null;
	/** When a command was last answered, and a call of the app's that signs nobody in; in ms of the monotonic clock. */
	answeredAt: number;
	cameBackAt: number;
	/** Two sessions of one person were in reach when something was asked for. */
	isCrowded: boolean;
	/** When a session has last ended elsewhere, in ms of the monotonic clock. */
	endedAt: number;
	/** One has: a page can know of it only by what it has read since. */
	endedUnknown: boolean;
	/** What a server rendered when the first page was opened. */
	rendered: DeviceSessionsSnapshot | null;
	/** When each session was last seen to be valid, by its id, in ms of the monotonic clock. */
	readonly validUntil: Map<string, number>;
	halfWay: HalfWay | null;
	/** What has ended it may be known to nobody. */
	mayGoOn: boolean;
	/** Of how many changes each page's app had been told when it began. */
	readonly toldBefore: Map<Tab, number>;
	/** Whom a store has made active last, or was about to. */
	madeActive: string | null;
	/** Whom a page has signed in whose store had ended: no version tells of it. */
	untold: string | null;
	/** Something was being changed at the moment before. */
	wasUnderWay: boolean;
	/** When a sign-in has last come back, in ms of the monotonic clock. */
	signedInAt: number;
	/** By how much somebody has set the clock, either way, in ms. */
	jumped: number;
	/** By how much it is behind what it was at most, in ms. */
	setBack: number;
	/** Sessions may have gone out of reach that no store can be blamed for. */
	isUnaccountable: boolean;
	/** Since when a command's requests have been under way; null where none are. In ms of the monotonic clock. */
	changingSince: number | null;
	/** How long a request may take, in ms. */
	readonly timeout: number;
	/** An answer may take longer than a store waits. */
	readonly isHopeless: boolean;
	broken(rule: string): void;
	open(): readonly Tab[];
	/** Those that somebody can use: open, running, and with a store. */
	here(): readonly Tab[];
}

export function createRun(schedule: Schedule | WideSchedule, plant: Plant, opened: OpenDevice): Run {
	const violations: string[] = [];
	const tabs: Tab[] = [];
	return {
		...opened,
		schedule,
		plant,
		tabs,
		violations,
		commands: [],
		log: [],
		seen: [],
		tokens: new Set(),
		known: new Map(),
		turns: [],
		samples: [],
		abandoned: new Set(),
		unlisted: new Set(),
		broughtBack: new Map(),
		revived: new Set(),
		signingIn: new Set(),
		cutOff: [],
		signedIn: 0,
		events: 0,
		isSilent: false,
		lastClick: null,
		answeredAt: Number.NEGATIVE_INFINITY,
		cameBackAt: Number.NEGATIVE_INFINITY,
		isCrowded: false,
		endedAt: 0,
		endedUnknown: false,
		rendered: null,
		validUntil: new Map(),
		halfWay: null,
		mayGoOn: false,
		toldBefore: new Map(),
		madeActive: null,
		untold: null,
		wasUnderWay: false,
		signedInAt: Number.NEGATIVE_INFINITY,
		jumped: 0,
		setBack: 0,
		timeout: opened.surroundings.options.timeout ?? limits.timeout,
		isHopeless: (opened.surroundings.options.timeout ?? 0) <= 2 * schedule.latency,
		isUnaccountable: false,
		changingSince: null,
		broken(rule) {
			if (!violations.includes(rule)) violations.push(rule);
		},
		open: () => tabs.filter(({ isOpen }) => isOpen),
		here: () => tabs.filter(({ gate, isDone, isOpen }) => isOpen && !isDone && !gate.isShut()),
	};
}
