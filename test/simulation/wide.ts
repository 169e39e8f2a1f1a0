import { createRandom } from "../../src/testing/clock.js";
import { draw } from "./schedule.js";
import { type Surroundings, surroundingsOf, type WideSchedule } from "./surroundings.js";

/** What is still to be changed of a schedule, and chance of its own to change it with. */
interface Draft {
	surroundings: Surroundings;
	readonly hasPlugin: boolean;
	below(n: number): number;
	oneOf<T>(items: readonly T[]): T;
	someOf<T>(items: readonly T[]): T[];
}

/** What a run may have beside the plain commands, faults and tabs: each has its own chance, so that a new one moves no other. */
const kinds: Readonly<Record<string, (draft: Draft) => void>> = {
	callbacks(draft) {
		const { someOf, surroundings } = draft;
		const onIdentityChange = someOf(["well", "slow", "throws", "rejects", "hangs", "asks", "awaits"] as const);
		const onBeforeSwitch = someOf(["well", "slow", "refuses", "throws", "rejects", "hangs", "asks", "awaits"] as const);
		draft.surroundings = { ...surroundings, manners: { onBeforeSwitch, onIdentityChange } };
	},
};

/** One run in so many has something of a kind. */
const rarity = 4;

function chanceOf(seed: number, name: string) {
	let hash = 0;
	for (const letter of name) hash = Math.imul(hash, 31) + letter.charCodeAt(0);
	const random = createRandom(seed ^ hash);
	const below = (n: number) => Math.floor(random() * n);
	function oneOf<T>(items: readonly T[]): T {
		const item = items[below(items.length)];
		if (item === undefined) throw new Error("Nothing to choose from.");
		return item;
	}
	const someOf = <T>(items: readonly T[]): T[] => Array.from({ length: 1 + below(4) }, () => oneOf(items));
	return { below, oneOf, someOf };
}

/** The schedule of a seed, with anything else that may be otherwise. */
export function drawWide(seed: number, hasPlugin = false): WideSchedule {
	const schedule = draw(seed, hasPlugin);
	let surroundings = surroundingsOf(schedule);
	for (const [name, widen] of Object.entries(kinds)) {
		const chance = chanceOf(seed, name);
		if (chance.below(rarity) > 0) continue;
		const draft: Draft = { ...chance, surroundings, hasPlugin };
		widen(draft);
		({ surroundings } = draft);
	}
	return { ...schedule, surroundings };
}
