import { type Happening, ownPaths, paths, people } from "./schedule.js";
import type { MoreHappening, Step, Surroundings } from "./surroundings.js";

/** What is still to be changed of a schedule, and chance of its own to change it with. */
export interface Draft {
	surroundings: Surroundings;
	maximumSessions: number;
	readonly steps: Step[];
	readonly hasPlugin: boolean;
	below(n: number): number;
	oneOf<T>(items: readonly T[]): T;
	/** One to four of them, the same perhaps more than once. */
	someOf<T>(items: readonly T[]): T[];
	/** Has one to so many more things happen, each at any time. */
	insert(most: number, happening: () => Happening | MoreHappening): void;
}

const manners = ["well", "slow", "throws", "rejects", "hangs", "asks", "awaits"] as const;

function command({ below, oneOf }: Draft, tab: number): Happening {
	const what = oneOf([
		"setActive",
		"setActive",
		"setActive",
		"revoke",
		"refetch",
		"signOutOthers",
		"signOutAll",
	] as const);
	if (what === "setActive") return { what, tab, row: below(4), ...(below(4) === 0 && { leaveUnlisted: true }) };
	if (what === "revoke") return { what, tab, row: below(4), ...(below(2) && { next: below(4) }) };
	return { what, tab };
}

const disturbance = (path: string) => ({ what: "disturb", path, delay: 0, lag: 0, lose: null, answer: null }) as const;

/** However it may fare. */
const anyDisturbance = ({ below, oneOf }: Draft, path: string): Happening => ({
	...disturbance(path),
	delay: oneOf([0, below(3_000)]),
	lag: oneOf([0, below(3_000)]),
	lose: oneOf([null, null, "request", "answer", "body"] as const),
	answer: oneOf([null, null, "fault", "limit", "html", "shape"] as const),
});

