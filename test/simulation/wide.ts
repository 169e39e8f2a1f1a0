import { createRandom } from "../../src/testing/clock.js";
import { type Draft, kinds } from "./kinds.js";
import { draw } from "./schedule.js";
import { type Step, surroundingsOf, type WideSchedule } from "./surroundings.js";

/** One run in so many has something of a kind. */
const rarity = 4;

function chanceOf(seed: number, name: string) {
	let hash = 0;
	for (const letter of name) hash = Math.imul(hash, 31) + letter.charCodeAt(0);
	const random = createRandom(seed ^ hash);
	const below = (n: number) => Math.floor(random() * n);
	// Safe: from no list that is empty.
	const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T;
	const someOf = <T>(items: readonly T[]): T[] => Array.from({ length: 1 + below(4) }, () => oneOf(items));
	return { below, oneOf, someOf };
}

/**
 * The schedule of a seed, with anything else that may be otherwise.
 *
 * @param only of these kinds, and always
 */
export function drawWide(seed: number, hasPlugin = false, only?: readonly string[]): WideSchedule {
	const schedule = draw(seed, hasPlugin);
	const surroundings = surroundingsOf(schedule);
	const steps: Step[] = [...schedule.steps];
	const draft = { surroundings, maximumSessions: schedule.maximumSessions, steps, hasPlugin };
	for (const [name, widen] of Object.entries(kinds)) {
		const chance = chanceOf(seed, name);
		const { below, oneOf } = chance;
		const isDrawn = below(rarity) === 0;
		if (!(only ? only.includes(name) : isDrawn)) continue;
		const insert: Draft["insert"] = (most, happening) => {
			for (let count = 1 + below(most); count > 0; count -= 1) {
				const after = oneOf([0, 0, below(20), below(100), below(600)]);
				draft.steps.splice(below(draft.steps.length + 1), 0, { after, happens: happening() });
			}
		};
		const drawn: Draft = Object.assign(draft, chance, { insert });
		widen(drawn);
	}
	return { ...schedule, surroundings: draft.surroundings, maximumSessions: draft.maximumSessions, steps };
}
