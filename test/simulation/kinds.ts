import type { Happening } from "./schedule.js";
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
};