/** What a run may have beside the plain commands, faults and tabs: each has its own chance, so that a new one moves no other. */
export const kinds: Readonly<Record<string, (draft: Draft) => void>> = {
	callbacks(draft) {
		const { someOf, surroundings } = draft;
		const onIdentityChange = someOf(manners);
		const onBeforeSwitch = someOf([...manners, "refuses"] as const);
		draft.surroundings = { ...surroundings, manners: { onBeforeSwitch, onIdentityChange } };
	},
	timeouts(draft) {
		const { oneOf, surroundings } = draft;
		const timeout = oneOf([50, 100, 200, 500, 1_000, 5_000, 10_000]);
		draft.surroundings = { ...surroundings, options: { ...surroundings.options, timeout } };
	},
	bursts(draft) {
		draft.insert(3, () => {
			const tab = draft.below(4);
			return { what: "burst", tab, asks: Array.from({ length: 2 + draft.below(4) }, () => command(draft, tab)) };
		});
	},
	choices(draft) {
		const { below, insert, oneOf, surroundings } = draft;
		const options = {
			...surroundings.options,
			whenActiveLost: oneOf(["report", "promote", "promote"] as const),
			rememberEnded: below(2) === 0,
		};
		draft.surroundings = { ...surroundings, options };
		draft.maximumSessions = oneOf([1, 2, draft.maximumSessions]);
		insert(3, () =>
			oneOf<Happening | MoreHappening>([
				{ what: "setActive", tab: below(4), row: below(4), leaveUnlisted: true },
				{ what: "refetch", tab: below(4), certain: true },
				{ what: "cancelSignIn", tab: below(4) },
				{ what: "forget", tab: below(4) },
				{ what: "end", person: below(4) },
			]),
		);
	},
	restless(draft) {
		draft.surroundings = { ...draft.surroundings, isRestless: true };
	},
	rests(draft) {
		draft.insert(2, () => ({ what: "rest" }));
	},
	freezes(draft) {
		const { below, insert, oneOf } = draft;
		draft.surroundings = { ...draft.surroundings, freezes: true };
		insert(2, () => ({ what: oneOf(["freeze", "leave"] as const), tab: below(4) }));
		insert(2, () => ({ what: oneOf(["goOn", "comeBack", "hide", "focus"] as const), tab: below(4) }));
	},
	sleeps({ below, insert, oneOf }) {
		insert(4, () => ({ what: oneOf(["sleep", "sleep", "wake"] as const), tab: below(4) }));
	},
	jumps({ insert, oneOf }) {
		const [second, hour, day] = [1_000, 3_600_000, 86_400_000];
		const ms = [10, second, 5 * second, hour, day, 2 * day, 8 * day];
		insert(2, () => ({ what: "jump", ms: oneOf(ms) * oneOf([1, 1, -1]) }));
	},
	destroys({ below, insert }) {
		insert(2, () => ({ what: "destroy", tab: below(4), again: below(2) === 0 }));
	},
	rendered(draft) {
		draft.surroundings = { ...draft.surroundings, isRendered: true };
	},
	odd({ below, insert, oneOf }) {
		const values = [
			null,
			undefined,
			0,
			1,
			7,
			"",
			"1",
			"yes",
			"2024-01-01T00:00:00Z",
			"2024-01-01",
			1.7e12,
			true,
			{},
			[],
		];
		insert(4, () => {
			const [of, column] = oneOf([
				["user", "name"],
				["user", "name"],
				["user", "emailVerified"],
				["user", "image"],
				["user", "createdAt"],
				["user", "updatedAt"],
				["session", "ipAddress"],
				["session", "userAgent"],
				["session", "updatedAt"],
			] as const);
			return { what: "mar", person: below(4), of, column, value: oneOf(values) };
		});
	},
	limits({ insert, oneOf }) {
		const after = [
			null,
			"",
			"0",
			"1",
			"2",
			"0.5",
			"-5",
			"30",
			"400",
			"31536000",
			"1e3",
			"soon",
			"Wed, 21 Oct 2030 07:28:00 GMT",
		];
		insert(4, () => ({ ...disturbance(oneOf(paths)), answer: "limit", retryAfter: oneOf(after) }));
	},
	bodies({ insert, oneOf }) {
		insert(3, () => ({ ...disturbance(oneOf(paths)), lose: "body" }));
	},
	leaving(draft) {
		const { below, insert, oneOf } = draft;
		draft.maximumSessions = oneOf([1, 2]);
		insert(3, () => anyDisturbance(draft, "/revoke-session"));
		insert(3, () => ({ what: "setActive", tab: below(4), row: below(4), leaveUnlisted: true }));
	},
	ownFaults(draft) {
		const { below, insert, oneOf } = draft;
		insert(4, () => anyDisturbance(draft, oneOf(ownPaths)));
		insert(3, () => ({ what: "signIn", tab: below(4), person: below(4) }));
	},
	past({ below, hasPlugin, insert, oneOf }) {
		// Without it no store sees the app's calls.
		if (!hasPlugin) return;
		const calls = ["setActive", "setActive", "revoke", "revokeSession", "signOut"] as const;
		insert(3, () => ({ what: "past", tab: below(4), row: below(4), call: oneOf(calls) }));
	},
	lacks(draft) {
		const { someOf, surroundings } = draft;
		draft.surroundings = { ...surroundings, lacks: someOf(["locks", "channel", "storage"] as const) };
	},
	intervals(draft) {
		const { below, oneOf, surroundings } = draft;
		const options = {
			...surroundings.options,
			refetchInterval: oneOf([0, 10, 60]),
			refetchWhenOffline: below(2) === 0,
			refetchOnWindowFocus: below(2) === 0,
		};
		draft.surroundings = { ...surroundings, options };
	},
	looks(draft) {
		const { below, insert, surroundings } = draft;
		const { onIdentityChange = [] } = surroundings.manners;
		const manners = { ...surroundings.manners, onIdentityChange: [...onIdentityChange, "looks"] as const };
		draft.surroundings = { ...surroundings, manners };
		insert(4, () => ({ what: "look", tab: below(4) }));
	},
	pairs(draft) {
		draft.surroundings = { ...draft.surroundings, stores: 2 };
	},
	neighbors(draft) {
		draft.surroundings = { ...draft.surroundings, hasNeighbor: true };
	},
	inspected(draft) {
		draft.surroundings = { ...draft.surroundings, isInspected: true };
	},
	deaf(draft) {
		draft.surroundings = { ...draft.surroundings, isDeaf: true };
	},
	sessionCache(draft) {
		const { below, insert, oneOf, surroundings } = draft;
		draft.surroundings = { ...surroundings, cookieCache: oneOf([5, 15, 60, 300]) };
		insert(2, () => ({ what: oneOf(["end", "expire"] as const), person: below(4) }));
		insert(2, () => command(draft, below(4)));
		insert(2, () =>
			oneOf<Happening | MoreHappening>([
				{ what: "refetch", tab: below(4), certain: true },
				{ what: "focus", tab: below(4) },
				{ what: "wait", ms: oneOf([1_000, 6_000, 16_000, 61_000]) },
			]),
		);
	},
	missingIds(draft) {
		draft.surroundings = { ...draft.surroundings, lacksIds: true };
		draft.insert(2, () => ({ what: "ripen", person: draft.below(4) }));
	},
	halfway(draft) {
		const { below, oneOf, steps, surroundings } = draft;
		const twoFactor = oneOf([["Ada"], ["Bob"], ["Cy"], ["Dee"], ["Ada", "Cy"]]);
		const whenActiveLost = oneOf(["report", "promote"] as const);
		draft.surroundings = {
			...surroundings,
			twoFactor,
			options: { ...surroundings.options, whenActiveLost },
			manners: { onIdentityChange: ["well"], ...surroundings.manners },
		};
		const person = people.indexOf(oneOf(twoFactor));
		const next = (): Happening | MoreHappening =>
			oneOf<() => Happening | MoreHappening>([
				() => ({ what: "verify", tab: below(4), isWrong: false }),
				() => ({ what: "verify", tab: below(4), isWrong: below(2) === 0 }),
				() => ({ what: "cancelSignIn", tab: below(4) }),
				() => ({ what: "signIn", tab: below(4), person: oneOf([person, below(4)]) }),
				() => command(draft, below(4)),
				() => oneOf([{ what: "reload", tab: below(4) }, { what: "openTab" }, { what: "focus", tab: below(4) }]),
				() => ({ what: "rest" }),
				() => ({ what: "wait", ms: oneOf([1_000, 5_000, 590_000, 601_000]) }),
			])();
		const after = () => oneOf([0, below(20), below(100), below(600), 1_500]);
		for (let count = 1 + below(2); count > 0; count -= 1) {
			const signIn: Step = { after: after(), happens: { what: "signIn", tab: below(4), person } };
			const then = Array.from({ length: 1 + below(4) }, () => ({ after: after(), happens: next() }));
			steps.splice(below(steps.length + 1), 0, signIn, ...then);
		}
	},
};
